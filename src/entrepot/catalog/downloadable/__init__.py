"""Products that are loaded instead of shipped: links that are bought, samples that are free, and the files of both.

`extension` makes both lists a part of the saving of products; `service` has their own routes. See docs/downloads.md.
"""

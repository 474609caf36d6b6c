"""Credit memos: money that is given back, and what it is given back for.

A draft says what would be given back, and `totals.collect` what that comes to; neither changes anything, so forms show
them as they are. `validation.errors` says what is wrong with a draft, `create` writes it.
"""

from entrepot.sales.creditmemos import comments, mail, reading, refund, save

OPERATION_MODULES = (refund, reading, save, comments, mail)
"""The modules whose operations the REST API serves."""

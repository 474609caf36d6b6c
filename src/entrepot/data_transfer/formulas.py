"""Cells that a spreadsheet would run as a formula, whoever typed them into whatever form of the shop.

A space is put before them, as Magento does, and taken away when the file is imported. A text that has such spaces of
its own gets one more, so that every text comes back as it was.
"""

from __future__ import annotations

import re

RUN = re.compile(r" *[=+\-@]")
QUOTED = re.compile(r" +[=+\-@]")


def quoted(text: str) -> str:
    return " " + text if RUN.match(text) else text


def unquoted(text: str) -> str:
    return text[1:] if QUOTED.match(text) else text

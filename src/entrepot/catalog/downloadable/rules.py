"""What must hold of a link and of a sample, in the order in which refusals win, and how both are shown. No I/O."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from msgspec import Struct

from entrepot.catalog.downloadable import domains, files
from entrepot.catalog.downloadable.contracts import FileContent, Link, Sample

Row = Mapping[str, Any]

FILE, URL = "file", "url"
KINDS = (FILE, URL)
LARGEST = 2**31 - 1
LARGEST_PRICE = Decimal(10) ** 14
SHAREABLE = (0, 1, 2)

LINK_TYPE = "The link type is invalid. Verify and try again."
LINK_SAMPLE_TYPE = "The link sample type is invalid. Verify and try again."
PRICE = "Link price must have numeric positive value."
DOWNLOADS = "Number of downloads must be a positive integer."
ORDER = "Sort order must be a positive integer."
LINK_URL = "Link URL must have valid format."
LINK_DOMAIN = "Link URL's domain is not in list of downloadable_domains in env.php."
LINK_FILE = "Link file not found. Please try again."
SAMPLE_URL = "Sample URL must have valid format."
SAMPLE_DOMAIN = "Sample URL's domain is not in list of downloadable_domains in env.php."
LINK_SAMPLE_FILE = "Link sample file not found. Please try again."
LINK_TITLE = "The link title is empty. Enter the link title and try again."
SAMPLE_TYPE = "The sample type is invalid. Verify the sample type and try again."
SAMPLE_FILE = "Sample file not found. Please try again."
SAMPLE_TITLE = "The sample title is empty. Enter the title and try again."


class Known(Struct, frozen=True):
    """What was looked up for the checks of a call."""

    files: set[tuple[str, str]]
    """Folder and file."""
    hosts: set[str]
    """Those that addresses may have."""


def link_problem(link: Link, stored: Row | None, known: Known, *, needs_title: bool) -> str | None:
    """What is wrong with a link; `stored` is what the link was that it changes."""
    if link.link_type not in KINDS:
        return LINK_TYPE
    if link.sample_type and link.sample_type not in KINDS:
        return LINK_SAMPLE_TYPE
    if link.price is None or not link.price.is_finite() or not 0 <= link.price < LARGEST_PRICE:
        return PRICE
    if not _is_count(link.number_of_downloads):
        return DOWNLOADS
    if not _is_count(link.sort_order):
        return ORDER
    return (
        _resource_problem(
            (link.link_type, link.link_url, link.link_file_content),
            (files.LINKS, link_file(link, stored)),
            known,
            (LINK_URL, LINK_DOMAIN, LINK_FILE),
        )
        or _resource_problem(
            (link.sample_type, link.sample_url, link.sample_file_content),
            (files.LINK_SAMPLES, sample_file(link, stored)),
            known,
            (SAMPLE_URL, SAMPLE_DOMAIN, LINK_SAMPLE_FILE),
        )
        or (LINK_TITLE if needs_title and not (link.title or "").strip() else None)
    )


def sample_problem(sample: Sample, stored: Row | None, known: Known, *, needs_title: bool) -> str | None:
    if sample.sample_type not in KINDS:
        return SAMPLE_TYPE
    if not _is_count(sample.sort_order):
        return ORDER
    return _resource_problem(
        (sample.sample_type, sample.sample_url, sample.sample_file_content),
        (files.SAMPLES, sample_file(sample, stored)),
        known,
        (SAMPLE_URL, SAMPLE_DOMAIN, SAMPLE_FILE),
    ) or (SAMPLE_TITLE if needs_title and not (sample.title or "").strip() else None)


def _is_count(number: int | None) -> bool:
    return number is not None and 0 <= number <= LARGEST


def _resource_problem(
    given: tuple[str | None, str | None, FileContent | None],
    named: tuple[str, str | None],
    known: Known,
    messages: tuple[str, str, str],
) -> str | None:
    """`given` are type, address and content; `named` the folder and the file where no content is given."""
    kind, url, content = given
    no_address, foreign_host, no_file = messages
    if kind == URL:
        host = domains.host_of(url or "")
        if host is None:
            return no_address
        return None if host in known.hosts and not domains.is_address(host) else foreign_host
    if kind == FILE and content is not None:
        return files.problem_with(content)
    if kind == FILE and (named[0], named[1] or "") not in known.files:
        return no_file
    return None


def link_file(link: Link, stored: Row | None) -> str | None:
    """The file that is named, else the one that the link has already."""
    return text(link.link_file) or (stored["link_file"] if stored else None)


def sample_file(given: Link | Sample, stored: Row | None) -> str | None:
    return text(given.sample_file) or (stored["sample_file"] if stored else None)


def text(given: str | None) -> str | None:
    """Without NUL, which the database cannot hold."""
    return None if given is None else given.replace("\0", "")


def named_files(given: Sequence[Link | Sample], stored: Sequence[Row | None]) -> Iterator[tuple[str, str]]:
    """Folders and files that must be there, because no content comes for them."""
    for one, before in zip(given, stored, strict=True):
        if isinstance(one, Link) and _is_named(one.link_type, one.link_file_content):
            yield files.LINKS, link_file(one, before) or ""
        if _is_named(one.sample_type, one.sample_file_content):
            yield files.LINK_SAMPLES if isinstance(one, Link) else files.SAMPLES, sample_file(one, before) or ""


def _is_named(type: str | None, content: FileContent | None) -> bool:
    return type == FILE and content is None


def has_address(given: Sequence[Link | Sample]) -> bool:
    return any(URL in (one.sample_type, one.link_type if isinstance(one, Link) else None) for one in given)


# ---------------------------------------------------------------- as they travel


def shown_link(row: Row) -> Link:
    return Link(
        id=row["id"],
        title=row["title"],
        sort_order=row["sort_order"],
        is_shareable=row["is_shareable"],
        price=Decimal(row["price"]),
        number_of_downloads=row["number_of_downloads"],
        link_type=row["link_type"],
        link_file=row["link_file"],
        link_url=row["link_url"],
        sample_type=row["sample_type"],
        sample_file=row["sample_file"],
        sample_url=row["sample_url"],
    )


def shown_sample(row: Row) -> Sample:
    return Sample(
        id=row["id"],
        title=row["title"],
        sort_order=row["sort_order"],
        sample_type=row["sample_type"],
        sample_file=row["sample_file"],
        sample_url=row["sample_url"],
    )

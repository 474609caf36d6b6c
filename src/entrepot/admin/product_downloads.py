"""Downloadable Information: the links that are sold with a product, its samples, and what the shop calls both.

A file that is chosen is part of the form until it is saved, so that no error loses it.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from entrepot.admin.form import Field, Row, Section, as_int, rows
from entrepot.admin.options import Option
from entrepot.admin.product_fields import amount, catalog_amount, field_of, inherits, name_of, value_of
from entrepot.admin.product_panels import Editing, Panel, PlacedSection, Shown
from entrepot.catalog.attributes import ATTRIBUTES, Attribute
from entrepot.catalog.contracts import AttributeValue, DownloadableLink, DownloadableSample, Product
from entrepot.catalog.downloadable import errors
from entrepot.catalog.downloadable.contracts import FileContent
from entrepot.catalog.products.types import DOWNLOADABLE
from entrepot.kit.pages import Form as Posted
from entrepot.kit.pages.typed import whole

KEY = "downloads"
PLACE = 190
LINKS, SAMPLES = "downloadable_links", "downloadable_samples"
"""The names of the rows."""
SEPARATELY, LINKS_TITLE, SAMPLES_TITLE = "links_purchased_separately", "links_title", "samples_title"
ATTRIBUTES_OF_PANEL = (SEPARATELY, LINKS_TITLE, SAMPLES_TITLE)
DEFAULTS = {
    LINKS_TITLE: "catalog/downloadable/links_title",
    SAMPLES_TITLE: "catalog/downloadable/samples_title",
}
MOST_DOWNLOADS = "catalog/downloadable/downloads_number"

FILE, URL = "file", "url"
KINDS = (Option(FILE, "File"), Option(URL, "URL"))
SHAREABLE = (Option("2", "Use config"), Option("1", "Yes"), Option("0", "No"))
YES_NO = (Option("0", "No"), Option("1", "Yes"))

NUMBERED = re.compile(rf"(?:{LINKS}|{SAMPLES})\[\d{{1,6}}\]")
FILE_FIELDS = ("", "sample_")
"""What the names of a row's fields for a file begin with: the link's own, and its sample's."""
TITLE_NEEDED = "Title: This is a required field."
TOO_MUCH = "The files are too large to be kept in the form. Save the product, then add them one by one."


# ---------------------------------------------------------------- shown


async def _show(editing: Editing) -> Shown:
    links, samples = _rows(editing, LINKS), _rows(editing, SAMPLES)
    _drop_what_does_not_fit(editing, [*links, *samples])
    section = Section(
        "product-downloads", "Downloadable Information", tuple(_fields(editing)), template="product_downloads.html"
    )
    variables = {
        "links": links,
        "samples": samples,
        "kinds": KINDS,
        "sample_kinds": (Option("", "None"), *KINDS),
        "shareable": SHAREABLE,
        "most_downloads": editing.ctx.config(MOST_DOWNLOADS) or "0",
    }
    values = {name_of(one.attribute_code): value_of(editing, one) or _default(one) for one in _attributes(editing)}
    return Shown([PlacedSection(PLACE, section)], values=values, variables=variables)


def _attributes(editing: Editing) -> list[Attribute]:
    """Those that the product's set has."""
    of_set = editing.ctx.shared(ATTRIBUTES).attributes_of_set(editing.set_id)
    return [of_set[code] for code in ATTRIBUTES_OF_PANEL if code in of_set]


def _default(attribute: Attribute) -> str:
    return "0" if attribute.attribute_code == SEPARATELY else ""


def _fields(editing: Editing) -> list[Field]:
    found = []
    for attribute in _attributes(editing):
        shown = replace(field_of(editing, attribute), required=False)
        if attribute.attribute_code == SEPARATELY:
            shown = replace(shown, kind="select", options=YES_NO, is_optional=False)
        else:
            default = editing.ctx.config(DEFAULTS[attribute.attribute_code]) or ""
            shown = replace(shown, note=f"Left empty, it is {default}." if default else "", max_length=255)
        found.append(shown)
    return found


def _drop_what_does_not_fit(editing: Editing, found: Sequence[Row]) -> None:
    """Files with which the form would be too large to be sent again: all of it would be lost then."""
    left = editing.ctx.settings.max_body * 3 // 4
    for row in found:
        for begin in FILE_FIELDS:
            left -= len(row[f"{begin}content"])
            if left < 0 and row[f"{begin}content"]:
                row[f"{begin}content"] = row[f"{begin}name"] = ""
                editing.wrong(KEY, TOO_MUCH)


# ---------------------------------------------------------------- rows


def _rows(editing: Editing, name: str) -> list[Row]:
    if (posted := editing.sent(KEY)) is not None:
        return rows(_with_files(posted), name)
    extension = editing.product.extension_attributes if editing.product else None
    if extension is None:
        return []
    if name == LINKS:
        return [_link_row(one) for one in extension.downloadable_product_links or ()]
    return [_sample_row(one) for one in extension.downloadable_product_samples or ()]


def _with_files(posted: Posted) -> Posted:
    """The files that were chosen as further fields of their rows: content and name."""
    fields = {name: posted.all(name) for name in posted}
    for row in {found[0] for name in posted if (found := NUMBERED.match(name))}:
        for begin in FILE_FIELDS:
            if (upload := posted.file(f"{row}[{begin}upload]")) is not None:
                fields[f"{row}[{begin}content]"] = [base64.b64encode(upload.content).decode()]
                fields[f"{row}[{begin}name]"] = [upload.name]
    return Posted(fields)


def _link_row(link: DownloadableLink) -> Row:
    return Row(
        {
            "id": str(link.id or ""),
            "title": link.title or "",
            "price": amount(link.price, 2),
            "sort_order": str(link.sort_order or 0),
            "is_shareable": str(link.is_shareable),
            "number_of_downloads": str(link.number_of_downloads or 0),
            "type": link.link_type or FILE,
            "file": link.link_file or "",
            "url": link.link_url or "",
            "sample_type": link.sample_type or "",
            "sample_file": link.sample_file or "",
            "sample_url": link.sample_url or "",
        }
    )


def _sample_row(sample: DownloadableSample) -> Row:
    return Row(
        {
            "id": str(sample.id or ""),
            "title": sample.title or "",
            "sort_order": str(sample.sort_order or 0),
            "type": sample.sample_type or FILE,
            "file": sample.sample_file or "",
            "url": sample.sample_url or "",
        }
    )


# ---------------------------------------------------------------- read


def _read(editing: Editing, product: Product) -> None:
    posted = editing.sent(KEY)
    if posted is None or product.extension_attributes is None:
        return
    links, samples = _rows(editing, LINKS), _rows(editing, SAMPLES)
    product.extension_attributes.downloadable_product_links = [
        _link(editing, row, place) for place, row in enumerate(links)
    ]
    product.extension_attributes.downloadable_product_samples = [
        _sample(editing, row, place) for place, row in enumerate(samples)
    ]
    given = product.custom_attributes if product.custom_attributes is not None else []
    for attribute in _attributes(editing):
        code = attribute.attribute_code
        if not inherits(editing, attribute):
            given.append(AttributeValue(code, posted.get(name_of(code)).strip() or None))
        elif code in editing.own:
            given.append(AttributeValue(code, None))
    product.custom_attributes = given


def _link(editing: Editing, row: Row, place: int) -> DownloadableLink:
    name, what = f"{LINKS}[{place}]", row["title"].strip() or f"link {place + 1}"
    return DownloadableLink(
        id=as_int(row["id"]),
        title=_title(editing, row),
        sort_order=_whole(editing, row, name, "sort_order", f"Position of {what}", place + 1),
        is_shareable=as_int(row["is_shareable"] or "2"),
        price=_price(editing, row, name, f"Price of {what}"),
        number_of_downloads=_whole(editing, row, name, "number_of_downloads", f"Max. Downloads of {what}", 0),
        link_type=row["type"] or FILE,
        link_file=row["file"] or None,
        link_file_content=_content(row, ""),
        link_url=row["url"].strip() or None,
        sample_type=row["sample_type"],
        sample_file=row["sample_file"] or None,
        sample_file_content=_content(row, "sample_"),
        sample_url=row["sample_url"].strip() or None,
    )


def _sample(editing: Editing, row: Row, place: int) -> DownloadableSample:
    name, what = f"{SAMPLES}[{place}]", row["title"].strip() or f"sample {place + 1}"
    return DownloadableSample(
        id=as_int(row["id"]),
        title=_title(editing, row),
        sort_order=_whole(editing, row, name, "sort_order", f"Position of {what}", place + 1),
        sample_type=row["type"] or FILE,
        sample_file=row["file"] or None,
        sample_file_content=_content(row, ""),
        sample_url=row["url"].strip() or None,
    )


def _title(editing: Editing, row: Row) -> str:
    title: str = row["title"].strip()
    if not title and (editing.view.is_admin or not row["id"]):
        editing.wrong(KEY, TITLE_NEEDED)
    return title


def _content(row: Row, begin: str) -> FileContent | None:
    if not row[f"{begin}content"]:
        return None
    return FileContent(file_data=row[f"{begin}content"], name=row[f"{begin}name"])


def _price(editing: Editing, row: Row, name: str, label: str) -> Decimal:
    return editing.number(f"{name}[price]", row["price"], catalog_amount, label=label, empty=Decimal(0))


def _whole(editing: Editing, row: Row, name: str, field: str, label: str, empty: int) -> int:
    return editing.number(f"{name}[{field}]", row[field], whole, label=label, empty=empty)


DOWNLOADS = Panel(
    KEY,
    _show,
    _read,
    refusals=(
        errors.LinkRefused,
        errors.SampleRefused,
        errors.LinkNotFound,
        errors.SampleNotFound,
        errors.LinkOfAnother,
        errors.SampleOfAnother,
    ),
    types=frozenset({DOWNLOADABLE}),
)

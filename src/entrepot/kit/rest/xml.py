"""XML bodies: from elements to maps, lists and strings, and back.

XML knows no types, so everything read is a string, and an element that stands once may yet be meant as a list: the
reader of a list-typed argument or field passes its value through `unwrap_item`.

Sources: Magento's `Framework/Webapi/Rest/Request/Deserializer/Xml`, `Framework/Webapi/Rest/Response/Renderer/Xml`.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from defusedxml import ElementTree

from entrepot.kit.errors import WebapiError
from entrepot.kit.rest import json_text

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAX_DEPTH = json_text.MAX_DEPTH

_WHITESPACE = " \t\r\n"


def loads(body: bytes) -> Any:
    """The content of the root element, whose own name does not matter.

    Elements with children become dicts (text between the children, attributes, comments and namespaces are dropped),
    siblings of one name a list, text a string. An element without content, or with nothing but whitespace, is None.

    A document that declares entities does not decode: nothing is expanded or fetched.
    """
    try:
        root = ElementTree.fromstring(body)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        # The two last are defusedxml's refusals and encodings that expat does not know.
        raise WebapiError("Decoding error.") from error
    return _content(root, 1)


def unwrap_item(value: Any) -> Any:
    """A list-typed value without the `<item>` elements it may be wrapped in; any other value as it is."""
    if isinstance(value, dict) and len(value) == 1 and "item" in value:
        items = value["item"]
        return items if isinstance(items, list) else [items]
    return value


def dumps(value: Any) -> bytes:
    """A document with the root `response`, in UTF-8, of the plain values that `json_text.dumps` takes."""
    parts = ['<?xml version="1.0"?>\n']
    _write(parts, "response", value)
    return "".join(parts).encode()


def _content(element: Element, depth: int) -> Any:
    if depth > MAX_DEPTH:
        raise WebapiError("Decoding error.")
    if len(element) == 0:
        text = element.text
        return text if text and text.strip(_WHITESPACE) else None
    content: dict[str, Any] = {}
    for child in element:
        name = child.tag.rpartition("}")[2]
        value = _content(child, depth + 1)
        if name not in content:
            content[name] = value
        elif isinstance(content[name], list):
            # No element has a list for its content, so this one was begun by a sibling.
            content[name].append(value)
        else:
            content[name] = [content[name], value]
    return content


def _write(parts: list[str], name: str, value: Any) -> None:
    if isinstance(value, dict) and value:
        parts.append(f"<{name}>")
        for key, inner in value.items():
            _write(parts, _element_name(str(key)), inner)
        parts.append(f"</{name}>")
    elif isinstance(value, (list, tuple)) and value:
        parts.append(f"<{name}>")
        for inner in value:
            _write(parts, "item", inner)
        parts.append(f"</{name}>")
    elif text := _text(value):
        parts.append(f"<{name}>{text}</{name}>")
    else:
        parts.append(f"<{name}/>")


def _text(value: Any) -> str:
    if isinstance(value, str):
        return _escaped(value)
    if value is None or isinstance(value, (dict, list, tuple)):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, (float, Decimal)):
        return json_text.number(value)
    raise TypeError(f"{type(value).__name__} has no XML form")


# XML 1.0 has no way to write these, not even as a reference.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPECIAL = re.compile("[&<>\r]")
_REFERENCES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda match: _REFERENCES[match[0]], _UNWRITABLE.sub("", text))


# The part of XML's names on which its editions agree, without the colon, which would ask for a namespace.
_NAME_START = "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff"
_NAME_REST = _NAME_START + "0-9.\u00b7-"
_NAME = re.compile(f"[{_NAME_START}][{_NAME_REST}]*")
_NOT_IN_NAMES = re.compile(f"[^{_NAME_REST}]")


@lru_cache(maxsize=4096)
def _element_name(key: str) -> str:
    """The key itself if it is a name, else what is left of it with spaces and colons written `_`."""
    if _NAME.fullmatch(key):
        return key
    name = _NOT_IN_NAMES.sub("", re.sub(r"[\s:]", "_", key)).strip("_").lstrip("-.\u00b7")
    if not name:
        return "item"
    return name if _NAME.fullmatch(name) else f"item_{name}"

"""What a URL of the REST interface names: store view, way of calling, route (spec 00-webapi, 1 and 14.1)."""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple
from urllib.parse import unquote

from entrepot.kit.errors import WebapiError
from entrepot.kit.rest.request import Request
from entrepot.kit.scope import StoreDirectory, StoreView

REST = re.compile(r"(?:/index\.php)?(?:/(?P<front>[A-Za-z][A-Za-z0-9_]*))?/rest(?P<path>/.*|$)", re.DOTALL)
"""`/rest/...`; before it `index.php`, a store code (where store codes stand in addresses), or both."""

ALL = "all"


class Processor(Enum):
    SCHEMA = "schema"
    ASYNC_SCHEMA = "asynchronous schema"
    SYNCHRONOUS = "synchronous"
    ASYNCHRONOUS = "asynchronous"
    BULK = "bulk"


class Address(NamedTuple):
    store: StoreView
    processor: Processor
    path: str
    """What is looked up among the routes: `/V1/...`."""
    base_path: str
    """The address up to here: `/rest`, `/rest/default`."""

    @property
    def is_bulk(self) -> bool:
        return self.processor is Processor.BULK


def is_rest(path: str) -> bool:
    """Whether the REST interface answers this path."""
    return REST.fullmatch(path) is not None


def locate(request: Request, stores: StoreDirectory) -> Address:
    """Raises the 400 of an address that names no store view or no way of calling."""
    found = REST.fullmatch(request.path)
    if found is None:
        raise _unprocessable()
    path = found["path"]
    code, _, rest = path.removeprefix("/").partition("/")
    if store := _store(unquote(code), stores):
        path = f"/{rest}"
    else:
        store = (found["front"] and _store(found["front"], stores)) or _unnamed(request, stores)
    processor, route = _processor(request.method, path)
    base_path = request.path.removesuffix("/").partition("/async/schema" if "async" in route else "/schema")[0]
    return Address(store, processor, route, base_path)


def _store(code: str, stores: StoreDirectory) -> StoreView | None:
    if code == ALL:
        return stores.admin
    view = stores.by_code(code)
    return None if view is None or view.is_admin else view


def _unnamed(request: Request, stores: StoreDirectory) -> StoreView:
    """The default view; or another active one of its website that a cookie or parameter names."""
    default = stores.default
    for code in (request.parameters.get("___store"), request.cookies.get("store")):
        view = stores.by_code(code) if isinstance(code, str) else None
        if view and view.is_active and not view.is_admin and view.website_id == default.website_id:
            return view
    return default


ALIASES = {
    # Two addresses that Magento's own documentation of bulk calls uses.
    ("POST", "/asyncProducts"): "/async/V1/products",
    ("PUT", "/async/bulk/V1/products"): "/async/bulk/V1/products/bySku",
}
VERSION = re.compile(r"/V\d+")


def _processor(method: str, path: str) -> tuple[Processor, str]:
    path = ALIASES.get((method, path.rstrip("/")), path)
    if path.startswith("/schema"):
        return Processor.SCHEMA, "/schema"
    if path.startswith(("/async/schema", "/async/bulk/schema")):
        return Processor.ASYNC_SCHEMA, "/async/schema"
    if VERSION.match(path):
        return Processor.SYNCHRONOUS, path
    if method != "GET":
        if path.startswith("/async/V"):
            return Processor.ASYNCHRONOUS, path.removeprefix("/async")
        if path.startswith("/async/bulk/V"):
            return Processor.BULK, path.removeprefix("/async/bulk")
    raise _unprocessable()


def _unprocessable() -> WebapiError:
    return WebapiError("Specified request cannot be processed.")

"""How an operation is declared: a plain async function, its route, who may call it.

    @operation(
        "GET /V1/customers/{customer_id}",
        access=MayUse("Magento_Customer::customer"),
        service="Magento.Customer.Api.CustomerRepository.getById",
    )
    async def get_by_id(ctx: Context, customer_id: int) -> Customer: ...

The function stays what it was: pages, jobs and commands call it as it stands. The route, the types of its parameters
and of its answer are read off the declaration by the dispatcher and by the API document. Routes that Magento gives one
service method are declared one above the other on the same function.
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Iterable, Mapping
from enum import Enum
from types import ModuleType
from typing import Any, NamedTuple, TypeVar, get_type_hints

from entrepot.kit.rest.contract import WireType, camel, nullable_type, wire_type

F = TypeVar("F", bound=Callable[..., Awaitable[Any]])


class Access(NamedTuple):
    """Who may call: all of these resources are needed (spec 00-webapi, 9)."""

    resources: tuple[str, ...]

    @property
    def is_anonymous(self) -> bool:
        return self.resources == ("anonymous",)


ANONYMOUS = Access(("anonymous",))
"""Everybody."""
SELF = Access(("self",))
"""Customers; also administrators and integrations with full access, whom the forced customer id then refuses."""


def MayUse(*resources: str) -> Access:
    """Administrators and integrations whose role has all of these resources."""
    return Access(resources)


class Forced(Enum):
    """A value that a route writes into its input, whatever the client sent (spec 00-webapi, 3.5)."""

    CUSTOMER_ID = "%customer_id%"
    CART_ID = "%cart_id%"


CUSTOMER_ID = Forced.CUSTOMER_ID
CART_ID = Forced.CART_ID

MISSING: Any = inspect.Parameter.empty


class Argument(NamedTuple):
    """A parameter of the function: its name here, and as clients write it."""

    name: str
    wire_name: str
    type: WireType
    default: Any

    @property
    def is_required(self) -> bool:
        return self.default is MISSING


class Operation(NamedTuple):
    """One route and the function behind it."""

    method: str
    path: str
    """As in Magento's routes, but with our parameter names in braces: `/V1/customers/{customer_id}`."""
    function: Callable[..., Awaitable[Any]]
    access: Access
    service: str
    """Magento's interface and method with dots for backslashes and without `Interface`."""
    arguments: tuple[Argument, ...]
    returns: WireType
    forced: tuple[tuple[str, Forced], ...]
    secure: bool
    guests_by_setting: bool
    """Whether `webapi/webapisecurity/allow_insecure` opens the route to everybody."""
    bulk_names: tuple[tuple[str, str], ...]
    """Variables of the path that Magento names otherwise in the paths of bulk calls."""
    takes_files: bool
    """Whether everybody who may call may attach files, so that a large body is taken from a guest, too."""
    takes_id_of_path: bool
    """Whether the last variable of a PUT's path also goes into the object of the body (spec 00-webapi, 3.4)."""

    @property
    def route(self) -> str:
        """Method and path, as it is declared: no other operation has them."""
        return f"{self.method} {self.path}"

    @property
    def interface(self) -> str:
        """Magento's interface: `Magento\\Customer\\Api\\CustomerRepositoryInterface`."""
        return self.service.rpartition(".")[0].replace(".", "\\") + "Interface"

    @property
    def service_method(self) -> str:
        return self.service.rpartition(".")[2]

    @property
    def topic(self) -> str:
        """The name of its queue: `async.magento.customer.api.accountmanagementinterface.createaccount.post`."""
        return f"async.{self.interface}.{self.service_method}.{self.method}".replace("\\", ".").lower()

    @property
    def service_name(self) -> str:
        """The name that `?services=` takes: `customerAccountManagementV1`, `integrationAdminTokenServiceV1`.

        The module stands in front unless the interface has its very name: `searchV1` (spec 00-webapi, 12).
        """
        parts = self.service.split(".")
        module, interface = parts[1], parts[-2]
        name = interface if interface == module else module + interface
        return name[:1].lower() + name[1:] + "V1"

    @property
    def path_variables(self) -> tuple[str, ...]:
        return tuple(part[1:-1] for part in self.path.split("/") if part.startswith("{"))


def operation(
    route: str,
    *,
    access: Access,
    service: str,
    force: Mapping[str, Forced] | None = None,
    secure: bool = False,
    guests_by_setting: bool = False,
    bulk_names: Mapping[str, str] | None = None,
    takes_files: bool = False,
    takes_id_of_path: bool = True,
) -> Callable[[F], F]:
    """Declare a route of a function. `route` is `METHOD /V1/path/{parameter}`; `force` has dotted camelCase paths."""
    method, _, path = route.partition(" ")

    def declare(function: F) -> F:
        arguments, returns = _signature(function)
        declared = Operation(
            method,
            path,
            function,
            access,
            service,
            arguments,
            returns,
            tuple((force or {}).items()),
            secure,
            guests_by_setting,
            tuple((bulk_names or {}).items()),
            takes_files,
            takes_id_of_path,
        )
        function.__dict__.setdefault("__operations__", []).append(declared)
        return function

    return declare


def operations_of(modules: Iterable[ModuleType]) -> list[Operation]:
    """All operations that these modules declare, in the order of the modules and of their text."""
    found: list[Operation] = []
    for module in modules:
        for value in vars(module).values():
            if callable(value) and getattr(value, "__module__", None) == module.__name__:
                found.extend(reversed(getattr(value, "__operations__", ())))
    return found


def _signature(function: Callable[..., Any]) -> tuple[tuple[Argument, ...], WireType]:
    hints = get_type_hints(function, include_extras=True)
    _, *parameters = inspect.signature(function).parameters.values()
    arguments = tuple(Argument(p.name, camel(p.name), wire_type(hints[p.name]), p.default) for p in parameters)
    return arguments, nullable_type(hints["return"])

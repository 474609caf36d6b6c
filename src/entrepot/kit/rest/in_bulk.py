"""A form of an operation that takes many calls at once, for those where one by one would be slow.

    @in_bulk(save_product)
    async def save_products(ctx: Context, calls: Sequence[Call]) -> list[Product | Exception]: ...

Bulk calls use it when an operation has one. It runs in one transaction, in the scope and by the actor of the request,
and gives one outcome per call, in their order: what the operation would have answered, or the exception that it would
have raised. A call that ends in an exception must have left no effects.

It may stop early, before a call that has to see what became of an earlier one: then it gives the outcomes of the calls
before that, at least one, and gets the others in a transaction of their own. So no transaction takes locks twice, and
each call finds what it would have found alone.

When the function itself raises, all of its effects are undone and fewer calls are tried together, at last one by one.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, TypeVar

from entrepot.kit.context import Context
from entrepot.kit.rest.operation import Operation

Call = Mapping[str, Any]
"""The arguments of one call by name, converted, without those that were left out."""

BulkForm = Callable[[Context, Sequence[Call]], Awaitable[Sequence[Any]]]
F = TypeVar("F", bound=Callable[..., Awaitable[Sequence[Any]]])


def in_bulk(function: Callable[..., Awaitable[Any]]) -> Callable[[F], F]:
    """Declare the bulk form of an operation's function, for all of its routes."""

    def declare(bulk_form: F) -> F:
        function.__dict__["__bulk_form__"] = bulk_form
        return bulk_form

    return declare


def bulk_form_of(operation: Operation) -> BulkForm | None:
    form: BulkForm | None = operation.function.__dict__.get("__bulk_form__")
    return form

"""`entrepot currency`."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Annotated

from typer import Argument, BadParameter, Typer

from entrepot.directory import rates
from entrepot.kit.command import run

currency = Typer(help="Set the rates between currencies.", no_args_is_help=True)


@currency.callback()
def _group() -> None:
    """Keeps `set-rate` a command of its own while it is the only one."""


@currency.command("set-rate", context_settings={"ignore_unknown_options": True})
def set_rate(
    currency_from: Annotated[str, Argument(metavar="FROM", help="A currency code, such as USD.", show_default=False)],
    currency_to: Annotated[str, Argument(metavar="TO", help="Another one.", show_default=False)],
    rate: Annotated[
        str, Argument(metavar="RATE", help="What one unit of the first gives of the second.", show_default=False)
    ],
) -> None:
    """Set a rate, without its sign; a rate of 0 changes nothing. Prints the rate that holds then."""
    one, other = currency_from.upper(), currency_to.upper()
    held = run(rates.set_rate, one, other, _number(rate))
    print(f"There is no rate from {one} to {other}." if held is None else f"1 {one} = {held.normalize():f} {other}")


def _number(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise BadParameter(f"{text!r} is no number.") from None

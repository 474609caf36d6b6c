"""Play "Order processing with MSI" against a running server, and print each step with what it shows.

    python -m examples.inventory_tutorial [--url http://127.0.0.1:8080] [--user admin --password ADMIN_PASSWORD]

Only the standard library is used, and everything is called over REST. Without a password the `entrepot` command beside
the server makes an administrator for as long as this takes. Played again it makes a further order.
The script stops with a sentence at the first answer that is not the documented one.
"""

from __future__ import annotations

import argparse
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from examples.inventory_tutorial import fulfilment, preparation, sale
from examples.inventory_tutorial.shop import Shop

GUIDE = "tutorial"
"""The administrator who is made."""


def main() -> None:
    options = read_options()
    shop = Shop(options.url)
    with administrator(options) as (user, password):
        play(shop, user, password)


def play(shop: Shop, user: str, password: str) -> None:
    admin: str = shop.post("all", "integration/admin/token", {"username": user, "password": password})

    preparation.make_websites(shop, admin)
    preparation.make_sources(shop, admin)
    stocks = preparation.make_stocks(shop, admin)
    preparation.link_stocks(shop, admin, stocks)
    preparation.place_goods(shop, admin, stocks)

    customer = sale.make_customer(shop, admin)
    sale.fill_cart(shop, customer)
    sale.prepare_checkout(shop, customer)
    order = sale.place_order(shop, admin, customer, stocks)

    fulfilment.invoice(shop, admin, order, stocks)
    fulfilment.select_sources(shop, admin, stocks)
    fulfilment.ship(shop, admin, order, stocks)
    fulfilment.transfer(shop, admin, stocks)

    print(f"\nAll as documented. Sign in at {shop.url}/us/customer/account/login as jdoe@example.com with Password1,")
    print(f"and see order {order['increment_id']} there, or in the Admin at {shop.url}/admin.")


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", default="http://127.0.0.1:8080")
    parser.add_argument("--user", default="admin")
    parser.add_argument("--password", help="the administrator's")
    beside = Path(__file__).resolve().parents[2] / ".venv" / "bin" / "entrepot"
    parser.add_argument("--entrepot", default=str(beside), help="the command")
    return parser.parse_args()


@contextmanager
def administrator(options: argparse.Namespace) -> Iterator[tuple[str, str]]:
    """The name and password of the one that was given, or of one that can sign in during the block only."""
    if options.password:
        yield options.user, options.password
        return
    password = f"Aa1-{secrets.token_urlsafe(24)}"
    account = {"email": f"{GUIDE}@example.com", "firstname": "Tutorial", "lastname": "Guide"}
    words = [word for name, value in account.items() for word in (f"--{name}", value)]
    run(
        options.entrepot,
        "admin",
        "create-user",
        "--username",
        GUIDE,
        "--role",
        "Administrators",
        *words,
        typed=password,
    )
    try:
        yield GUIDE, password
    finally:
        run(options.entrepot, "admin", "disable-user", "--username", GUIDE)


def run(*command: str, typed: str = "") -> None:
    done = subprocess.run(command, input=typed, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command[:3])}: {done.stderr.strip()}")


if __name__ == "__main__":
    main()

"""A payment method that gives money back by itself, as a shop's own plug-in brings it: none of ours does."""

from __future__ import annotations

import os
from pathlib import Path

from entrepot.app import new_services
from entrepot.kit.db import Database
from entrepot.settings import Settings
from entrepot.stores import write_value

MODULE = '''
from entrepot.quotes.payment_methods.offline import Offline


class Card(Offline):
    """Takes and gives whatever it is asked for."""

    code = "card"

    async def refund(self, ctx, order_id, invoice_id, base_amount):
        return
'''
METADATA = "Metadata-Version: 2.1\nName: shop-card\nVersion: 1\n"
ENTRY_POINT = "[entrepot.payment_methods]\ncard = shop_card:Card\n"
SETTINGS = {"payment/card/active": "1", "payment/card/title": "Card"}


def installed(folder: Path) -> str:
    """Where a server that is started looks for packages (PYTHONPATH), so that it finds the plug-in."""
    about = folder / "shop_card-1.dist-info"
    about.mkdir()
    (folder / "shop_card.py").write_text(MODULE)
    (about / "METADATA").write_text(METADATA)
    (about / "entry_points.txt").write_text(ENTRY_POINT)
    return os.pathsep.join(filter(None, (str(folder), os.environ.get("PYTHONPATH"))))


async def switch_on(database_url: str, home: Path) -> None:
    """Before the server starts. The command sets only what the program knows by itself."""
    database = Database(database_url, max_size=2)
    await database.open()
    async with new_services(Settings(home=home, database_url=database_url), database).work() as ctx:
        for path, value in SETTINGS.items():
            await write_value(ctx, path, value)
    await database.close()

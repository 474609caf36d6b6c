"""A payment method that gives money back by itself, as a shop's own plug-in brings it: none of ours does."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from tests.running_server import COMMAND, Running

MODULE = '''
from entrepot.quotes.payment_methods.offline import Offline
from entrepot.stores.configuration import payment_method


class Card(Offline):
    """Takes and gives whatever it is asked for."""

    code = "card"
    settings = payment_method("card", "Card", title="Card")

    async def refund(self, ctx, order_id, invoice_id, base_amount):
        return
'''
METADATA = "Metadata-Version: 2.1\nName: shop-card\nVersion: 1\n"
ENTRY_POINT = "[entrepot.payment_methods]\ncard = shop_card:Card\n"


def installed(folder: Path) -> str:
    """Where a server that is started looks for packages (PYTHONPATH), so that it finds the plug-in."""
    about = folder / "shop_card-1.dist-info"
    about.mkdir()
    (folder / "shop_card.py").write_text(MODULE)
    (about / "METADATA").write_text(METADATA)
    (about / "entry_points.txt").write_text(ENTRY_POINT)
    return os.pathsep.join(filter(None, (str(folder), os.environ.get("PYTHONPATH"))))


def switch_on(server: Running) -> None:
    """As whoever runs the shop does; the server has it from its next request on."""
    command = [str(COMMAND), "config", "set", "payment/card/active", "1"]
    subprocess.run(command, env=server.environment, check=True, capture_output=True)

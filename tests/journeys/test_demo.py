"""`make demo`: "Order processing with MSI" as its script plays it against a running server, twice."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.running_server import COMMAND, Running, running_server

ROOT = Path(__file__).parents[2]


def test_the_tutorial_is_played_to_its_end_and_can_be_played_again(committed_url, tmp_path):
    with running_server(committed_url, tmp_path) as server:
        first, again = played(server), played(server)

    assert [line for line in first.splitlines() if line.startswith("Step ")] == [
        "Step 1. Two websites, each with a store and a store view",
        "Step 2. Six sources",
        "Step 3. Two stocks, each sold on its website",
        "Step 4. The sources of each stock, by priority",
        "Step 5. Three products, and what lies in each source",
        "Step 6. A customer of the US store view, and her token",
        "Step 7. Her cart",
        "Step 8. Where it goes, and what that costs",
        "Step 9. The order",
        "Step 10. The invoice: what is not shipped leaves its source now",
        "Step 11. Which warehouse sends what",
        "Step 12. Two shipments",
        "Step 13. The rest of the backpacks goes to America",
    ]
    # What the last step leaves, as the tutorial's ledger has it.
    assert "24-WB03   50                  0          baltimore_wh 32, austin_wh 7, reno_wh 11" in first
    assert "and see order 2000000001 there" in first
    assert "and see order 2000000002 there" in again


def played(server: Running) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "examples.inventory_tutorial", "--url", server.url, "--entrepot", str(COMMAND)],
        cwd=ROOT,
        env=server.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "All as documented." in done.stdout
    return done.stdout

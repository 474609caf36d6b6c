"""Step 7 of "Order processing with MSI" as its script plays it against a running server (70-tutorial-inventory, 8)."""

import subprocess
import sys
from pathlib import Path

from tests.running_server import COMMAND, PASSWORD, running_server

SCRIPT = Path(__file__).parents[2] / "examples" / "customer_on_its_own_website.py"


def test_a_customer_is_created_on_its_own_website_and_acts_there(committed_url, tmp_path):
    with running_server(committed_url, tmp_path) as server:
        options = ["--url", server.url, "--password", PASSWORD, "--entrepot", str(COMMAND)]
        played = subprocess.run(
            [sys.executable, SCRIPT, *options], env=server.environment, capture_output=True, text=True, check=False
        )
    assert played.returncode == 0, played.stdout + played.stderr
    assert "POST  /rest/us/V1/customers 200" in played.stdout
    assert "POST  /rest/default/V1/integration/customer/token 401" in played.stdout
    assert played.stdout.rstrip().endswith("customer/account/login as jdoe@example.com with Password1.")

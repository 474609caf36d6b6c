from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

SCRIPT = """
import logging, structlog
from entrepot.kit.logs import configure_logs

configure_logs()
log = structlog.get_logger("entrepot.test")
log.debug("unheard")
log.info("heard", order_id=5)
logging.getLogger("procrastinate.worker").info("a job with its arguments")
logging.getLogger("procrastinate.worker").warning("a job failed")
try:
    password = "swordfish"
    raise RuntimeError("broken")
except RuntimeError as error:
    log.error("unforeseen", exc_info=error)
    logging.getLogger("uvicorn.error").exception("in the server")
"""


def logged() -> list[dict[str, Any]]:
    """What a process writes; nothing may go to standard output, which is for answers."""
    ended = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
    assert ended.stdout == ""
    return [json.loads(line) for line in ended.stderr.splitlines()]


def test_logs_are_lines_of_json_on_standard_error_without_secrets():
    heard, library, ours, server = logged()
    assert {key: heard[key] for key in ("event", "level", "order_id")} == {
        "event": "heard",
        "level": "info",
        "order_id": 5,
    }
    assert heard["timestamp"].endswith("Z")
    assert {key: library[key] for key in ("event", "level", "logger")} == {
        "event": "a job failed",
        "level": "warning",
        "logger": "procrastinate.worker",
    }
    for entry in (ours, server):
        assert entry["exception"].startswith("Traceback")
        assert entry["exception"].endswith("RuntimeError: broken")
        assert "swordfish" not in json.dumps(entry)

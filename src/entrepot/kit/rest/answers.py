"""Bodies of answers and of errors (spec 00-webapi, 5 to 7)."""

from __future__ import annotations

import secrets
import traceback
from typing import Any, Literal, NamedTuple

import structlog

from entrepot.kit.errors import Invalid, Refused, WebapiError
from entrepot.kit.outages import is_unsure, outage_behind, tell
from entrepot.kit.rest import json_text, xml

Renderer = Literal["json", "xml"]
log = structlog.get_logger("entrepot.rest")

UNAVAILABLE = "The service is unavailable at the moment. Try again in a few seconds."
UNSURE = (
    "The service became unavailable while the call was completed. It is not known whether it was done. "
    "Look before you send it again, or send it with the Idempotency-Key that it had."
)
MASKED = "Internal Error. Details are available in Magento log file. Report ID: webapi-{}"


class Answer(NamedTuple):
    status: int
    body: Any


def encode(body: Any, renderer: Renderer) -> tuple[bytes, bytes]:
    """The bytes and their Content-Type."""
    if renderer == "xml":
        return xml.dumps(body), b"application/xml; charset=utf-8"
    return json_text.dumps(body), b"application/json; charset=utf-8"


def refusal(error: Exception, *, developer_mode: bool, call: str = "") -> Answer:
    """The answer to whatever an operation raised. What nobody foresaw is logged here, once, under the id in it.

    `call` is what the log says of where an outage of the database struck.
    """
    if isinstance(error, WebapiError):
        answer = Answer(error.status, {"message": error.message})
    elif isinstance(error, Refused):
        answer = Answer(error.status, _refused_body(error))
    elif (outage := outage_behind(error)) is not None:
        tell(log, outage, call)
        return Answer(503, {"message": UNSURE if is_unsure(outage) else UNAVAILABLE})
    else:
        report = secrets.token_hex(7)[:13]
        log.error("unforeseen error", report=f"webapi-{report}", exc_info=error)
        text = str(error) or type(error).__name__
        answer = Answer(500, {"message": text if developer_mode else MASKED.format(report)})
    if developer_mode:
        answer.body["trace"] = "".join(traceback.format_exception(error))
    return answer


def _refused_body(error: Refused) -> dict[str, Any]:
    if isinstance(error, Invalid) and error.sole:
        return _refused_body(error.sole)
    body: dict[str, Any] = {"message": error.message}
    if isinstance(error, Invalid):
        body["errors"] = [{"message": one.message, "parameters": _parameters(one) or []} for one in error.errors]
    if error.code:
        body["code"] = error.code
    if parameters := _parameters(error):
        body["parameters"] = parameters
    return body


def _parameters(error: Refused) -> Any:
    parameters = error.parameters
    return list(parameters) if isinstance(parameters, tuple) else parameters

"""Goods sent to who ordered them.

A shipment takes quantities of an order's lines from one source; what an order needs of several sources it gets by
several shipments. `draft_of` and `faults` are pure, so forms can show what quantities come to; `create` ships a draft,
`propose` tells from which source, `keep_plan` and `propose_planned` remember what was chosen for the next shipments,
and `document_mail.tell` with `SHIPMENT` mails one.
"""

from entrepot.sales.shipments import comments, mail, reading, save, ship, tracks
from entrepot.sales.shipments.create import NewShipment, create
from entrepot.sales.shipments.draft import Draft, all_of, draft_of
from entrepot.sales.shipments.mail import SHIPMENT
from entrepot.sales.shipments.plan import keep_plan, propose_planned
from entrepot.sales.shipments.proposal import LineToShip, Proposal, SourceOfLine, propose
from entrepot.sales.shipments.validation import faults

OPERATION_MODULES = (ship, reading, save, comments, mail, tracks)
"""The modules whose operations the REST API serves."""

__all__ = [
    "OPERATION_MODULES",
    "SHIPMENT",
    "Draft",
    "LineToShip",
    "NewShipment",
    "Proposal",
    "SourceOfLine",
    "all_of",
    "create",
    "draft_of",
    "faults",
    "keep_plan",
    "propose",
    "propose_planned",
]

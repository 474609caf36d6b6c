"""System > Action Logs > Bulk Actions: what became of asynchronous calls, and doing failed ones again."""

from __future__ import annotations

from starlette.responses import Response

from entrepot import asynchronous
from entrepot.admin.access import admin_page
from entrepot.admin.grid import Column, Found, Grid
from entrepot.admin.options import Option
from entrepot.admin.page import AdminPage, Button
from entrepot.asynchronous import BulkState, OperationStatus
from entrepot.asynchronous.errors import BulkNotFound
from entrepot.asynchronous.service import get_bulk_detailed_status
from entrepot.kit.context import ActorType, Context
from entrepot.kit.search_criteria import SearchCriteria

LOGS = "Magento_Logging::system_magento_logging_bulk_operations"
HOME = "bulk/index"

STATES = (
    Option(str(BulkState.NOT_STARTED.value), "Not Started"),
    Option(str(BulkState.IN_PROGRESS.value), "In Progress"),
    Option(str(BulkState.FINISHED.value), "Finished Successfully"),
    Option(str(BulkState.FINISHED_WITH_FAILURE.value), "Finished with Failures"),
)
CALLERS = (
    Option(str(ActorType.INTEGRATION.value), "Integration"),
    Option(str(ActorType.ADMIN.value), "Administrator"),
    Option(str(ActorType.CUSTOMER.value), "Customer"),
    Option(str(ActorType.GUEST.value), "Guest"),
)
OUTCOMES = {
    OperationStatus.COMPLETE: ("Complete", "good"),
    OperationStatus.RETRIABLY_FAILED: ("Failed, can be retried", "warn"),
    OperationStatus.FAILED: ("Failed", "bad"),
    OperationStatus.OPEN: ("Open", "plain"),
    OperationStatus.REJECTED: ("Rejected", "bad"),
}


async def _bulks(ctx: Context, criteria: SearchCriteria) -> Found:
    return Found(*await asynchronous.list_bulks(ctx, criteria))


BULKS = Grid(
    name="bulk_listing",
    path=HOME,
    title="Bulk Actions",
    rows=_bulks,
    columns=(
        Column("uuid", "ID", field="bulk_uuid", hidden=True),
        Column("start_time", "Start Time", "instant"),
        Column("description", "Description of Operation"),
        Column("user_type", "Started By", "choice", options=CALLERS),
        Column("operation_count", "Operations", "number"),
        Column(
            "state",
            "Status",
            "choice",
            options=STATES,
            value=lambda row: row.state.value,
            filters=False,
            sorts=False,
            tones={"0": "plain", "1": "plain", "2": "good", "3": "bad"},
        ),
    ),
    sort="-start_time",
    row_id="uuid",
    opens=lambda page, row: page.url("bulk/bulk/details", uuid=row.uuid),
    open_label="Details",
    search=("description", "bulk_uuid"),
    empty="Nothing was asked for asynchronously yet. Calls to /rest/async and /rest/async/bulk appear here.",
)


@admin_page(HOME, LOGS)
async def list_bulks(page: AdminPage) -> Response:
    return await BULKS.show(page)


@admin_page("bulk/bulk/details", LOGS)
async def details(page: AdminPage) -> Response:
    try:
        bulk = await get_bulk_detailed_status(page.ctx, page.parameter("uuid"))
    except BulkNotFound as error:
        page.refused(error)
        return page.redirect(HOME)
    operations = bulk.operations_list or []
    buttons = [Button("Back", href=page.url(HOME))]
    retriable = [one.id for one in operations if one.status == OperationStatus.RETRIABLY_FAILED]
    if retriable:
        buttons.append(
            Button(f"Retry {len(retriable)}", post=page.url("bulk/bulk/retry", uuid=bulk.bulk_id), kind="primary")
        )
    counts: dict[str, int] = {}
    for one in operations:
        label = OUTCOMES[OperationStatus(one.status or 0)][0]
        counts[label] = counts.get(label, 0) + 1
    return page.render(
        "bulk.html", title="Action Details", bulk=bulk, operations=operations, outcomes=OUTCOMES, counts=counts,
        callers=dict((int(option.value), option.label) for option in CALLERS), buttons=buttons,
    )  # fmt: skip


@admin_page("bulk/bulk/retry", LOGS, post=True, instead=HOME)
async def retry(page: AdminPage) -> Response:
    """Set what failed for a passing reason open again."""
    uuid = page.parameter("uuid")
    try:
        count = await asynchronous.retry_failed(page.ctx, uuid)
    except BulkNotFound as error:
        page.refused(error)
        return page.redirect(HOME)
    page.success("%1 item(s) have been scheduled for update.", count)
    return page.redirect("bulk/bulk/details", uuid=uuid)

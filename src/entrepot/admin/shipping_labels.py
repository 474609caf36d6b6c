"""Labels of parcels as a file. Carriers make them, and nothing here joins them: several come packed together."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Iterable, Mapping

from starlette.responses import Response

from entrepot.admin.document_page import pdf
from entrepot.sales.shipments.contracts import Shipment


def labels_of(shipments: Iterable[Shipment]) -> Mapping[str, bytes]:
    """By the names of their files; shipments without one are left out."""
    return {
        f"label{one.increment_id}": base64.b64decode(one.shipping_label) for one in shipments if one.shipping_label
    }  # fmt: skip


def label_files(labels: Mapping[str, bytes]) -> Response:
    """One to be looked at, several in an archive."""
    if len(labels) == 1:
        [(name, content)] = labels.items()
        return pdf(content, name)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in labels.items():
            archive.writestr(f"{name}.pdf", content)
    headers = {"content-disposition": 'attachment; filename="labels.zip"'}
    return Response(packed.getvalue(), media_type="application/zip", headers=headers)

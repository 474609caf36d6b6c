"""Valid terms and conditions to test with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from entrepot.content.agreements import save_agreement
from entrepot.content.contracts import Agreement
from entrepot.kit.context import Context


async def an_agreement(ctx: Context, name: str = "Terms", *, store_ids: Sequence[int] = (0,), **fields: Any) -> int:
    """One whose box has to be ticked, in all store views."""
    values: dict[str, Any] = {
        "content": "Goods go back within 14 days.",
        "checkbox_text": "I agree",
        "is_active": True,
        "is_html": False,
        "mode": 1,
        **fields,
    }
    return await save_agreement(ctx, Agreement(name=name, **values), store_ids)

"""The search criteria that every list call takes, and the answer that it gives (spec 00-webapi, 5.4 and 13).

How criteria become SQL is in `search_sql`.
"""

from __future__ import annotations

from typing import Generic, TypeVar

from entrepot.kit.rest.contract import Always, Contract, Filled, contract

T = TypeVar("T")


@contract("Magento.Framework.Api.Filter")
class Filter(Contract):
    """One condition. Filters of a group are joined by OR."""

    field: Always[str] = None
    value: Always[str] = None
    condition_type: str | None = None


@contract("Magento.Framework.Api.Search.FilterGroup")
class FilterGroup(Contract):
    """Filters of which one must hold. Groups are joined by AND."""

    filters: list[Filter] | None = None


@contract("Magento.Framework.Api.SortOrder")
class SortOrder(Contract):
    """A sort order without direction sorts descending."""

    field: Always[str] = None
    direction: Always[str] = None


@contract("Magento.Framework.Api.SearchCriteriaInterface")
class SearchCriteria(Contract):
    """Conditions, order and page of a list call."""

    filter_groups: Filled[list[FilterGroup]] = None
    sort_orders: list[SortOrder] | None = None
    page_size: int | None = None
    current_page: int | None = None


@contract("Magento.Framework.Api.SearchResultsInterface")
class SearchResults(Contract, Generic[T]):
    """One page of a list: exactly these three keys; clients break on more."""

    items: Filled[list[T]] = None
    search_criteria: Filled[SearchCriteria] = None
    total_count: Filled[int] = None


def where(field: str, value: str, condition_type: str = "eq", *more: SearchCriteria) -> SearchCriteria:
    """Criteria of one condition, for callers in our own code."""
    group = FilterGroup(filters=[Filter(field=field, value=value, condition_type=condition_type)])
    return SearchCriteria(filter_groups=[group, *(g for other in more for g in other.filter_groups or [])])

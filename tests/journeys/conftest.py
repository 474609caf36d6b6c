"""Assertions of the steps of tutorials are told as those of tests are."""

import pytest

pytest.register_assert_rewrite(
    "tests.journeys.caller", "tests.journeys.inventory_tutorial", "tests.journeys.orders_tutorial"
)

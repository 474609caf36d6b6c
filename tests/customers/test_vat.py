"""Groups by VAT number."""

import pytest

from entrepot.customers import Address, save_address, vat
from entrepot.customers.rules.vat import VatResult
from entrepot.customers.vat import NoRegister, VatAnswer, checker
from tests.customers.makers import a_customer, an_address, configure

PATH = "customer/create_account/"


class Register:
    """A register that gives the answer it is told to."""

    def __init__(self, result):
        self.result, self.asked = result, []

    async def check(self, *asked):
        self.asked.append(asked)
        return VatAnswer(self.result, "receipt", "2019-04-03")


@pytest.fixture
def register(monkeypatch):
    found = Register(VatResult.VALID)
    monkeypatch.setattr(vat, "checker", lambda: found)
    return found


@pytest.fixture
async def assigning(ctx):
    await ctx.db.execute(
        "insert into customer_group (customer_group_id, customer_group_code, tax_class_id)"
        " select g, 'Group ' || g, 3 from generate_series(11, 14) g"
    )
    settings = {
        "auto_group_assign": "1", "viv_domestic_group": "11", "viv_intra_union_group": "12",
        "viv_invalid_group": "13", "viv_error_group": "14",
    }  # fmt: skip
    for name, value in settings.items():
        await configure(ctx, PATH + name, value)
    await configure(ctx, "general/store_information/country_id", "DE")
    await configure(ctx, "general/store_information/merchant_vat_number", "DE 999")


def german(**more):
    return an_address(country_id="DE", region=None, default_billing=True, **more)


async def test_without_a_register_every_check_failed(ctx, assigning):
    assert isinstance(checker(), NoRegister)
    made = await a_customer(ctx, addresses=[german(vat_id="DE 123")])
    assert made.group_id == 14
    assert await ctx.db.one(tuple, "select vat_is_valid, vat_request_success from customer_address") == (False, False)


@pytest.mark.parametrize(
    ("result", "country", "group"),
    [
        (VatResult.VALID, "DE", 11),
        (VatResult.VALID, "GR", 12),
        (VatResult.INVALID, "GR", 13),
        (VatResult.REQUEST_FAILED, "GR", 14),
    ],
)
async def test_the_answer_gives_the_group(ctx, assigning, register, result, country, group):
    register.result = result
    address = an_address(country_id=country, region=None, default_billing=True, vat_id="EL-12 3")
    made = await a_customer(ctx, addresses=[address])
    assert made.group_id == group
    number, code = ("123", "EL") if country == "GR" else ("EL123", "DE")
    assert register.asked == [(code, number, "DE", "999")]
    assert await ctx.db.value("select vat_request_id from customer_address") == "receipt"


@pytest.mark.parametrize(
    ("result", "country", "text"),
    [
        (VatResult.VALID, "DE", "Your VAT ID was successfully validated. You will be charged tax."),
        (VatResult.VALID, "AT", "Your VAT ID was successfully validated. You will not be charged tax."),
        (VatResult.INVALID, "AT", "The VAT ID entered (U1) is not a valid VAT ID. You will be charged tax."),
        (
            VatResult.REQUEST_FAILED,
            "AT",
            "Your Tax ID cannot be validated. You will be charged tax. "
            "If you believe this is an error, please contact us at help@shop.test",
        ),
    ],
)
async def test_the_customer_is_told(ctx, assigning, register, result, country, text):
    await configure(ctx, "trans_email/ident_support/email", "help@shop.test")
    register.result = result
    address = an_address(country_id=country, region=None, default_billing=True, vat_id="U1")
    made = await a_customer(ctx, addresses=[address, german()])
    first, second = made.addresses
    saved = await save_address(ctx, made.id, Address(id=first.id, vat_id="U1", default_billing=True))
    assert " ".join(await vat.tell(ctx, saved.id or 0)) == text
    assert await vat.tell(ctx, second.id) == []
    await save_address(ctx, made.id, Address(id=first.id, vat_id=""))
    assert await vat.tell(ctx, first.id) == []


async def test_without_a_number_or_outside_the_union_the_default_group_applies(ctx, assigning, register):
    await configure(ctx, PATH + "default_group", "3")
    made = await a_customer(ctx, addresses=[german()])
    assert made.group_id == 3
    made = await a_customer(ctx, "b@example.com", group_id=2, addresses=[an_address(default_billing=True, vat_id="1")])
    assert made.group_id == 3
    assert register.asked == []


async def test_nothing_is_assigned_unless_switched_on_or_to_the_exempt(ctx, assigning, register):
    made = await a_customer(ctx, disable_auto_group_change=1, addresses=[german(vat_id="1")])
    assert (made.group_id, made.disable_auto_group_change) == (1, 1)
    await configure(ctx, PATH + "viv_disable_auto_group_assign_default", "1")
    made = await a_customer(ctx, "b@example.com", addresses=[german(vat_id="1")])
    assert (made.group_id, made.disable_auto_group_change) == (1, 1)
    await configure(ctx, PATH + "auto_group_assign", "0")
    made = await a_customer(ctx, "c@example.com", disable_auto_group_change=0, addresses=[german(vat_id="1")])
    assert (made.group_id, made.disable_auto_group_change) == (1, 0)
    assert register.asked == []


async def test_the_shipping_address_may_be_what_counts(ctx, assigning, register):
    await configure(ctx, PATH + "tax_calculation_address_type", "shipping")
    shipping = an_address(country_id="DE", region=None, default_shipping=True, vat_id="1")
    made = await a_customer(ctx, addresses=[an_address(default_billing=True), shipping])
    assert made.group_id == 11

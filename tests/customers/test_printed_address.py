"""Addresses as the shop prints them."""

from entrepot.customers import print_address, print_address_html
from entrepot.customers.contracts import Region
from tests.customers.makers import an_address, configure

NEW_YORK = Region(region_code="NY", region="New York", region_id=43)


async def test_the_built_in_templates_leave_out_what_is_absent(ctx):
    address = an_address(region=NEW_YORK)

    assert print_address(ctx, address, "oneline") == "Jane Doe, 123 Oak Ave, Purchase, New York 10755, United States"
    lines = [line for line in print_address(ctx, address).splitlines() if line]
    assert lines == ["Jane Doe", "123 Oak Ave", "Purchase,  New York, 10755", "United States", "T: 512-555-1111"]


async def test_html_has_every_part_in_order(ctx):
    address = an_address(
        region=NEW_YORK, company="Acme & Sons", street=["1 Elm St", "Floor 2"], fax="512-555-3333", vat_id="X1"
    )

    lines = [line.strip() for line in print_address_html(ctx, address).replace("\n", "").split("<br>")]
    assert lines == [
        "Jane Doe",
        "Acme &amp; Sons",
        "1 Elm St",
        "Floor 2",
        "Purchase,  New York, 10755",
        "United States",
        'T: <a href="tel:512-555-1111">512-555-1111</a>',
        "F: 512-555-3333",
        "VAT: X1",
    ]


async def test_html_of_a_customer_stays_text(ctx):
    address = an_address(street=["<b>{{var vat_id}}</b>"], telephone='"><script>', vat_id="X1")

    printed = print_address_html(ctx, address)
    assert "&lt;b&gt;{{var vat_id}}&lt;/b&gt;" in printed
    assert "<script>" not in printed


async def test_a_shop_s_own_template_may_not_bring_scripts(ctx):
    await configure(
        ctx,
        "customer/address_templates/html",
        '<b onclick="x()">{{var city}}</b><script>x()</script><a href="javascript:x()">a</a>',
    )

    assert print_address_html(ctx, an_address()) == "<b>Purchase</b><a>a</a>"


async def test_the_country_is_named_in_the_view_s_language(ctx):
    await configure(ctx, "general/locale/code", "de_DE")

    assert print_address(ctx, an_address(), "oneline").endswith("Vereinigte Staaten")

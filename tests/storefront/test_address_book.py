"""The address book."""

import re

import pytest

from entrepot import customers
from tests.storefront.browser import text_of
from tests.storefront.makers import a_customer, an_address, configure

PLAIN = {"default_billing": None, "default_shipping": None}
FORM = {
    "firstname": "Jane",
    "lastname": "Doe",
    "company": "",
    "telephone": "512-555-2222",
    "street[]": ["1 Elm St", ""],
    "city": "Austin",
    "region_id": "57",
    "region": "",
    "postcode": "78701",
    "country_id": "US",
}


async def addresses(ctx, jane):
    return (await customers.get_by_id(ctx, jane.id)).addresses


async def test_both_defaults_are_shown_as_on_an_envelope(browser, jane):
    await browser.sign_in()
    await browser.get("/us/customer/address/")

    cards = browser.page.text.split('<article class="card">')[1:]
    printed = "Jane Doe 123 Oak Ave Purchase, New York, 10755 United States T: 512-555-1111"
    assert text_of(cards[0].split("</article>")[0]) == f"Default Billing Address {printed} Change Billing Address"
    assert text_of(cards[1].split("</article>")[0]) == f"Default Shipping Address {printed} Change Shipping Address"
    assert 'href="tel:512-555-1111"' in browser.page.text
    assert "You have no other address entries in your address book." in browser.text


async def test_an_empty_book_leads_to_its_first_address(browser, ctx, us):
    jane = await a_customer(ctx, us)
    await browser.sign_in()
    await browser.get("/us/customer/address/")
    assert browser.where == "/us/customer/address/new/"
    assert "Use as my default billing address" not in browser.text
    assert browser.value("firstname") == "Jane"

    await browser.post("/us/customer/address/formPost/", FORM)

    assert (browser.where, browser.messages) == ("/us/customer/address/", ["success: You saved the address."])
    (saved,) = await addresses(ctx, jane)
    assert (saved.default_billing, saved.default_shipping) == (True, True)
    assert (saved.street, saved.city, saved.region.region, saved.postcode) == (["1 Elm St"], "Austin", "Texas", "78701")


async def test_a_further_address_is_listed_and_becomes_a_default_when_asked(browser, ctx, jane):
    await browser.sign_in()
    await browser.get("/us/customer/address/new/")
    await browser.post("/us/customer/address/formPost/", {**FORM, "default_shipping": "1"})

    old, new = await addresses(ctx, jane)
    assert (old.default_billing, old.default_shipping) == (True, None)
    assert (new.default_billing, new.default_shipping) == (None, True)


async def test_other_entries_come_newest_first_in_pages(browser, ctx, us):
    await a_customer(ctx, us, addresses=[an_address(city=f"City{n:02}", **PLAIN) for n in range(12)])
    await browser.sign_in()

    await browser.get("/us/customer/address/")
    assert [f"City{n:02}" in browser.text for n in (11, 2, 1, 0)] == [True, True, False, False]
    assert "Items 1 to 10 of 12" in browser.text
    await browser.get("/us/customer/address/?p=2")
    assert [f"City{n:02}" in browser.text for n in (11, 2, 1, 0)] == [False, False, True, True]
    await browser.get("/us/customer/address/?p=99&limit=20")
    assert "Items 1 to 12 of 12" in browser.text


async def test_an_address_is_changed(browser, ctx, jane):
    (address,) = await addresses(ctx, jane)
    await browser.sign_in()
    await browser.get(f"/us/customer/address/edit/id/{address.id}/")
    assert "It's a default billing address. It's a default shipping address." in browser.text

    await browser.post(browser.action("formPost"), FORM)

    (changed,) = await addresses(ctx, jane)
    assert (changed.id, changed.city, changed.default_billing) == (address.id, "Austin", True)


async def test_a_refused_form_comes_back_as_it_was_typed(browser, ctx, jane):
    await browser.sign_in()
    await browser.get("/us/customer/address/new/")
    await browser.post("/us/customer/address/formPost/", {**FORM, "city": "", "telephone": "", "postcode": "<7>"})

    assert browser.where == "/us/customer/address/new/"
    assert browser.messages == [
        'error: "city" is required. Enter and try again.',
        'error: "telephone" is required. Enter and try again.',
    ]
    assert (browser.value("street[]"), browser.value("postcode")) == ("1 Elm St", "&lt;7&gt;")
    assert '<option value="57" selected>Texas</option>' in browser.page.text
    assert len(await addresses(ctx, jane)) == 1


@pytest.mark.parametrize("region_id", ["", "0", "100", "x"])
async def test_a_country_with_a_list_of_regions_needs_one_of_it(browser, ctx, jane, region_id):
    await browser.sign_in()
    await browser.get("/us/customer/address/new/")
    await browser.post("/us/customer/address/formPost/", {**FORM, "region_id": region_id, "region": "Texas"})

    assert browser.messages == ['error: "regionId" is required. Enter and try again.']
    assert len(await addresses(ctx, jane)) == 1


async def test_the_postcode_is_marked_where_the_chosen_country_needs_it(browser, ctx, jane):
    await configure(ctx, "general/country/optional_zip_countries", "IE")
    await browser.sign_in()
    await browser.get("/us/customer/address/new/")
    marked = r'data-postcode-required> \*</span></label>\s*<input id="postcode"[^>]* required'
    assert re.search(marked, browser.page.text)

    # Without scripts a button has the marks follow the country; nothing is saved, and nothing is lost.
    dublin = {**FORM, "country_id": "IE", "region_id": "", "city": "Dublin", "postcode": ""}
    await browser.post("/us/customer/address/formPost/", {**dublin, "update": "1"})

    assert (browser.where, browser.messages) == ("/us/customer/address/new/", [])
    assert re.search(r'data-postcode-required hidden> \*</span></label>\s*<input id="postcode"', browser.page.text)
    assert not re.search(marked, browser.page.text)
    assert browser.value("city") == "Dublin"
    await browser.post("/us/customer/address/formPost/", dublin)
    assert browser.messages == ["success: You saved the address."]
    assert (await addresses(ctx, jane))[1].postcode in ("", None)


async def test_a_country_without_a_list_takes_the_typed_region(browser, ctx, jane):
    await browser.sign_in()
    await browser.get("/us/customer/address/new/")
    await browser.post(
        "/us/customer/address/formPost/", {**FORM, "country_id": "GB", "region_id": "57", "region": "Surrey"}
    )

    saved = (await addresses(ctx, jane))[1]
    assert (saved.country_id, saved.region.region, saved.region_id) == ("GB", "Surrey", 0)


async def test_deleting_asks_first_and_then_deletes(browser, ctx, jane):
    (address,) = await addresses(ctx, jane)
    await browser.sign_in()

    await browser.get(f"/us/customer/address/delete/id/{address.id}/")
    assert "Are you sure you want to delete this address?" in browser.text
    assert len(await addresses(ctx, jane)) == 1

    await browser.post(browser.action("address/delete"))
    assert browser.messages == ["success: You deleted the address."]
    assert await addresses(ctx, jane) == []


async def test_another_customer_s_address_cannot_be_touched(browser, ctx, us, jane):
    other = await a_customer(ctx, us, email="other@example.com", addresses=[an_address(city="Secretville")])
    (theirs,) = (address.id for address in other.addresses or [])
    await browser.sign_in()
    await browser.get("/us/customer/address/")

    await browser.get(f"/us/customer/address/edit/id/{theirs}/")
    assert browser.messages == ["error: We can't save the address."]
    assert "Secretville" not in browser.text
    await browser.post(f"/us/customer/address/formPost/id/{theirs}/", FORM)
    assert browser.messages == ["error: We can't save the address."]
    await browser.post(f"/us/customer/address/delete/id/{theirs}/")
    assert browser.messages == ["error: We can't delete the address right now."]

    assert [address.city for address in await addresses(ctx, other)] == ["Secretville"]
    assert len(await addresses(ctx, jane)) == 1


async def test_deleting_needs_the_form_key(browser, ctx, jane):
    (address,) = await addresses(ctx, jane)
    await browser.sign_in()

    await browser.post_without_key(f"/us/customer/address/delete/id/{address.id}/", {})

    assert browser.messages == ["error: Invalid Form Key. Please refresh the page."]
    assert len(await addresses(ctx, jane)) == 1


async def test_what_a_customer_types_is_printed_as_text(browser, ctx, us):
    evil = "<img src=x onerror=alert(1)> {{var vat_id}}"
    await a_customer(ctx, us, addresses=[an_address(street=[evil])])
    await browser.sign_in()
    await browser.get("/us/customer/address/")

    assert "<img" not in browser.page.text
    assert "&lt;img src=x onerror=alert(1)&gt; {{var vat_id}}" in browser.page.text


async def test_the_form_has_the_lines_and_fields_that_the_website_wants(browser, ctx, jane):
    await configure(ctx, "customer/address/street_lines", "3")
    await configure(ctx, "customer/address/fax_show", "opt")
    await configure(ctx, "customer/address/company_show", "")
    await configure(ctx, "customer/create_account/vat_frontend_visibility", "1")
    await browser.sign_in()
    await browser.get("/us/customer/address/new/")

    assert browser.page.text.count('name="street[]"') == 3
    assert [f'name="{field}"' in browser.page.text for field in ("fax", "company", "vat_id")] == [True, False, True]

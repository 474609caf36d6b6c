"""The metadata of attributes: the whole tables, options, forms and what configuration changes."""

import pytest

from tests.customers.makers import as_clerk, configure, may_not, no_such, refusal, us_store

URL = "/rest/V1/attributeMetadata"
KEYS = [
    "frontend_input", "input_filter", "store_label", "validation_rules", "multiline_count", "visible", "required",
    "data_model", "options", "frontend_class", "user_defined", "sort_order", "frontend_label", "note", "system",
    "backend_type", "is_used_in_grid", "is_visible_in_grid", "is_filterable_in_grid", "is_searchable_in_grid",
    "attribute_code",
]  # fmt: skip

# code, label, input, visible, required, system, sort order, rules, filter, grid
TEXT = "max_text_length 255, min_text_length 1"
CUSTOMER = """
website_id | Associate to Website | select | 1 | 1 | 1 | 10 | | | 1/1/1/0
store_id | Create In | select | 0 | 1 | 1 | 0 | | | 0
created_in | Created From | text | 1 | 0 | 1 | 20 | | | 1/1/0/1
prefix | Name Prefix | text | 0 | 0 | 0 | 30 | | | 0
firstname | First Name | text | 1 | 1 | 1 | 40 | TEXT | trim | 0
middlename | Middle Name/Initial | text | 0 | 0 | 0 | 50 | | trim | 0
lastname | Last Name | text | 1 | 1 | 1 | 60 | TEXT | trim | 0
suffix | Name Suffix | text | 0 | 0 | 0 | 70 | | | 0
email | Email | text | 1 | 1 | 1 | 80 | input_validation email | | 1/1/1/1
group_id | Group | select | 1 | 1 | 1 | 25 | | | 1/1/1/0
dob | Date of Birth | date | 0 | 0 | 0 | 90 | input_validation date | date | 1/1/1/0
password_hash | None | hidden | 0 | 0 | 1 | 0 | | | 0
rp_token | None | hidden | 0 | 0 | 1 | 0 | | | 0
rp_token_created_at | None | date | 0 | 0 | 1 | 0 | input_validation date | | 0
default_billing | Default Billing Address | text | 0 | 0 | 1 | 0 | | | 0
default_shipping | Default Shipping Address | text | 0 | 0 | 1 | 0 | | | 0
taxvat | Tax/VAT Number | text | 0 | 0 | 0 | 100 | max_text_length 255 | | 1/1/0/1
confirmation | Is Confirmed | text | 0 | 0 | 1 | 0 | | | 1/1/1/0
created_at | Created At | date | 0 | 0 | 0 | 0 | | | 1/1/1/0
gender | Gender | select | 0 | 0 | 0 | 110 | | | 1/1/1/0
disable_auto_group_change | Disable Automatic Group Change Based on VAT ID | boolean | 1 | 0 | 1 | 28 | | | 0
updated_at | Updated At | date | 0 | 0 | 0 | 0 | | | 0
failures_num | Failures Number | hidden | 0 | 0 | 1 | 0 | | | 0
first_failure | First Failure Date | date | 0 | 0 | 1 | 0 | | | 0
lock_expires | Failures Number | date | 0 | 0 | 1 | 0 | | | 0
"""
ADDRESS = """
prefix | Name Prefix | text | 0 | 0 | 0 | 10 | | | 0
firstname | First Name | text | 1 | 1 | 1 | 20 | TEXT | trim | 1/0/0/1
middlename | Middle Name/Initial | text | 0 | 0 | 0 | 30 | | trim | 0
lastname | Last Name | text | 1 | 1 | 1 | 40 | TEXT | trim | 1/0/0/1
suffix | Name Suffix | text | 0 | 0 | 0 | 50 | | | 0
company | Company | text | 1 | 0 | 1 | 60 | TEXT | | 1/0/0/1
street | Street Address | multiline | 1 | 1 | 1 | 70 | TEXT | | 1/0/0/1
city | City | text | 1 | 1 | 1 | 80 | TEXT | | 1/0/0/1
country_id | Country | select | 1 | 1 | 1 | 90 | | | 1/1/1/0
region | State/Province | text | 1 | 0 | 1 | 100 | | | 1/1/0/1
region_id | State/Province | hidden | 1 | 0 | 1 | 100 | | | 0
postcode | Zip/Postal Code | text | 1 | 0 | 1 | 110 | | | 1/1/1/1
telephone | Phone Number | text | 1 | 1 | 1 | 120 | TEXT | | 1/1/1/1
fax | Fax | text | 0 | 0 | 0 | 130 | TEXT | | 1/0/0/1
vat_id | VAT Number | text | 1 | 0 | 1 | 140 | | | 0
vat_is_valid | VAT number validity | text | 0 | 0 | 1 | 0 | | | 0
vat_request_id | VAT number validation request ID | text | 0 | 0 | 1 | 0 | | | 0
vat_request_date | VAT number validation request date | text | 0 | 0 | 1 | 0 | | | 0
vat_request_success | VAT number validation request success | text | 0 | 0 | 1 | 0 | | | 0
"""


def rows(table):
    """The tables above as the API has them, options aside."""
    for line in table.strip().split("\n"):
        code, label, kind, visible, required, system, sort, rules, filtered, grid = (p.strip() for p in line.split("|"))
        grid = [value == "1" for value in grid.split("/")] if "/" in grid else [False] * 4
        label = None if label == "None" else label
        named = [rule.split() for rule in rules.replace("TEXT", TEXT).split(", ") if rule]
        frontend_class = "required-entry" if required == "1" else ""
        yield {
            "frontend_input": kind,
            "input_filter": filtered,
            "store_label": label,
            "validation_rules": [{"name": name, "value": value} for name, value in named],
            "multiline_count": 2 if code == "street" else 0,
            "visible": visible == "1",
            "required": required == "1",
            "data_model": "Magento\\Customer\\Model\\Attribute\\Data\\Postcode" if code == "postcode" else "",
            "frontend_class": "required-entry validate-email" if code == "email" else frontend_class,
            "user_defined": False,
            "sort_order": int(sort),
            "frontend_label": label,
            "note": "",
            "system": system == "1",
            "backend_type": "static",
            "is_used_in_grid": grid[0],
            "is_visible_in_grid": grid[1],
            "is_filterable_in_grid": grid[2],
            "is_searchable_in_grid": grid[3],
            "attribute_code": code,
        }


@pytest.mark.parametrize(
    ("path", "table", "with_options"),
    [
        ("customer", CUSTOMER, {"website_id", "store_id", "group_id", "gender"}),
        ("customerAddress", ADDRESS, {"country_id", "region_id"}),
    ],
)
async def test_all_attributes_are_those_of_the_table(admin, path, table, with_options):
    reply = await admin.get(f"{URL}/{path}")
    assert reply.status == 200
    assert all(list(attribute) == KEYS for attribute in reply.body)
    assert {a["attribute_code"] for a in reply.body if a["options"]} == with_options
    shown = [{key: value for key, value in attribute.items() if key != "options"} for attribute in reply.body]
    assert shown == list(rows(table))


async def test_the_published_example(admin):
    reply = await admin.get(f"{URL}/customer/attribute/firstname")
    assert list(reply.body.items()) == list(
        {
            "frontend_input": "text", "input_filter": "trim", "store_label": "First Name",
            "validation_rules": [
                {"name": "max_text_length", "value": "255"}, {"name": "min_text_length", "value": "1"}
            ],
            "multiline_count": 0, "visible": True, "required": True, "data_model": "", "options": [],
            "frontend_class": "required-entry", "user_defined": False, "sort_order": 40,
            "frontend_label": "First Name", "note": "", "system": True, "backend_type": "static",
            "is_used_in_grid": False, "is_visible_in_grid": False, "is_filterable_in_grid": False,
            "is_searchable_in_grid": False, "attribute_code": "firstname",
        }.items()
    )  # fmt: skip


async def test_the_options(ctx, admin):
    us = await us_store(ctx)

    async def options(path):
        return (await admin.get(f"{URL}/{path}")).body["options"]

    assert await options("customer/attribute/website_id") == [
        {"label": "Main Website", "value": "1"},
        {"label": "US Website", "value": str(us.website_id)},
    ]
    assert await options("customer/attribute/group_id") == [
        {"label": "General", "value": "1"},
        {"label": "Retailer", "value": "3"},
        {"label": "Wholesale", "value": "2"},
    ]
    assert await options("customer/attribute/gender") == [
        {"label": " ", "value": ""},
        {"label": "Male", "value": "1"},
        {"label": "Female", "value": "2"},
        {"label": "Not Specified", "value": "3"},
    ]
    assert await options("customer/attribute/store_id") == [
        {
            "label": "Main Website",
            "options": [{"label": "Main Website Store", "options": [{"label": "Default Store View", "value": "1"}]}],
        },
        {
            "label": "US Website",
            "options": [{"label": "US Store", "options": [{"label": "US Store View", "value": str(us.id)}]}],
        },
    ]
    await configure(ctx, "general/country/allow", "US,DE,AT")
    assert await options("customerAddress/attribute/country_id") == [
        {"label": " ", "value": ""},
        {"label": "Austria", "value": "AT"},
        {"label": "Germany", "value": "DE"},
        {"label": "United States", "value": "US"},
    ]
    regions = await options("customerAddress/attribute/region_id")
    assert regions[0] == {"label": "Please select a region, state or province.", "value": ""}
    assert {"label": "New York", "value": "43"} in regions
    assert len(regions) == 1 + await ctx.db.value("select count(*) from directory_region")


ACCOUNT = ["created_at", "prefix", "firstname", "middlename", "lastname", "suffix", "email", "dob", "taxvat", "gender"]
ADDRESS_FORM = [row["attribute_code"] for row in rows(ADDRESS)][:15]


@pytest.mark.parametrize(
    ("path", "codes"),
    [
        ("customer/form/customer_account_create", ACCOUNT),
        ("customer/form/customer_account_edit", ACCOUNT),
        (
            "customer/form/adminhtml_customer",
            ["created_at", "website_id", "created_in", "group_id", "disable_auto_group_change", *ACCOUNT[1:]],
        ),
        ("customer/form/adminhtml_checkout", ["group_id", "email", "dob", "taxvat", "gender"]),
        ("customerAddress/form/customer_address_edit", ADDRESS_FORM),
        ("customerAddress/form/customer_register_address", ADDRESS_FORM),
        ("customerAddress/form/adminhtml_customer_address", ADDRESS_FORM),
        ("customer/custom", []),
        ("customerAddress/custom", []),
    ],
)
async def test_forms_show_their_attributes_by_sort_order(admin, path, codes):
    assert [attribute["attribute_code"] for attribute in (await admin.get(f"{URL}/{path}")).body] == codes


async def test_unknown_names(admin):
    for path in ("customer", "customerAddress"):
        reply = await admin.get(f"{URL}/{path}/form/nosuch")
        assert (reply.status, reply.body) == (404, no_such("formCode", "nosuch"))
    for path, entity in (("customer", "customer"), ("customerAddress", "customer_address")):
        reply = await admin.get(f"{URL}/{path}/attribute/nosuch")
        assert (reply.status, reply.body) == (
            404,
            refusal(
                "No such entity with %fieldName = %fieldValue, %field2Name = %field2Value",
                fieldName="entityType",
                fieldValue=entity,
                field2Name="attributeCode",
                field2Value="nosuch",
            ),
        )


@pytest.mark.parametrize(
    ("path", "attribute"),
    [
        ("prefix_show", "customer/attribute/prefix"),
        ("prefix_show", "customerAddress/attribute/prefix"),
        ("suffix_show", "customer/attribute/suffix"),
        ("suffix_show", "customerAddress/attribute/suffix"),
        ("dob_show", "customer/attribute/dob"),
        ("taxvat_show", "customer/attribute/taxvat"),
        ("gender_show", "customer/attribute/gender"),
        ("telephone_show", "customerAddress/attribute/telephone"),
        ("company_show", "customerAddress/attribute/company"),
        ("fax_show", "customerAddress/attribute/fax"),
    ],
)
@pytest.mark.parametrize(
    ("value", "shown"), [("", (False, False)), ("opt", (True, False)), ("1", (True, False)), ("req", (True, True))]
)
async def test_configuration_shows_and_requires(ctx, admin, path, attribute, value, shown):
    await configure(ctx, f"customer/address/{path}", value)
    body = (await admin.get(f"{URL}/{attribute}")).body
    assert (body["visible"], body["required"]) == shown
    assert body["frontend_class"] == ("required-entry" if shown[1] else "")


async def test_a_websites_configuration_acts_for_that_website_only(ctx, admin):
    us = await us_store(ctx)
    await configure(ctx, "customer/address/middlename_show", "1", "websites", us.website_id)
    await configure(ctx, "customer/address/street_lines", "4", "websites", us.website_id)
    for prefix, visible, lines in (("/rest/us/V1", True, 4), ("/rest/V1", False, 2)):
        for entity in ("customer", "customerAddress"):
            body = (await admin.get(f"{prefix}/attributeMetadata/{entity}/attribute/middlename")).body
            assert body["visible"] is visible
        body = (await admin.get(f"{prefix}/attributeMetadata/customerAddress/attribute/street")).body
        assert body["multiline_count"] == lines


async def test_attributes_that_an_installation_added(ctx, admin):
    await ctx.db.execute(
        "insert into customer_user_attribute"
        " (entity_type, attribute_code, frontend_label, is_required, sort_order, validation_rules, forms)"
        " values ('customer', 'nickname', 'Nickname', true, 65,"
        """ '[{"name": "max_text_length", "value": "5"}]', '{adminhtml_customer}')"""
    )
    await ctx.changed()
    (nickname,) = (await admin.get(f"{URL}/customer/custom")).body
    assert (nickname["attribute_code"], nickname["user_defined"], nickname["required"]) == ("nickname", True, True)
    form = (await admin.get(f"{URL}/customer/form/adminhtml_customer")).body
    assert [a["attribute_code"] for a in form][9:11] == ["nickname", "suffix"]
    body = {"email": "a@example.com", "firstname": "A", "lastname": "B"}
    reply = await admin.post("/rest/V1/customers", {"customer": body})
    assert reply.body == {"message": '"Nickname" is a required value.'}
    reply = await admin.post("/rest/V1/customers", {"customer": body | {"custom_attributes": {"nickname": "Rumpel"}}})
    assert reply.body == {"message": '"Nickname" length must be equal or less than 5 characters.'}


async def test_metadata_need_their_right(ctx, rest):
    clerk = await as_clerk(ctx, rest, "Magento_Customer::manage")
    for path in ("customer", "customer/custom", "customerAddress/form/customer_address_edit"):
        assert (await clerk.get(f"{URL}/{path}")).body == may_not("Magento_Customer::customer")

"""The declared configuration: defaults and scopes as the specification lists them, and what must hold for all of it."""

import pytest

from entrepot.access import resources
from entrepot.stores import configuration
from entrepot.stores.configuration import INSTALLED, SECTIONS, TABS, Scopes
from entrepot.stores.configuration.hidden import HIDDEN

SCOPES = {"d": Scopes.DEFAULT, "w": Scopes.WEBSITE, "s": Scopes.STORE}
EVERY_FIELD = [(path, field) for section in SECTIONS for path, field in section.paths()]


# From spec 10-platform, appendix A.
@pytest.mark.parametrize(
    ("path", "default", "scopes"),
    [
        ("general/country/default", "US", "dws"),
        ("general/country/optional_zip_countries", "HK,IE,MO,PA,GB", "d"),
        ("general/country/destinations", None, "dws"),
        ("general/region/state_required", None, "d"),
        ("general/locale/timezone", "America/Los_Angeles", "dw"),
        ("general/locale/code", "en_US", "dws"),
        ("general/locale/weight_unit", "lbs", "dws"),
        ("general/locale/weekend", "0,6", "dws"),
        ("general/store_information/country_id", None, "dw"),
        ("general/single_store_mode/enabled", "0", "d"),
        ("web/url/use_store", "0", "d"),
        ("web/unsecure/base_url", "{{base_url}}", "dws"),
        ("web/secure/base_url", "{{unsecure_base_url}}", "dws"),
        ("web/secure/offloader_header", "X-Forwarded-Proto", "d"),
        ("web/default/no_route", "cms/noroute/index", "dws"),
        ("web/cookie/cookie_lifetime", "3600", "dws"),
        ("web/cookie/cookie_restriction", "0", "dw"),
        ("currency/options/base", "USD", "dw"),
        ("currency/options/allow", "USD,EUR", "dws"),
        ("currency/fixerio/api_key", "", "d"),
        ("trans_email/ident_support/name", "CustomerSupport", "dws"),
        ("contact/email/recipient_email", "hello@example.com", "dws"),
        ("reports/dashboard/ytd_start", "1,1", "d"),
        ("catalog/fields_masks/meta_description", "{{name}} {{description}}", "d"),
        ("catalog/frontend/list_mode", "grid-list", "dws"),
        ("catalog/frontend/grid_per_page_values", "9,15,30", "dws"),
        ("catalog/review/allow_guest", "1", "dw"),
        ("catalog/price/scope", None, "d"),
        ("catalog/search/min_query_length", "3", "dws"),
        ("cataloginventory/source_selection_distance_based/provider", "google", "d"),
        ("customer/address/middlename_show", "", "dw"),
        ("promo/auto_generated_coupon_codes/format", "1", "d"),
        ("sales/msrp/enabled", "0", "dw"),
        ("shipping/origin/postcode", "90034", "dw"),
        ("multishipping/options/checkout_multiple_maximum_qty", "100", "dw"),
        ("carriers/flatrate/price", "5.00", "dw"),
        ("carriers/flatrate/type", "I", "dw"),
        ("carriers/freeshipping/active", "0", "dw"),
        ("carriers/tablerate/condition_name", "package_weight", "dw"),
        ("carriers/tablerate/export", None, "w"),
        ("payment/free/model", r"Magento\Payment\Model\Method\Free", ""),
        ("payment/free/payment_action", "authorize_capture", "dw"),
        ("payment/checkmo/title", "Check / Money order", "dws"),
        ("payment/purchaseorder/active", "0", "dw"),
        ("webapi/webapisecurity/allow_insecure", "0", "d"),
        ("oauth/access_token_lifetime/customer", "1", "d"),
        ("oauth/access_token_lifetime/admin", "4", "d"),
        ("oauth/authentication_lock/timeout", "1800", "d"),
        ("admin/security/session_lifetime", "900", "d"),
        ("admin/security/lockout_failures", "6", "d"),
        ("system/smtp/port", "25", "dws"),
        ("system/bulk/lifetime", "60", "d"),
    ],
)
def test_a_field_has_the_default_and_the_scopes_of_the_specification(path, default, scopes):
    field = configuration.field(path)
    assert field is not None
    assert field.default == default
    assert configuration.default(path) == default
    assert set(field.scopes) == {SCOPES[letter] for letter in scopes}


@pytest.mark.parametrize(
    ("path", "default"),
    [
        ("carriers/freeshipping/cutoff_cost", "50"),
        ("catalog/custom_options/forbidden_extensions", "php,exe"),
        ("customer/default/group", "1"),
        ("general/locale/date_format_short", "%m/%d/%y"),
        ("payment/checkmo/group", "offline"),
        ("sales/totals_sort/weee_tax", "35"),
        ("web/cookie/cookie_restriction_lifetime", "31536000"),
        ("web/unsecure/base_web_url", "{{unsecure_base_url}}"),
    ],
)
def test_a_path_without_a_field_still_has_its_default(path, default):
    assert configuration.field(path) is None
    assert configuration.is_known(path)
    assert configuration.default(path) == default


def test_an_unknown_path_has_neither_field_nor_default():
    assert not configuration.is_known("general/country/planet")
    assert configuration.field("general/country/planet") is None
    assert configuration.default("general/country/planet") is None


def test_an_absent_default_is_not_an_empty_one():
    assert configuration.is_known("system/smtp/return_path_email")
    assert configuration.default("system/smtp/return_path_email") is None
    assert configuration.default("admin/url/custom") == ""


def test_all_fields_are_declared_and_none_twice():
    paths = [path for path, _ in EVERY_FIELD]
    assert len(paths) == 679
    assert len(set(paths)) == 679
    assert not set(paths) & set(HIDDEN)


def test_sections_stand_by_tab_and_sort_order():
    tabs = {tab.id: tab.sort_order for tab in TABS}
    places = [(tabs[section.tab], section.sort_order) for section in SECTIONS]
    assert places == sorted(places)
    assert [tab.label for tab in TABS] == ["General", "Catalog", "Customers", "Sales", "Services", "Advanced"]


def test_groups_of_the_general_section_stand_as_the_admin_shows_them():
    general = SECTIONS[0]
    assert [group.label for group in general.groups] == [
        "Country Options",
        "State Options",
        "Locale Options",
        "Store Information",
        "Single-Store Mode",
    ]


def test_every_section_can_be_granted():
    assert [section.id for section in SECTIONS if resources.find(section.resource) is None] == []


def test_the_default_of_a_list_is_among_its_choices():
    # No choice for a middle name means No; the coupon format's 1 stands for the first of its choices.
    exceptions = {"customer/address/middlename_show", "promo/auto_generated_coupon_codes/format"}
    for path, field in EVERY_FIELD:
        if isinstance(field.options, tuple) and field.options and field.default is not None and path not in exceptions:
            chosen = field.default.split(",") if field.input == "multiselect" else [field.default]
            assert set(chosen) <= {option.value for option in field.options}, path


def test_defaults_pass_their_own_checks():
    for path, field in EVERY_FIELD:
        if field.check and field.default:
            assert field.check.accepts(field.default), path


def test_a_field_depends_only_on_fields_of_its_group():
    for section in SECTIONS:
        for group in section.groups:
            ids = {field.id for field in group.fields}
            for field in group.fields:
                assert {other for other, _ in field.depends} <= ids, f"{section.id}/{group.id}/{field.id}"


@pytest.mark.parametrize(
    ("path", "good", "bad"),
    [
        ("carriers/flatrate/price", ["", "0", "4.95"], ["-1", "free", "1,5", "٣"]),
        ("trans_email/ident_sales/email", ["sales@example.com"], ["sales", "sales@example", "a b@example.com"]),
        ("catalog/frontend/grid_per_page_values", ["9,15,30", "12"], ["", "9,,15", "0", "9;15"]),
        ("sales/totals_sort/tax", ["40", "-5"], ["", "last"]),
    ],
)
def test_a_check_accepts_what_can_be_stored(path, good, bad):
    field = configuration.field(path)
    assert field is not None and field.check is not None
    assert [value for value in good if not field.check.accepts(value)] == []
    assert [value for value in bad if field.check.accepts(value)] == []


def test_setup_writes_the_rows_of_the_region_rules():
    assert INSTALLED == {
        "general/region/display_all": "1",
        "general/region/state_required": "AU,BR,CA,CH,EE,ES,HR,IN,LT,LV,MX,RO,US",
    }
    assert all(configuration.field(path) for path in INSTALLED)

"""The attributes that every installation has (spec 20-customers, 13.2 to 13.4).

The order is that of the API's answers. Source: `Customer/Setup/CustomerSetup` and its patches.
"""

from __future__ import annotations

from collections.abc import Sequence

from entrepot.customers.rules.attributes import NO_GRID, Attribute, GridUse

_TEXT_255 = (("max_text_length", "255"), ("min_text_length", "1"))
_FILTERED: GridUse = (True, True, True, False)
_SEARCHED: GridUse = (True, True, False, True)
_EVERYWHERE: GridUse = (True, True, True, True)
_ONLY_SEARCHED: GridUse = (True, False, False, True)


def _shown(
    code: str,
    label: str,
    frontend_input: str,
    sort_order: int,
    *,
    required: bool = False,
    grid: GridUse = NO_GRID,
    rules: tuple[tuple[str, str], ...] = (),
    filtered_by: str = "",
    multiline_count: int = 0,
    data_model: str = "",
    max_length: int | None = None,
) -> Attribute:
    """A visible system attribute."""
    return Attribute(
        code,
        label,
        frontend_input,
        sort_order,
        visible=True,
        required=required,
        system=True,
        rules=rules,
        filter=filtered_by,
        grid=grid,
        multiline_count=multiline_count,
        data_model=data_model,
        max_length=max_length,
    )


def _internal(
    code: str,
    label: str | None,
    frontend_input: str,
    *,
    required: bool = False,
    grid: GridUse = NO_GRID,
    rules: tuple[tuple[str, str], ...] = (),
    max_length: int | None = None,
) -> Attribute:
    """A system attribute that no form shows."""
    return Attribute(
        code, label, frontend_input, required=required, system=True, rules=rules, grid=grid, max_length=max_length
    )


CUSTOMER_ATTRIBUTES: tuple[Attribute, ...] = (
    _shown("website_id", "Associate to Website", "select", 10, required=True, grid=_FILTERED),
    _internal("store_id", "Create In", "select", required=True),
    _shown("created_in", "Created From", "text", 20, grid=_SEARCHED),
    Attribute("prefix", "Name Prefix", "text", 30, max_length=40),
    _shown("firstname", "First Name", "text", 40, required=True, rules=_TEXT_255, filtered_by="trim"),
    Attribute("middlename", "Middle Name/Initial", "text", 50, filter="trim", max_length=255),
    _shown("lastname", "Last Name", "text", 60, required=True, rules=_TEXT_255, filtered_by="trim"),
    Attribute("suffix", "Name Suffix", "text", 70, max_length=40),
    _shown("email", "Email", "text", 80, required=True, grid=_EVERYWHERE, rules=(("input_validation", "email"),)),
    _shown("group_id", "Group", "select", 25, required=True, grid=_FILTERED),
    Attribute("dob", "Date of Birth", "date", 90, rules=(("input_validation", "date"),), filter="date", grid=_FILTERED),
    _internal("password_hash", None, "hidden"),
    _internal("rp_token", None, "hidden"),
    _internal("rp_token_created_at", None, "date", rules=(("input_validation", "date"),)),
    _internal("default_billing", "Default Billing Address", "text"),
    _internal("default_shipping", "Default Shipping Address", "text"),
    Attribute(
        "taxvat", "Tax/VAT Number", "text", 100, rules=(("max_text_length", "255"),), grid=_SEARCHED, max_length=50
    ),
    _internal("confirmation", "Is Confirmed", "text", grid=_FILTERED, max_length=64),
    Attribute("created_at", "Created At", "date", grid=_FILTERED),
    Attribute("gender", "Gender", "select", 110, grid=_FILTERED),
    _shown("disable_auto_group_change", "Disable Automatic Group Change Based on VAT ID", "boolean", 28),
    Attribute("updated_at", "Updated At", "date"),
    _internal("failures_num", "Failures Number", "hidden"),
    _internal("first_failure", "First Failure Date", "date"),
    _internal("lock_expires", "Failures Number", "date"),
)

ADDRESS_ATTRIBUTES: tuple[Attribute, ...] = (
    Attribute("prefix", "Name Prefix", "text", 10, max_length=40),
    _shown(
        "firstname", "First Name", "text", 20, required=True, rules=_TEXT_255, filtered_by="trim", grid=_ONLY_SEARCHED
    ),
    Attribute("middlename", "Middle Name/Initial", "text", 30, filter="trim", max_length=255),
    _shown(
        "lastname", "Last Name", "text", 40, required=True, rules=_TEXT_255, filtered_by="trim", grid=_ONLY_SEARCHED
    ),
    Attribute("suffix", "Name Suffix", "text", 50, max_length=40),
    _shown("company", "Company", "text", 60, rules=_TEXT_255, grid=_ONLY_SEARCHED),
    _shown(
        "street",
        "Street Address",
        "multiline",
        70,
        required=True,
        rules=_TEXT_255,
        grid=_ONLY_SEARCHED,
        multiline_count=2,
    ),
    _shown("city", "City", "text", 80, required=True, rules=_TEXT_255, grid=_ONLY_SEARCHED),
    _shown("country_id", "Country", "select", 90, required=True, grid=_FILTERED),
    _shown("region", "State/Province", "text", 100, grid=_SEARCHED, max_length=255),
    _shown("region_id", "State/Province", "hidden", 100),
    _shown(
        "postcode",
        "Zip/Postal Code",
        "text",
        110,
        grid=_EVERYWHERE,
        max_length=255,
        data_model="Magento\\Customer\\Model\\Attribute\\Data\\Postcode",
    ),
    _shown("telephone", "Phone Number", "text", 120, required=True, rules=_TEXT_255, grid=_EVERYWHERE),
    Attribute("fax", "Fax", "text", 130, rules=_TEXT_255, grid=_ONLY_SEARCHED),
    _shown("vat_id", "VAT Number", "text", 140, max_length=255),
    _internal("vat_is_valid", "VAT number validity", "text"),
    _internal("vat_request_id", "VAT number validation request ID", "text"),
    _internal("vat_request_date", "VAT number validation request date", "text"),
    _internal("vat_request_success", "VAT number validation request success", "text"),
)

_ACCOUNT_FORM = (
    "created_at", "prefix", "firstname", "middlename", "lastname", "suffix", "email", "dob", "taxvat", "gender",
)  # fmt: skip
_ADDRESS_FORM = tuple(
    attribute.code
    for attribute in ADDRESS_ATTRIBUTES
    if attribute.code != "vat_is_valid" and not attribute.code.startswith("vat_request")
)

CUSTOMER_FORMS: dict[str, tuple[str, ...]] = {
    "customer_account_create": _ACCOUNT_FORM,
    "customer_account_edit": _ACCOUNT_FORM,
    "adminhtml_customer": (*_ACCOUNT_FORM, "website_id", "created_in", "group_id", "disable_auto_group_change"),
    "adminhtml_checkout": ("group_id", "email", "dob", "taxvat", "gender"),
}
ADDRESS_FORMS: dict[str, tuple[str, ...]] = {
    "customer_address_edit": _ADDRESS_FORM,
    "customer_register_address": _ADDRESS_FORM,
    "adminhtml_customer_address": _ADDRESS_FORM,
}


def of_form(
    attributes: Sequence[Attribute], forms: dict[str, tuple[str, ...]], form_code: str
) -> list[Attribute] | None:
    """The attributes that a form shows, by their sort order; None for a form that does not exist."""
    codes = forms.get(form_code)
    if codes is None:
        return None
    shown = [a for a in attributes if a.code in codes or (a.user_defined and form_code in a.forms)]
    return sorted(shown, key=lambda attribute: attribute.sort_order)

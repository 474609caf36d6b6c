"""Forms: sections of fields declared as data, filled from values, and shown again with what was wrong at each field.

    WEBSITE = Form(
        Section("general", "Web Site Information", (
            Field("name", "Name", required=True),
            Field("code", "Code", required=True, errors=(InvalidWebsiteCode, WebsiteCodeTaken)),
            Field("sort_order", "Sort Order", "number"),
        )),
    )

    return await WEBSITE.show(page, title="Main Website", action=page.url("adminhtml/system_store/saveWebsite"),
                              values={"name": ...}, buttons=save_buttons("Save Web Site"))

A refusal of the operation that saves is laid to the field whose `errors` has its class, or that it names
(`field_name`); all of it also stands on top. `typed(page)` are the values to show it again with.
"""

from entrepot.admin.form.declare import Field, Form, Inheritance, Section, Submit, Unless
from entrepot.admin.form.reading import Numbers, as_int, as_text, typed
from entrepot.admin.form.rows import DO, Row, rows

__all__ = [
    "DO",
    "Field",
    "Form",
    "Inheritance",
    "Numbers",
    "Row",
    "Section",
    "Submit",
    "Unless",
    "as_int",
    "as_text",
    "rows",
    "typed",
]

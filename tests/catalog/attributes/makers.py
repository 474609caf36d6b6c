"""Valid attributes for tests, made through the API, and what was answered or published."""

from entrepot.catalog.attributes import ATTRIBUTES
from entrepot.kit.events import Events


async def an_attribute(admin, code, **fields):
    """A select unless another input is given; the object that the API answers in the scope of all stores."""
    attribute = {"attribute_code": code, "frontend_input": "select", "default_frontend_label": code.capitalize()}
    reply = await admin.post("/rest/all/V1/products/attributes", {"attribute": attribute | fields})
    assert reply.status == 200, reply.text
    return reply.body


async def a_set(admin, name="Clothes"):
    reply = await admin.post(
        "/rest/V1/products/attribute-sets",
        {"attributeSet": {"attribute_set_name": name, "sort_order": 3}, "skeletonId": 4},
    )
    assert reply.status == 200, reply.text
    return reply.body["attribute_set_id"]


async def group_id_of(admin, set_id, name="Product Details"):
    group = "searchCriteria[filter_groups]"
    reply = await admin.get(
        "/rest/V1/products/attribute-sets/groups/list"
        f"?{group}[0][filters][0][field]=attribute_set_id&{group}[0][filters][0][value]={set_id}"
        f"&{group}[1][filters][0][field]=attribute_group_name&{group}[1][filters][0][value]={name}"
    )
    return int(reply.body["items"][0]["attribute_group_id"])


async def as_of_now(services, db):
    """All attributes as the next transaction sees them; a context keeps those that it began with."""
    return (await services.context(db)).shared(ATTRIBUTES)


async def options_of(services, db, code):
    """The ids of its options in the order in which they were made."""
    return sorted(option.option_id for option in (await as_of_now(services, db)).products[code].options)


def refused(reply):
    """Status, message and parameters."""
    return reply.status, reply.body["message"], reply.body.get("parameters")


def heard(services, monkeypatch, *kinds):
    """A list to which events of these kinds are added as they are published."""
    events, found = Events(), []

    async def hear(ctx, event):
        found.append(event)

    for kind in kinds:
        events.listen(kind, hear)
    monkeypatch.setattr(services, "events", events)
    return found

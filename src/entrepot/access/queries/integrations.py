"""Integrations, their consumers and what they hold."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from msgspec import Struct

from entrepot.access.integration import Integration
from entrepot.kit.db import Db

LIST = """
    select integration_id, consumer_id, integration.name, email, endpoint, identity_link_url, status, setup_type,
           integration.created_at, integration.updated_at, consumer.key as consumer_key,
           array(select resource_id
                 from integration_resource as resource
                 where resource.integration_id = integration.integration_id
                 order by resource_id) as resources
    from integration
    join oauth_consumer as consumer using (consumer_id)
    where (%(integration_id)s::integer is null or integration_id = %(integration_id)s)
      and (%(name)s::text is null or fold(integration.name) = fold(%(name)s))
      and (%(status)s::smallint is null or status = %(status)s)
    order by integration_id
"""

LIST_GRANTS = """
    select integration_id,
           array(select resource_id
                 from integration_resource as resource
                 where resource.integration_id = integration.integration_id) as resources
    from integration
    where status = 1
"""

LOCK = """
    select
    from integration
    where integration_id = %(integration_id)s
    for update
"""

# The consumer is named after the integration, whose id is therefore drawn first.
INSERT = """
    with drawn as (
        select nextval(pg_get_serial_sequence('integration', 'integration_id')) as integration_id
    ),
    consumer as (
        insert into oauth_consumer (name, key, secret, created_at, updated_at)
        select 'Integration' || integration_id, %(key)s, %(secret)s, %(now)s, %(now)s
        from drawn
        returning consumer_id
    )
    insert into integration (
        integration_id, consumer_id, name, email, endpoint, identity_link_url, created_at, updated_at
    )
    select integration_id, consumer_id, %(name)s, %(email)s, %(endpoint)s, %(identity_link_url)s, %(now)s, %(now)s
    from drawn, consumer
    returning integration_id
"""

UPDATE = """
    update integration
    set name = %(name)s,
        email = %(email)s,
        endpoint = %(endpoint)s,
        identity_link_url = %(identity_link_url)s,
        updated_at = %(now)s
    where integration_id = %(integration_id)s
"""

# As for roles: a resource that is in both sets is neither deleted nor inserted.
REPLACE_RESOURCES = """
    with dropped as (
        delete from integration_resource
        where integration_id = %(integration_id)s
          and resource_id <> all(%(resources)s::text[])
    )
    insert into integration_resource (integration_id, resource_id)
    select %(integration_id)s, resource_id
    from unnest(%(resources)s::text[]) as chosen (resource_id)
    on conflict do nothing
"""

SET_STATUS = """
    update integration
    set status = %(status)s,
        updated_at = %(now)s
    where integration_id = %(integration_id)s
"""

# Two statements, because the consumer may only go once nothing refers to it; its token and nonces go with it.
DELETE = """
    delete from integration
    where integration_id = %(integration_id)s
    returning consumer_id
"""

DELETE_CONSUMER = """
    delete from oauth_consumer
    where consumer_id = %(consumer_id)s
"""

GET_CONSUMER = """
    select secret
    from oauth_consumer
    where consumer_id = %(consumer_id)s
"""


class GrantRow(Struct):
    integration_id: int
    resources: list[str]


async def list_integrations(
    db: Db, *, integration_id: int | None = None, name: str | None = None, status: int | None = None
) -> list[Integration]:
    """All of them, or those that fit what is given."""
    return await db.all(Integration, LIST, integration_id=integration_id, name=name, status=status)


async def list_grants(db: Db) -> list[GrantRow]:
    """What each active integration holds."""
    return await db.all(GrantRow, LIST_GRANTS)


async def lock(db: Db, integration_id: int) -> None:
    """Until the end of the transaction nobody else changes its status or makes it a token."""
    await db.execute(LOCK, integration_id=integration_id)


async def insert(db: Db, **columns: Any) -> int:
    """Makes the consumer too. Raises UniqueViolation when the name is taken."""
    integration_id: int = await db.value(INSERT, **columns)
    return integration_id


async def update(db: Db, **columns: Any) -> bool:
    """False when there is none. Raises UniqueViolation when another one has the name."""
    return await db.execute(UPDATE, **columns) == 1


async def replace_resources(db: Db, integration_id: int, resources: Iterable[str]) -> None:
    await db.execute(REPLACE_RESOURCES, integration_id=integration_id, resources=sorted(resources))


async def set_status(db: Db, integration_id: int, status: int, now: datetime) -> None:
    await db.execute(SET_STATUS, integration_id=integration_id, status=status, now=now)


async def delete(db: Db, integration_id: int) -> bool:
    consumer_id = await db.value(DELETE, integration_id=integration_id)
    if consumer_id is None:
        return False
    await db.execute(DELETE_CONSUMER, consumer_id=consumer_id)
    return True


async def get_consumer_secret(db: Db, consumer_id: int) -> str:
    """Encrypted, as stored."""
    secret: str = await db.value(GET_CONSUMER, consumer_id=consumer_id)
    return secret

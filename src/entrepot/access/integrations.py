"""Integrations as the Admin has them: saved, listed, switched off, deleted. Activating is in `activation`.

What an active integration holds is shared state, so that a changed choice, and a status, act on its next call.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from psycopg.errors import UniqueViolation

from entrepot import stores
from entrepot.access import resources as tree
from entrepot.access.credentials import confirm_own_password
from entrepot.access.errors import InvalidEmail, TooLong, UnknownResource
from entrepot.access.integration import ConsumerCredentials, Integration, IntegrationDraft, IntegrationStatus
from entrepot.access.integration_errors import (
    IntegrationExists,
    InvalidURL,
    NoSuchIntegration,
    NoSuchIntegrationName,
)
from entrepot.access.queries import integrations as queries
from entrepot.access.queries import oauth as oauth_queries
from entrepot.access.roles import stored_resources
from entrepot.access.rules import is_email
from entrepot.access.tokens import new_token
from entrepot.kit.context import Actor, ActorType, Context
from entrepot.kit.db import Db
from entrepot.kit.errors import Refused, RequiredField, raise_any
from entrepot.kit.shared import Shared

TEXTS = (("name", "Name"), ("email", "Email"), ("endpoint", "Callback URL"), ("identity_link_url", "Identity link URL"))
"""The fields of the form and their labels, in its order."""

TEXT_LIMIT = 255
URL_SCHEMES = ("http", "https")


async def load_grants(db: Db) -> Mapping[int, frozenset[str]]:
    return {row.integration_id: frozenset(row.resources) for row in await queries.list_grants(db)}


GRANTS: Shared[Mapping[int, frozenset[str]]] = Shared("integrations", load=load_grants)
"""What each active integration holds; one that is not active is not in it."""


def integration_actor(ctx: Context, integration_id: int | None) -> Actor | None:
    """The integration as a caller; None while it is not active, which makes a guest of its calls."""
    held = ctx.shared(GRANTS).get(integration_id) if integration_id is not None else None
    return None if held is None or integration_id is None else Actor(ActorType.INTEGRATION, integration_id, held)


async def list_integrations(
    ctx: Context, *, name: str | None = None, status: IntegrationStatus | None = None
) -> list[Integration]:
    """All of them, or those of the name or the status; the oldest first."""
    return await queries.list_integrations(ctx.db, name=name, status=status)


async def get_integration(ctx: Context, integration_id: int) -> Integration:
    """Raises NoSuchIntegration."""
    for integration in await queries.list_integrations(ctx.db, integration_id=integration_id):
        return integration
    raise NoSuchIntegration(str(integration_id))


async def get_integration_by_name(ctx: Context, name: str) -> Integration:
    """Raises NoSuchIntegrationName."""
    for integration in await queries.list_integrations(ctx.db, name=name):
        return integration
    raise NoSuchIntegrationName(name)


async def get_consumer_credentials(ctx: Context, integration: Integration) -> ConsumerCredentials:
    """Key and secret in clear. The access token cannot be shown again: only its hash is kept."""
    secret = await queries.get_consumer_secret(ctx.db, integration.consumer_id)
    return ConsumerCredentials(integration.consumer_key, stores.decrypt(ctx.settings.home, secret))


async def save_integration(ctx: Context, draft: IntegrationDraft, *, current_password: str | None = None) -> int:
    """Make an integration, inactive and with a new consumer, or change one; returns its id.

    `current_password` is the acting administrator's own.

    Raises:
        OwnPasswordInvalid: before anything else is looked at.
        RequiredField, TooLong, InvalidEmail, InvalidURL, UnknownResource: gathered.
        NoSuchIntegration: there is none with that id.
        IntegrationExists: another one has the name.
    """
    await confirm_own_password(ctx, current_password)
    chosen = frozenset(draft.resources)
    fields = {field: (getattr(draft, field) or "").strip() or None for field, _ in TEXTS}
    raise_any(_problems(fields, chosen))
    try:
        async with ctx.savepoint():
            integration_id = await _insert_or_update(ctx, draft.integration_id, fields)
    except UniqueViolation as error:
        raise IntegrationExists(fields["name"]) from error
    await queries.replace_resources(ctx.db, integration_id, stored_resources(chosen))
    await ctx.changed()
    return integration_id


async def deactivate_integration(ctx: Context, integration_id: int) -> None:
    """Make its calls those of a guest, from the next one on. Its access token works again once it is activated.

    An exchange of keys under way is ended, for else the other side could finish it and be active again.
    Raises NoSuchIntegration.
    """
    await queries.lock(ctx.db, integration_id)
    integration = await get_integration(ctx, integration_id)
    await oauth_queries.delete_unfinished_token(ctx.db, integration.consumer_id)
    await queries.set_status(ctx.db, integration_id, IntegrationStatus.INACTIVE, ctx.now)
    await ctx.changed()


async def delete_integration(ctx: Context, integration_id: int) -> None:
    """With its consumer, token and resources. Raises NoSuchIntegration."""
    if not await queries.delete(ctx.db, integration_id):
        raise NoSuchIntegration(str(integration_id))
    await ctx.changed()


async def _insert_or_update(ctx: Context, integration_id: int | None, fields: Mapping[str, str | None]) -> int:
    if integration_id is None:
        secret = stores.encrypt(ctx.settings.home, new_token())
        return await queries.insert(ctx.db, key=new_token(), secret=secret, now=ctx.now, **fields)
    if not await queries.update(ctx.db, integration_id=integration_id, now=ctx.now, **fields):
        raise NoSuchIntegration(str(integration_id))
    return integration_id


def _problems(fields: Mapping[str, str | None], chosen: frozenset[str]) -> Iterator[Refused]:
    if not fields["name"]:
        yield RequiredField(field_name="Name")
    for field, label in TEXTS:
        if len(fields[field] or "") > TEXT_LIMIT:
            yield TooLong(str(TEXT_LIMIT), label)
    if (email := fields["email"]) and not is_email(email):
        yield InvalidEmail()
    for field, label in TEXTS[2:]:
        if (url := fields[field]) and not is_web_address(url):
            yield InvalidURL(label)
    yield from (UnknownResource(resource) for resource in sorted(chosen) if tree.find(resource) is None)


def is_web_address(url: str) -> bool:
    """Whether it is `http` or `https` with a host. The identity link becomes a link of the Admin: no script may do."""
    try:
        parts = urlsplit(url)
        # Reading the port is what finds one that is no number.
        return parts.scheme in URL_SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False

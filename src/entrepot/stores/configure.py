"""Setting configuration values, which Magento leaves to its Admin and its command line (spec 10-platform, 2 and 10)."""

from __future__ import annotations

from typing import cast, get_args

from entrepot.kit.context import Context
from entrepot.kit.errors import RequiredField, Unauthorized
from entrepot.kit.rest.operation import MayUse, operation
from entrepot.kit.scope import CONFIGURATION
from entrepot.stores import queries, rules
from entrepot.stores.configuration import field as find_field
from entrepot.stores.configuration import is_known
from entrepot.stores.contracts import ConfigurationChanged, ConfigValue
from entrepot.stores.encryption import encrypt
from entrepot.stores.errors import ScopeCodeMissing, ScopeCodeNotAllowed, UnknownPath, UnknownScope
from entrepot.stores.levels import levels
from entrepot.stores.values import Scope, Values

MAY_CONFIGURE = MayUse("Magento_Config::config")


@operation("GET /V1/store/config", access=MAY_CONFIGURE, service="Entrepot.Store.Api.ConfigManagement.get")
async def get_config(ctx: Context, path: str, scope: str = "default", scope_code: str | None = None) -> ConfigValue:
    """The value as it holds in a scope. One that is kept encrypted shows as `******`.

    Raises:
        UnknownPath: neither a field nor a built-in default.
        UnknownScope, ScopeCodeMissing, ScopeCodeNotAllowed: no such scope.
        Unauthorized: the caller may not see the section.
    """
    if not is_known(path):
        raise UnknownPath(path)
    _authorise(ctx, path)
    known_scope, scope_id = _scope(ctx, scope, scope_code)
    return _value(ctx, path, known_scope, scope_id, scope_code)


@operation("PUT /V1/store/config", access=MAY_CONFIGURE, service="Entrepot.Store.Api.ConfigManagement.set")
async def set_config(ctx: Context, config: ConfigValue) -> ConfigValue:
    """Set a value in a scope, the default one if none is named. Null is a value as well: it ends the search.

    Sending `******` for an encrypted field leaves it as it is.

    Raises:
        UnknownPath: the Admin has no such field.
        OutsideItsScopes: the field can only be set in wider scopes.
        InvalidFieldValue: the field's check refuses the value.
        UnknownScope, ScopeCodeMissing, ScopeCodeNotAllowed, Unauthorized: as for `get_config`.
    """
    if not config.path:
        raise RequiredField(field_name="path")
    field = rules.settable_field(config.path)
    _authorise(ctx, config.path)
    scope, scope_id = _scope(ctx, config.scope or "default", config.scope_code)
    rules.check_scope(config.path, field, scope)
    if config.value is not None:
        rules.check_value(config.path, field, config.value)

    if not (field.encrypted and config.value == rules.HIDDEN_VALUE):
        stored = encrypt(ctx.settings.home, config.value) if field.encrypted and config.value else config.value
        await write_value(ctx, config.path, stored, scope, scope_id)
    return _value(ctx, config.path, scope, scope_id, config.scope_code)


@operation("DELETE /V1/store/config", access=MAY_CONFIGURE, service="Entrepot.Store.Api.ConfigManagement.delete")
async def unset_config(ctx: Context, path: str, scope: str = "default", scope_code: str | None = None) -> bool:
    """Let the wider scope hold again. True also when the value was not set in this scope.

    Raises: as `set_config`, but for the value.
    """
    field = rules.settable_field(path)
    _authorise(ctx, path)
    known_scope, scope_id = _scope(ctx, scope, scope_code)
    rules.check_scope(path, field, known_scope)
    await delete_value(ctx, path, known_scope, scope_id)
    return True


async def write_value(ctx: Context, path: str, value: str | None, scope: Scope = "default", scope_id: int = 0) -> None:
    """Store a value without asking whether the path has a field: for what a domain itself keeps there."""
    await ctx.db.execute(queries.SET_VALUE, scope=scope, scope_id=scope_id, path=path, value=value)
    await _changed(ctx, path, value, scope, scope_id)


async def delete_value(ctx: Context, path: str, scope: Scope = "default", scope_id: int = 0) -> None:
    """Delete a row, if there is one, without asking whether the path has a field."""
    if await ctx.db.execute(queries.DELETE_VALUE, scope=scope, scope_id=scope_id, path=path):
        await _changed(ctx, path, None, scope, scope_id)


async def _changed(ctx: Context, path: str, value: str | None, scope: Scope, scope_id: int) -> None:
    await ctx.changed()
    await ctx.publish(ConfigurationChanged(path, value, scope, scope_id))


def _authorise(ctx: Context, path: str) -> None:
    resource = rules.resource_of(path)
    if not ctx.actor.may(resource):
        raise Unauthorized(resources=resource)


def _scope(ctx: Context, scope: str, scope_code: str | None) -> tuple[Scope, int]:
    """The scope and its id. The admin website and the admin store are no scopes: they read the default one."""
    if scope not in get_args(Scope):
        raise UnknownScope(scope)
    if scope == "default":
        if scope_code:
            raise ScopeCodeNotAllowed(scope)
        return "default", 0
    if not scope_code:
        raise ScopeCodeMissing
    found = levels(ctx).website_by_code(scope_code) if scope == "websites" else ctx.stores.by_code(scope_code)
    if found is None or found.id == 0:
        raise UnknownScope(scope_code)
    return cast(Scope, scope), found.id


def _value(ctx: Context, path: str, scope: Scope, scope_id: int, scope_code: str | None) -> ConfigValue:
    values = ctx.shared(CONFIGURATION)
    assert isinstance(values, Values)
    match scope:
        case "stores":
            value = values.in_store(path, scope_id)
        case "websites":
            value = values.in_website(path, scope_id)
        case _:
            value = values.in_default(path)
    field = find_field(path)
    return ConfigValue(
        path=path,
        value=rules.HIDDEN_VALUE if field and field.encrypted and value else value,
        scope=scope,
        scope_code=scope_code or None,
        inherited=not values.has_row(path, scope, scope_id),
    )

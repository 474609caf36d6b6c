"""The domain's operations: an administrator gets a token."""

from __future__ import annotations

from entrepot.access import credentials, throttle, tokens
from entrepot.access.errors import NoRole, SignInRefused
from entrepot.access.roles import ROLES
from entrepot.kit.context import ActorType, Context
from entrepot.kit.errors import RequiredField, raise_any
from entrepot.kit.rest.operation import ANONYMOUS, operation


@operation(
    "POST /V1/integration/admin/token",
    access=ANONYMOUS,
    service="Magento.Integration.Api.AdminTokenService.createAdminAccessToken",
)
async def create_admin_access_token(ctx: Context, username: str, password: str) -> str:
    """A new bearer token of an administrator; earlier ones stay valid.

    Raises:
        RequiredField: for an empty name or password; both are gathered.
        SignInRefused: wrong or unknown (which is counted), inactive, or locked out because of earlier failures.
        NoRole: the password was right, but the user may do nothing.
    """
    given = {"username": username, "password": password}
    raise_any(RequiredField(field_name=name) for name, value in given.items() if not value)
    await throttle.check(ctx, username, ActorType.ADMIN)

    found = await credentials.find_credentials(ctx, username)
    if not await credentials.is_password_of(found, password) or found is None:
        await throttle.record_failure(ctx, username, ActorType.ADMIN)
        raise SignInRefused
    if not found.is_active:
        raise SignInRefused
    if found.role_id is None or found.role_id not in ctx.shared(ROLES):
        raise NoRole

    await throttle.clear(ctx, username, ActorType.ADMIN)
    await credentials.renew_hash(ctx, found, password)
    return await tokens.issue(ctx, ActorType.ADMIN, found.user_id)

"""Who may do what: administrators and their roles, the tree of resources, tokens, integrations, lockouts, sessions.

The names below are for other domains and for the pages. `sessions`, `throttle` and `form_keys` are used as modules:
`sessions.open(...)`, `throttle.check(...)`.
"""

from types import ModuleType

from entrepot.access import form_keys, jobs, service, sessions, throttle
from entrepot.access.activation import Activation, activate, begin_activation, reauthorize
from entrepot.access.callers import ADMIN_COOKIE, STOREFRONT_COOKIE, by_session, by_token
from entrepot.access.credentials import confirm_own_password
from entrepot.access.errors import (
    NoRole,
    NoSuchRole,
    NoSuchUser,
    OwnAccount,
    OwnPasswordInvalid,
    OwnRole,
    PasswordAlreadyUsed,
    RoleExists,
    SignInRefused,
    UserExists,
)
from entrepot.access.first_administrator import ensure_first_administrator, ensure_first_role
from entrepot.access.integration import ConsumerCredentials, Integration, IntegrationDraft, IntegrationStatus
from entrepot.access.integration_errors import (
    DeliveryFailed,
    IntegrationExists,
    NoSuchIntegration,
    NoSuchIntegrationName,
)
from entrepot.access.integrations import (
    deactivate_integration,
    delete_integration,
    get_consumer_credentials,
    get_integration,
    get_integration_by_name,
    list_integrations,
    save_integration,
)
from entrepot.access.oauth.callers import identify_by_integration_token, identify_by_oauth
from entrepot.access.oauth.checks import delete_old_nonces
from entrepot.access.oauth.delivery import deliver
from entrepot.access.oauth.handshake import oauth_routes
from entrepot.access.roles import (
    ADMINISTRATORS,
    ROLES,
    Role,
    delete_role,
    find_role_by_name,
    get_role,
    list_roles,
    save_role,
)
from entrepot.access.service import create_admin_access_token
from entrepot.access.sessions import Message, Session, SessionKind
from entrepot.access.sign_in import SignedIn, password_is_old, sign_in
from entrepot.access.tokens import delete_expired as delete_expired_tokens
from entrepot.access.tokens import issue, revoke_all
from entrepot.access.user import User, UserDraft
from entrepot.access.users import (
    deactivate_user,
    delete_user,
    find_user_by_name,
    get_user,
    list_locked_users,
    list_users,
    save_user,
    unlock_users,
)

OPERATION_MODULES: tuple[ModuleType, ...] = (service,)
"""The modules whose operations the REST API serves."""

JOB_MODULES: tuple[ModuleType, ...] = (jobs,)
"""The modules whose jobs a worker runs."""

__all__ = [
    "ADMINISTRATORS",
    "ADMIN_COOKIE",
    "JOB_MODULES",
    "OPERATION_MODULES",
    "ROLES",
    "STOREFRONT_COOKIE",
    "Activation",
    "ConsumerCredentials",
    "DeliveryFailed",
    "Integration",
    "IntegrationDraft",
    "IntegrationExists",
    "IntegrationStatus",
    "Message",
    "NoRole",
    "NoSuchIntegration",
    "NoSuchIntegrationName",
    "NoSuchRole",
    "NoSuchUser",
    "OwnAccount",
    "OwnPasswordInvalid",
    "OwnRole",
    "PasswordAlreadyUsed",
    "Role",
    "RoleExists",
    "Session",
    "SessionKind",
    "SignInRefused",
    "SignedIn",
    "User",
    "UserDraft",
    "UserExists",
    "activate",
    "begin_activation",
    "by_session",
    "by_token",
    "confirm_own_password",
    "create_admin_access_token",
    "deactivate_integration",
    "deactivate_user",
    "delete_expired_tokens",
    "delete_integration",
    "delete_old_nonces",
    "delete_role",
    "delete_user",
    "deliver",
    "ensure_first_administrator",
    "ensure_first_role",
    "find_role_by_name",
    "find_user_by_name",
    "form_keys",
    "get_consumer_credentials",
    "get_integration",
    "get_integration_by_name",
    "get_role",
    "get_user",
    "identify_by_integration_token",
    "identify_by_oauth",
    "issue",
    "list_integrations",
    "list_locked_users",
    "list_roles",
    "list_users",
    "oauth_routes",
    "password_is_old",
    "reauthorize",
    "revoke_all",
    "save_integration",
    "save_role",
    "save_user",
    "sessions",
    "sign_in",
    "throttle",
    "unlock_users",
]

"""Who may do what: administrators and their roles, the tree of resources, tokens, integrations, lockouts, sessions.

The names below are for other domains and for the pages. `sessions`, `throttle` and `form_keys` are used as modules:
`sessions.open(...)`, `throttle.check(...)`.
"""

from types import ModuleType

from entrepot.access import form_keys, jobs, service, sessions, throttle
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
from entrepot.access.first_administrator import ensure_first_administrator
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
    "Message",
    "NoRole",
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
    "by_session",
    "by_token",
    "confirm_own_password",
    "create_admin_access_token",
    "deactivate_user",
    "delete_expired_tokens",
    "delete_role",
    "delete_user",
    "ensure_first_administrator",
    "find_role_by_name",
    "find_user_by_name",
    "form_keys",
    "get_role",
    "get_user",
    "issue",
    "list_locked_users",
    "list_roles",
    "list_users",
    "password_is_old",
    "revoke_all",
    "save_role",
    "save_user",
    "sessions",
    "sign_in",
    "throttle",
    "unlock_users",
]

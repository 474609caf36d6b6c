"""An administrator, as read and as saved."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct


class User(Struct, kw_only=True):
    """An administrator without the password. `lock_expires` in the past is no lock."""

    user_id: int
    username: str
    firstname: str
    lastname: str
    email: str
    is_active: bool
    interface_locale: str
    role_id: int | None
    role_name: str | None
    created_at: datetime
    modified_at: datetime
    password_changed_at: datetime
    lognum: int
    """How often the user signed in to the Admin; `logdate` is the last time."""
    logdate: datetime | None
    failures_num: int
    first_failure: datetime | None
    lock_expires: datetime | None


class UserDraft(Struct, kw_only=True):
    """All of an administrator that can be saved; without `user_id` it is a new one."""

    user_id: int | None = None
    username: str = ""
    firstname: str = ""
    lastname: str = ""
    email: str = ""
    password: str | None = None
    """None or empty leaves the password of a stored user as it is."""
    password_confirmation: str | None = None
    """The password typed again; None where nobody types."""
    is_active: bool = True
    interface_locale: str = "en_US"
    role_id: int | None = None

"""Events of people, in the past tense."""

from django.utils.translation import gettext_lazy as _

from claimdesk.ledger.event_types import event
from claimdesk.people.wording import FIELDS, GUARDS, SCOPES, SECOND_FACTOR_CHANGES


@event("user.created", _("{actor} made the user {user}"), personal=("user",))
class UserCreated:
    user_id: int
    user: str
    by_invitation: bool = False


@event("user.enabled", _("{actor} enabled the user {user}"), personal=("user",))
class UserEnabled:
    user_id: int
    user: str


@event("user.disabled", _("{actor} disabled the user {user}"), personal=("user",))
class UserDisabled:
    user_id: int
    user: str


@event("user.signed_in", _("{user} signed in"), personal=("user", "address"))
class UserSignedIn:
    user_id: int
    user: str
    address: str


@event("user.password_changed", _("{user} set a new password"), personal=("user",))
class PasswordChanged:
    """The owner is told (A81). `how` is account, link or forced."""

    user_id: int
    user: str
    how: str


@event(
    "user.profile_changed",
    _("{actor} changed {fields} of {user}"),
    personal=("user",),
    words={"fields": FIELDS},
)
class ProfileChanged:
    user_id: int
    user: str
    fields: str


@event("user.sessions_ended", _("{user} ended {count} sessions"), personal=("user",))
class SessionsEnded:
    user_id: int
    user: str
    count: int


@event(
    "user.second_factor_changed",
    _("{user}: second factor {change}"),
    personal=("user",),
    words={"change": SECOND_FACTOR_CHANGES},
)
class SecondFactorChanged:
    """The owner is told. `change` is added, removed or renewed; `factor` is totp or recovery_codes."""

    user_id: int
    user: str
    factor: str
    change: str


@event(
    "attempts.locked",
    _("Too many attempts at {what} ({scope}): locked for {minutes} minutes"),
    words={"scope": SCOPES, "what": GUARDS},
)
class AttemptsLocked:
    """Staff are told (A22). `what` is the guard's name; `scope` is account, address or overall."""

    what: str
    scope: str
    minutes: int


@event("saved_view.saved", _("{actor} saved the view {view}"))
class ViewSaved:
    page: str
    view: str


@event("saved_view.removed", _("{actor} removed the view {view}"))
class ViewRemoved:
    page: str
    view: str


@event("list.exported", _("{actor} exported the list {page} as {format}"))
class ListExported:
    """`query` is the list's address: its search and filters."""

    page: str
    format: str
    query: str


@event("user.password_forced", _("{actor} has {user} choose a new password"), personal=("user",))
class PasswordForced:
    user_id: int
    user: str


@event("user.staff_changed", _("{actor} changed the roles of {user}"), personal=("user",))
class StaffChanged:
    user_id: int
    user: str
    before: list[str]
    after: list[str]
    only_own_customers: bool


@event("staff_role.changed", _("{actor} changed what the role {role} may"))
class StaffRoleChanged:
    """`permissions` is None for the defaults."""

    key: str
    role: str
    permissions: list[str] | None

"""Events of customers that touch who has access, in the past tense."""

from django.utils.translation import gettext_lazy as _

from claimdesk.customers.wording import STATUSES
from claimdesk.ledger.event_types import event


@event(
    "customer.activated",
    _("{actor} made {name} Active (it was {before})"),
    words={"before": STATUSES},
)
class CustomerActivated:
    """`is_first` sends login details: to `user_id`, with the link of `password_link_id`. Later ones do not."""

    number: str
    name: str
    before: str
    is_first: bool
    user_id: int | None = None
    password_link_id: int | None = None
    is_new_user: bool = False
    is_override: bool = False
    member_ids: tuple[int, ...] = ()


@event(
    "customer.made_admin",
    _("{actor} made {name} Admin (it was {before})"),
    words={"before": STATUSES},
)
class CustomerMadeAdmin:
    number: str
    name: str
    before: str


@event(
    "customer.deactivated",
    _("{actor} made {name} Inactive (it was {before})"),
    words={"before": STATUSES},
)
class CustomerDeactivated:
    """`member_ids` are the users who lost access with it."""

    number: str
    name: str
    before: str
    member_ids: tuple[int, ...] = ()


@event("customer.login_details_sent", _("{actor} sent login details to {user}"), personal=("user",))
class LoginDetailsSent:
    user_id: int
    user: str
    password_link_id: int


@event(
    "customer.merged", _("{actor} merged {number}, {name}, into {into_number}, {into}"), personal=("email",)
)
class CustomersMerged:
    """About the merged customer; it stands in the survivor's timeline too."""

    number: str
    name: str
    into_id: int
    into_number: str
    into: str
    moved: dict[str, int]
    email: str = ""
    joined_ids: tuple[int, ...] = ()
    also_see_ids: tuple[int, ...] = ()


@event(
    "contact.mapped",
    _("{actor} mapped the contact {contact} from {before} to {after}"),
    personal=("contact",),
)
class ContactMapped:
    contact_id: int
    contact: str
    before: str
    after: str

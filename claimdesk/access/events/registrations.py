"""Events of registrations, in the past tense."""

from django.utils.translation import gettext_lazy as _

from claimdesk.ledger.event_types import event


@event("registration.started", _("{name} registered and is to verify {email}"), personal=("name", "email"))
class RegistrationStarted:
    """The code and the link are mailed (verify_email), derived from the registration's nonce."""

    registration_id: int
    name: str
    email: str


@event("registration.code_sent_again", _("A new code was sent to {email}"), personal=("email",))
class RegistrationCodeSentAgain:
    """The earlier code is void; the new one is mailed."""

    registration_id: int
    email: str


@event(
    "registration.address_taken",
    _("Somebody tried to register with the address of {user}"),
    personal=("user", "email"),
)
class RegistrationAddressTaken:
    """The owner of the address is told (registration_attempt); the one who tried sees what all see (A18)."""

    registration_id: int
    user_id: int
    user: str
    email: str


@event("registration.completed", _("{user} verified {email} and became a user"), personal=("user", "email"))
class RegistrationCompleted:
    registration_id: int
    user_id: int
    user: str
    email: str

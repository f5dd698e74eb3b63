"""Events of onboarding, in the past tense."""

from django.utils.translation import gettext_lazy as _

from claimdesk.ledger.event_types import event


@event(
    "onboarding.linked", _("{user} was linked to {customer} automatically ({evidence})"), personal=("user",)
)
class OnboardingLinked:
    """No account claim was needed (A4, A9). The contacts of the account are told (contact_added)."""

    user_id: int
    user: str
    customer_id: int
    customer: str
    evidence: str


@event("onboarding.claimed", _("{user} asked for an account that is on file"), personal=("user",))
class OnboardingClaimed:
    """The account claim has an event of its own."""

    user_id: int
    user: str
    account_claim_id: int


@event("onboarding.customer_made", _("{user} made the new account {number}, {customer}"), personal=("user",))
class OnboardingCustomerMade:
    """New Account Request Confirmation goes to the applicant (A17)."""

    user_id: int
    user: str
    customer_id: int
    customer: str
    number: str
    status: str


@event("onboarding.denied_before", _("{user} asked again for an account that was denied"), personal=("user",))
class OnboardingDeniedBefore:
    """No claim was made (A47)."""

    user_id: int
    user: str
    customer_id: int

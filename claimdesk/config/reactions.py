"""What follows from what: for each kind of event, the reactions that the worker delivers.

A reaction takes the event and returns a line on its outcome, or None. It may be repeated and must then do
nothing twice. A timer's handler takes the timer.
"""

from collections.abc import Callable

from claimdesk.access.actions.writing import ESCALATION, REMINDER
from claimdesk.config.timers import account_claim_waits
from claimdesk.conversations.actions.writing import SENDING
from claimdesk.ledger.models import Event, Timer
from claimdesk.mail import account_claims, customers, registrations, sending, users

Reaction = Callable[[Event], str | None]
TimerHandler = Callable[[Timer], str | None]

REACTIONS: dict[str, tuple[Reaction, ...]] = {
    "registration.started": (registrations.registration_started,),
    "registration.code_sent_again": (registrations.registration_started,),
    "registration.address_taken": (registrations.address_taken,),
    "onboarding.customer_made": (registrations.onboarding_customer_made,),
    "onboarding.linked": (customers.contact_added,),
    "verification.connected": (customers.contact_added,),
    "account_claim.made": (account_claims.account_claim_made,),
    "account_claim.approved": (account_claims.account_claim_approved,),
    "account_claim.denied": (account_claims.account_claim_denied,),
    "account_claim.asked": (account_claims.account_claim_asked,),
    "account_claim.undone": (account_claims.account_claim_undone,),
    "customer.activated": (customers.customer_activated,),
    "customer.deactivated": (customers.customer_deactivated,),
    "customer.login_details_sent": (customers.login_details,),
    "password_link.asked": (users.password_link_asked,),
    "password_link.used": (users.password_changed,),
    "user.password_changed": (users.password_changed,),
    "user.second_factor_changed": (users.second_factor_changed,),
    "user.enabled": (users.user_enabled,),
    "user.disabled": (users.user_disabled,),
    "email_change.asked": (users.email_change_asked,),
    "email_change.address_taken": (users.email_change_asked,),
}

TIMERS: dict[str, TimerHandler] = {
    REMINDER: account_claim_waits,
    ESCALATION: account_claim_waits,
    SENDING: sending.send_outgoing_mail,
}

"""What follows from what: for each kind of event, the reactions that the worker delivers.

A reaction takes the event and returns a line on its outcome, or None. It may be repeated and must then do
nothing twice. A timer's handler takes the timer.
"""

from collections.abc import Callable

from claimdesk.access.actions.writing import ESCALATION, REMINDER
from claimdesk.aftersales.actions.rmas.writing import EXPIRY
from claimdesk.aftersales.actions.warranty_claims.decisions import APPEAL_OVER
from claimdesk.aftersales.actions.warranty_claims.old_drafts import DRAFT_ENDS
from claimdesk.aftersales.actions.warranty_claims.review import REMINDER as UNANSWERED
from claimdesk.config import claim_notices, notices
from claimdesk.config.order_timers import order_items_time_out
from claimdesk.config.timers import RARITY, account_claim_waits, file_is_scanned, words_are_counted
from claimdesk.config.warranty_claim_timers import (
    OLD_DRAFTS,
    appeal_is_over,
    draft_ends,
    drafts_grow_old,
    question_waits,
    rma_expires,
)
from claimdesk.conversations.actions.bundles import BUNDLE
from claimdesk.conversations.actions.writing import SCANNING, SENDING
from claimdesk.ledger.models import Event, Timer
from claimdesk.mail import (
    account_claims,
    comments,
    customers,
    invitations,
    invoices,
    orders,
    reclamations,
    registrations,
    rmas,
    sending,
    shipments,
    staff,
    units,
    users,
    warranty_claims,
    warranty_drafts,
)
from claimdesk.orders.actions.moving import TIMEOUT_KIND
from claimdesk.orders.actions.refunds import PAYING_OUT
from claimdesk.orders.payments.paying_out import pay_out

Reaction = Callable[[Event], str | None]
TimerHandler = Callable[[Timer], str | None]

REACTIONS: dict[str, tuple[Reaction, ...]] = {
    "registration.started": (registrations.registration_started,),
    "registration.code_sent_again": (registrations.registration_started,),
    "registration.address_taken": (registrations.address_taken,),
    "onboarding.customer_made": (
        registrations.onboarding_customer_made,
        staff.new_account,
        notices.new_account,
    ),
    "onboarding.linked": (customers.contact_added, notices.new_contact),
    "verification.connected": (customers.contact_added, notices.new_contact),
    "account_claim.made": (
        account_claims.account_claim_made,
        staff.account_claim_made,
        notices.account_claim_waits,
    ),
    "account_claim.approved": (account_claims.account_claim_approved, notices.account_claim_news),
    "account_claim.denied": (account_claims.account_claim_denied, notices.account_claim_news),
    "account_claim.asked": (account_claims.account_claim_asked, notices.account_claim_news),
    "account_claim.answered": (staff.account_claim_answered, notices.account_claim_waits),
    "account_claim.undone": (account_claims.account_claim_undone, notices.account_claim_news),
    "account_claim.reminded": (account_claims.account_claim_reminded, notices.account_claim_waits),
    "customer.activated": (customers.customer_activated, notices.account_news),
    "customer.deactivated": (customers.customer_deactivated, notices.account_news),
    "customer.login_details_sent": (customers.login_details,),
    "membership.granted": (customers.membership_granted,),
    "membership.moved": (customers.membership_granted,),
    "invitation.sent": (invitations.invitation_sent,),
    "user.made": (customers.login_details,),
    "password_link.asked": (users.password_link_asked,),
    "password_link.used": (users.password_changed,),
    "user.password_changed": (users.password_changed,),
    "user.second_factor_changed": (users.second_factor_changed,),
    "user.enabled": (users.user_enabled,),
    "user.disabled": (users.user_disabled,),
    "email_change.asked": (users.email_change_asked,),
    "email_change.address_taken": (users.email_change_asked,),
    "reclamation.opened": (reclamations.reclamation_opened, notices.claim_waits),
    "reclamation.closed": (reclamations.reclamation_closed,),
    "rma.issued": (rmas.rma_issued, notices.rma_news),
    "rma.canceled": (notices.rma_news,),
    "rma.sent": (notices.rma_waits,),
    "rma.mismatched": (notices.rma_waits,),
    "rma.received": (rmas.rma_received,),
    "rma.receipt_ended": (rmas.rma_received,),
    "rma.expired": (rmas.rma_expired, notices.rma_waits),
    "warranty_claim.draft_warned": (warranty_drafts.draft_warned,),
    "verification.needs_review": (notices.security_alert,),
    "message.added": (comments.comment_added, claim_notices.commented),
    "note.added": (claim_notices.noted,),
    "warranty_claim.submitted": (
        warranty_claims.submitted,
        warranty_claims.waits,
        claim_notices.waits,
    ),
    "warranty_claim.assigned": (claim_notices.assigned,),
    "warranty_claim.taken": (claim_notices.news,),
    "warranty_claim.asked": (warranty_claims.asked, claim_notices.news),
    "warranty_claim.reminded": (warranty_claims.reminded, claim_notices.news),
    "warranty_claim.answered": (warranty_claims.answered, claim_notices.waits),
    "warranty_claim.proposed": (claim_notices.to_confirm,),
    "warranty_claim.sent_back": (claim_notices.waits,),
    "warranty_claim.decided": (warranty_claims.decided, claim_notices.news),
    "warranty_claim.corrected": (claim_notices.news,),
    "warranty_claim.appealed": (warranty_claims.appealed, claim_notices.waits),
    "warranty_claim.settled": (warranty_claims.settled, claim_notices.news),
    "warranty_claim.closed": (warranty_claims.closed, claim_notices.news),
    "warranty_claim.withdrawn": (
        warranty_claims.withdrawn,
        warranty_claims.withdrawn_by_colleague,
        claim_notices.waits,
    ),
    "invoice.written": (invoices.invoice_issued,),
    "shipment.sent": (shipments.order_shipped,),
    "attempts.locked": (notices.security_alert,),
    "order.placed": (orders.order_placed, notices.order_placed),
    "order.replacement_placed": (orders.order_placed, notices.order_news),
    "order.approved": (orders.order_approved, notices.order_news),
    "order.denied": (orders.order_denied, notices.order_news),
    "order.canceled": (orders.order_canceled, notices.order_news),
    "transfer.asked": (units.transfer_asked, notices.unit_offered),
    "transfer.accepted": (units.transfer_accepted, notices.unit_taken_over),
}

TIMERS: dict[str, TimerHandler] = {
    REMINDER: account_claim_waits,
    ESCALATION: account_claim_waits,
    SENDING: sending.send_outgoing_mail,
    SCANNING: file_is_scanned,
    PAYING_OUT: pay_out,
    RARITY: words_are_counted,
    TIMEOUT_KIND: order_items_time_out,
    UNANSWERED: question_waits,
    APPEAL_OVER: appeal_is_over,
    BUNDLE: comments.bundle_comments,
    EXPIRY: rma_expires,
    OLD_DRAFTS: drafts_grow_old,
    DRAFT_ENDS: draft_ends,
}

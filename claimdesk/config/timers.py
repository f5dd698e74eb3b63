"""Handlers of timers: each reads its subject and calls the action that is due, as the system."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction

from claimdesk.access.actions.account_claim_reminders import remind_of_account_claim
from claimdesk.access.actions.writing import ESCALATION
from claimdesk.access.queries.account_claims import account_claims
from claimdesk.config.warranty_claim_timers import OLD_DRAFTS
from claimdesk.conversations.actions.files import pass_file, refuse_file
from claimdesk.conversations.files.scanning import look_for_viruses
from claimdesk.conversations.files.storing import opened
from claimdesk.conversations.queries.files import file_about
from claimdesk.customers.matching.writing import is_outdated, rebuild, tend
from claimdesk.kernel.actor import SYSTEM
from claimdesk.kernel.clock import now
from claimdesk.ledger.actions.timers import set_timer, start_timer
from claimdesk.ledger.models import Timer

RARITY = "matching.rarity"


def account_claim_waits(timer: Timer) -> str:
    """Remind staff of the account claim that the timer is about, or escalate."""
    claim = account_claims(SYSTEM).filter(pk=timer.subject.partition("/")[2]).first()
    if claim is None:
        return "gone"
    is_escalation = timer.kind == ESCALATION
    return remind_of_account_claim(claim, due_at=timer.due_at, is_escalation=is_escalation, by=SYSTEM)


def words_are_counted(timer: Timer) -> str:
    """Count anew how common the words of names are, and again tomorrow; names come and go by ones (A30).

    After an update that files customers otherwise, all are filed anew first.
    """
    if is_outdated():
        rebuild()
    else:
        tend()
    with transaction.atomic():
        set_timer(timer.kind, timer.subject, due_at=now() + timedelta(days=1))
    return "counted"


def file_is_scanned(timer: Timer) -> str:
    """Show a file to the virus scanner; while that does not answer, the file waits and this is tried again (F2)."""
    found = file_about(int(timer.subject.partition("/")[2]), actor=SYSTEM)
    if found is None:
        return "gone"
    file, about = found
    words = ""
    if settings.SCANNER_URL:
        with opened(file.kept_as) as content:
            words = look_for_viruses(content, scanner=settings.SCANNER_URL)
    if words:
        refuse_file(file, about=about, words=words, by=SYSTEM)
        return f"refused: {words}"
    pass_file(file, by=SYSTEM)
    return "nothing found"


def start_daily_timers() -> None:
    """Set what happens every day, unless it is set; a worker does so when it starts."""
    start_timer(RARITY, "customers", due_at=now())
    start_timer(OLD_DRAFTS, "drafts", due_at=now())
    if is_outdated():
        with transaction.atomic():
            set_timer(RARITY, "customers", due_at=now())

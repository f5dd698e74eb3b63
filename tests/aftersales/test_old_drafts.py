from datetime import timedelta

import pytest

from claimdesk.aftersales.models import WarrantyClaim
from claimdesk.config.timers import start_daily_timers
from claimdesk.conversations.models import OutgoingMail
from claimdesk.kernel.clock import clock_at, now
from claimdesk.ledger.models import Event
from tests import make
from tests.work import work_off

pytestmark = pytest.mark.django_db


def days_on(days: int) -> None:
    """Let a worker start and work so many days from now."""
    with clock_at(now() + timedelta(days=days)):
        start_daily_timers()
        work_off()


def warnings() -> list[str]:
    return list(OutgoingMail.objects.filter(key="warranty_draft_warned").values_list("to", flat=True))


def test_a_draft_that_nobody_touches_is_warned_of_and_ends(django_user_model):  # W16
    make.company(end_old_drafts=True)
    by = make.dealer()
    claim = make.draft_claim(by=by)

    days_on(82)
    early = warnings()
    days_on(84)
    days_on(85)
    warned = warnings()
    text = OutgoingMail.objects.get(key="warranty_draft_warned").text
    days_on(92)

    assert early == []
    assert warned == [django_user_model.objects.get(pk=by.id).email]
    assert f"/warranty-claims/{claim.pk}/" in text
    assert not WarrantyClaim.objects.exists()
    assert Event.objects.filter(kind="warranty_claim.draft_deleted").count() == 1


def test_a_draft_that_is_touched_after_the_warning_stays():  # W16
    make.company(end_old_drafts=True)
    claim = make.draft_claim(by=make.dealer())

    days_on(84)
    WarrantyClaim.objects.filter(pk=claim.pk).update(changed_at=now() + timedelta(days=85))
    days_on(92)

    assert len(warnings()) == 1
    assert WarrantyClaim.objects.filter(pk=claim.pk).exists()


def test_nothing_ends_by_itself_until_the_seller_wants_so():  # W16
    claim = make.draft_claim(by=make.dealer())

    days_on(200)
    kept = warnings()
    make.company(end_old_drafts=True)
    days_on(201)
    make.company(end_old_drafts=False)
    days_on(210)

    assert kept == []
    assert len(warnings()) == 1
    assert WarrantyClaim.objects.filter(pk=claim.pk).exists()

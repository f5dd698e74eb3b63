"""Rivals about files: the last place is given once, a file is removed once."""

import pytest

from claimdesk.conversations.actions.files import remove_file
from claimdesk.conversations.files.taking import MOST_FILES
from claimdesk.conversations.models import File
from claimdesk.kernel.refused import Refused
from claimdesk.ledger.models import Event
from tests import make
from tests.conversations.test_attach_files import attached

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def test_the_last_place_is_given_once(race):  # F2
    claim = make.account_claim()
    rows = [
        File(subject=f"account_claim/{claim.pk}", name="a", mime="text/plain", size=1)
        for _ in range(MOST_FILES - 1)
    ]
    File.objects.bulk_create(rows)
    mine = make.actor(claim.user)

    outcomes = race(*[lambda: attached(claim, by=mine)] * 3)

    assert sum(isinstance(outcome, File) for outcome in outcomes) == 1
    assert {o.code for o in outcomes if isinstance(o, Refused)} == {"too_many_files"}
    assert File.objects.count() == MOST_FILES


def test_a_file_is_removed_once(race):  # F3
    claim = make.account_claim()
    mine = make.actor(claim.user)
    file = attached(claim, by=mine)

    outcomes = race(*[lambda: remove_file(File.objects.get(pk=file.pk), about=claim, by=mine)] * 3)

    assert sum(outcome is None for outcome in outcomes) == 1
    assert Event.objects.filter(kind="file.removed").count() == 1

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from claimdesk.aftersales.actions.causes import add_cause, change_cause, move_cause
from claimdesk.aftersales.models import ReclamationCause
from claimdesk.aftersales.queries.causes import causes, offered_causes
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.refused import NotAllowed, Refused
from claimdesk.ledger.models import Event
from tests import make

pytestmark = pytest.mark.django_db
CLERK = Actor(kind="staff", id=None, name="Carl Clerk", door="office", permissions=frozenset())


def names() -> list[str]:
    return [cause.name for cause in causes()]


def test_the_causes_that_come_along_are_named_in_english_and_german():  # R1
    assert names() == [
        "does not fit",
        "wants another article",
        "faulty",
        "damaged",
        "missing",
        "wrong article",
        "more parts needed",
    ]
    with override("de"):
        assert names()[2] == "defekt"


def test_a_cause_without_a_name_in_the_readers_language_shows_the_one_it_has():  # R1
    with override("de"):
        assert add_cause(names={"en": "smells", "de": ""}, by=make.STAFF).name == "smells"
    assert add_cause(names={"de": "riecht"}, by=make.STAFF).name == "riecht"


def test_the_seller_adds_a_cause_at_the_end():  # R1
    cause = add_cause(names={"en": "  smells   bad ", "de": "riecht schlecht"}, by=make.STAFF)

    assert list(causes())[-1] == cause
    assert cause.names == {"en": "smells bad", "de": "riecht schlecht"}
    assert Event.objects.about(cause).get().data["cause"] == "smells bad"


@pytest.mark.parametrize("wrong", [{}, {"en": "  "}, {"xx": "unheard of"}, {"en": "x" * 61}])
def test_a_cause_needs_a_name_that_fits(wrong: dict):  # R1
    with pytest.raises(ValidationError):
        add_cause(names=wrong, by=make.STAFF)

    assert ReclamationCause.objects.count() == 7


def test_no_two_causes_have_one_name():  # R1
    with pytest.raises(Refused) as refusal:
        add_cause(names={"en": "FAULTY"}, by=make.STAFF)

    assert refusal.value.code == "cause_exists"
    assert ReclamationCause.objects.count() == 7


def test_a_cause_is_renamed_and_no_longer_offered():  # R1
    faulty = ReclamationCause.objects.get(names__en="faulty")

    change_cause(faulty, names={"en": "broken"}, is_active=False, by=make.STAFF)

    assert "broken" in names()
    assert "broken" not in [cause.name for cause in offered_causes()]


def test_the_last_cause_stays_on_offer():  # R1
    last = ReclamationCause.objects.get(names__en="faulty")
    ReclamationCause.objects.exclude(pk=last.pk).update(is_active=False)

    with pytest.raises(Refused) as refusal:
        change_cause(last, names=last.names, is_active=False, by=make.STAFF)

    assert refusal.value.code == "last_cause"
    assert offered_causes().get() == last


def test_a_cause_is_moved_up_and_down_and_not_beyond_the_ends():  # R1
    first = causes()[0]

    move_cause(first, up=False, by=make.STAFF)
    assert names()[:2] == ["wants another article", "does not fit"]
    move_cause(first, up=True, by=make.STAFF)
    move_cause(first, up=True, by=make.STAFF)

    assert names()[0] == "does not fit"


def test_only_who_changes_settings_changes_causes():  # R1
    cause = causes()[0]

    with pytest.raises(NotAllowed):
        add_cause(names={"en": "smells"}, by=CLERK)
    with pytest.raises(NotAllowed):
        change_cause(cause, names={"en": "smells"}, is_active=True, by=CLERK)
    with pytest.raises(NotAllowed):
        move_cause(cause, up=False, by=CLERK)
    assert names()[0] == "does not fit"

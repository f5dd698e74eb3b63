"""Customers on file that may be one: found in pairs with reasons, kept, put aside (A74)."""

import pytest

from claimdesk.customers.actions.duplicate_searches import ask_for_duplicate_search
from claimdesk.customers.actions.duplicates import dismiss_duplicate
from claimdesk.customers.matching.duplicates import pairs
from claimdesk.customers.matching.writing import reindex
from claimdesk.customers.models import Customer, DuplicatePair
from claimdesk.customers.tasks import find_duplicates
from claimdesk.kernel.actor import VISITOR
from claimdesk.kernel.refused import NotAllowed, Refused
from claimdesk.ledger.models import Event, Job
from tests import make

pytestmark = pytest.mark.django_db


def on_file(name: str, **fields) -> Customer:
    customer = make.customer(name=name, **fields)
    reindex([customer.pk])
    return customer


def two_alike() -> tuple[Customer, Customer]:
    place = {"street": "Obere Straße 57", "postcode": "12209", "town": "Berlin", "country": "DE"}
    return on_file("Alfreds Futterkiste", **place), on_file("Alfred's Futterkisten GmbH", **place)


def test_pairs_alike_are_found_once_with_reasons():  # A74
    first, second = two_alike()
    on_file("Bólido Comidas preparadas", town="Madrid", country="ES")

    (pair,) = pairs()

    assert (pair.first_id, pair.second_id) == (first.pk, second.pk)
    assert pair.probability > 0.9
    assert "same postcode 12209" in [reason.sentence for reason in pair.reasons]


def test_other_processes_find_the_same_pairs():  # A74
    two_alike()
    on_file("Bólido Comidas preparadas", town="Madrid", country="ES")

    assert pairs(pool_from=0) == pairs() != []


def test_the_search_says_how_far_it_is():  # A74
    two_alike()
    heard = []

    pairs(progress=lambda done, total: heard.append((done, total)))

    assert heard[-1] == (2, 2)
    assert heard == sorted(heard)


def test_a_customer_merged_away_is_in_no_pair():  # A74
    first, second = two_alike()
    Customer.objects.filter(pk=second.pk).update(merged_into=first, state="inactive")
    reindex([second.pk])

    assert pairs() == []


def test_a_search_keeps_pairs_and_forgets_those_that_are_alike_no_more():  # A74
    _, second = two_alike()
    assert find_duplicates.call() == 1
    second.name = "Berglunds snabbköp"
    second.save()
    second.addresses.all().delete()
    reindex([second.pk])

    assert find_duplicates.call() == 0

    assert not DuplicatePair.objects.exists()
    assert Event.objects.filter(kind="duplicate_pair.found").count() == 2


def test_a_dismissed_pair_does_not_come_back():  # A74
    two_alike()
    find_duplicates.call()
    pair = DuplicatePair.objects.get()

    dismiss_duplicate(pair, by=make.STAFF)

    assert find_duplicates.call() == 0
    assert DuplicatePair.objects.get().state == DuplicatePair.State.DISMISSED
    assert Event.objects.filter(kind="duplicate_pair.dismissed").count() == 1


def test_a_pair_is_dismissed_once():  # A74
    two_alike()
    find_duplicates.call()
    pair = DuplicatePair.objects.get()
    dismiss_duplicate(pair, by=make.STAFF)

    with pytest.raises(Refused) as refusal:
        dismiss_duplicate(pair, by=make.STAFF)

    assert refusal.value.code == "already_decided"
    assert Event.objects.filter(kind="duplicate_pair.dismissed").count() == 1


def test_one_search_at_a_time():  # A74
    first = ask_for_duplicate_search(by=make.STAFF)

    assert ask_for_duplicate_search(by=make.STAFF) == first
    assert Job.objects.count() == 1


def test_who_may_not_merge_may_not_look_for_duplicates():  # A74
    with pytest.raises(NotAllowed):
        ask_for_duplicate_search(by=VISITOR)

    assert not Job.objects.exists()

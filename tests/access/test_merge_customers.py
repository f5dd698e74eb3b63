import pytest

from claimdesk.access.actions.account_claims import approve_account_claim
from claimdesk.access.actions.merge import merge_customers
from claimdesk.access.models import Membership
from claimdesk.access.queries.access import memberships_that_count
from claimdesk.customers.models import Address, Customer, DuplicatePair
from claimdesk.customers.search import find_customers
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.refused import NotAllowed, Refused
from claimdesk.ledger.models import Event
from tests import make

pytestmark = pytest.mark.django_db


def two() -> tuple[Customer, Customer]:
    return (
        make.customer(number="L-1", name="Loser GmbH", email="old@loser.example"),
        make.customer(number="S-1", name="Survivor AG", email="desk@survivor.example", terms="30 days"),
    )


def test_the_survivor_keeps_its_own_and_the_merged_one_points_to_it():  # A74
    loser, survivor = two()

    merge_customers(loser, into=survivor, by=make.STAFF)

    loser.refresh_from_db()
    survivor.refresh_from_db()
    assert (survivor.number, survivor.terms, survivor.email) == ("S-1", "30 days", "desk@survivor.example")
    assert (loser.state, loser.merged_into, loser.email) == ("inactive", survivor, "")
    event = Event.objects.get(kind="customer.merged")
    assert (event.subject, event.customer_id) == (f"customer/{loser.pk}", survivor.pk)


def test_old_number_and_name_find_the_survivor():  # A74
    loser, survivor = two()

    merge_customers(loser, into=survivor, by=make.STAFF)

    rows = Customer.objects.filter(merged_into=None)
    assert find_customers(rows, "L-1") == find_customers(rows, "loser") == [survivor.pk]


def test_a_survivor_without_address_takes_the_merged_ones():  # A74 A66
    loser, survivor = two()
    Customer.objects.filter(pk=survivor.pk).update(email="", state="admin")

    merge_customers(loser, into=survivor, by=make.STAFF)

    survivor.refresh_from_db()
    assert survivor.email == "old@loser.example"


def test_nobody_gets_in_unasked():  # A74
    loser, survivor = two()
    theirs, ours = make.membership(None, loser, "manager"), make.membership(None, survivor)

    merge_customers(loser, into=survivor, by=make.STAFF)

    ours.refresh_from_db()
    theirs.refresh_from_db()
    assert not memberships_that_count(theirs.user).exists()
    assert (theirs.state, ours.sees_merged) == ("removed", [])
    assert Membership.objects.filter(customer=survivor).count() == 1


def test_whom_the_reviewer_chooses_joins_with_his_roles_and_papers():  # A74
    loser, survivor = two()
    chosen, other = make.membership(None, loser, "manager"), make.membership(None, loser)

    merge_customers(loser, into=survivor, joining=[chosen.user_id], by=make.STAFF)

    new = memberships_that_count(chosen.user).get()
    assert (new.customer, new.is_manager, new.granted) == (survivor, True, "merge")
    assert new.sees_merged == [loser.pk]
    assert not memberships_that_count(other.user).exists()
    assert Event.objects.get(kind="customer.merged").data["joined_ids"] == [chosen.user_id]


def test_the_survivors_people_see_the_merged_papers_only_if_chosen_or_if_they_did_before():  # A74
    loser, survivor = two()
    chosen, other = make.membership(None, survivor), make.membership(None, survivor)
    of_both = make.membership(None, survivor)
    make.membership(of_both.user, loser)

    merge_customers(loser, into=survivor, also_see=[chosen.user_id], by=make.STAFF)

    for membership in (chosen, other, of_both):
        membership.refresh_from_db()
    assert (chosen.sees_merged, other.sees_merged, of_both.sees_merged) == ([loser.pk], [], [loser.pk])


def test_strangers_are_let_in_by_no_choice():  # A74
    loser, survivor = two()
    stranger = make.user()

    merge_customers(loser, into=survivor, joining=[stranger.pk], also_see=[stranger.pk], by=make.STAFF)

    assert not Membership.objects.filter(user=stranger).exists()


def test_what_is_on_file_moves_by_choice_and_never_twice():  # A74
    loser, survivor = two()
    make.contact(loser, email="both@x.example")
    make.contact(survivor, email="both@x.example")
    moving = make.contact(loser, name="Moving")
    Address.objects.create(customer=loser, street="Weg 1", postcode="10115", town="Berlin")
    Address.objects.create(customer=survivor, street="Allee 2", postcode="20095", town="Hamburg")
    make.domain(loser, "loser.example")

    merge_customers(loser, into=survivor, move=["contacts", "addresses"], by=make.STAFF)

    moving.refresh_from_db()
    assert moving.customer == survivor
    assert survivor.contacts.count() == 2
    assert sorted(survivor.addresses.values_list("kind", "town")) == [
        ("billing", "Hamburg"),
        ("shipping", "Berlin"),
    ]
    assert loser.domains.exists()


def test_the_contact_of_a_member_who_does_not_join_stays_behind():  # A74 A9
    loser, survivor = two()
    contact = make.contact(loser)
    make.membership(None, loser, contact=contact)

    merge_customers(loser, into=survivor, by=make.STAFF)

    contact.refresh_from_db()
    assert contact.customer == loser


def test_a_pending_claim_means_the_survivor_when_it_is_decided():  # A74 A53
    loser, survivor = two()
    claim = make.account_claim(customer=loser)

    merge_customers(loser, into=survivor, by=make.STAFF)
    membership = approve_account_claim(claim, by=make.STAFF)

    assert membership.customer == survivor
    assert membership.sees_merged == []


def test_merging_again_leads_straight_to_the_last_survivor():  # A74
    loser, survivor = two()
    last = make.customer()
    member = make.membership(None, loser)

    merge_customers(loser, into=survivor, joining=[member.user_id], by=make.STAFF)
    merge_customers(survivor, into=last, joining=[member.user_id], by=make.STAFF)

    loser.refresh_from_db()
    assert loser.merged_into == last
    assert memberships_that_count(member.user).get().sees_merged == sorted([loser.pk, survivor.pk])


def test_the_pair_is_decided():  # A74
    loser, survivor = two()
    pair = DuplicatePair.objects.create(first=loser, second=survivor, probability=0.9)

    merge_customers(loser, into=survivor, by=make.STAFF)

    pair.refresh_from_db()
    assert (pair.state, pair.decided_by_name) == ("merged", "Sam Staff")


@pytest.mark.parametrize("case", ["itself", "merged already", "into a merged one"])
def test_what_cannot_be_merged_is_refused_and_nothing_changes(case):  # A74
    loser, survivor = two()
    if case == "itself":
        survivor = loser
    else:
        gone = loser if case == "merged already" else survivor
        Customer.objects.filter(pk=gone.pk).update(merged_into=make.customer(), state="inactive")

    with pytest.raises(Refused) as refusal:
        merge_customers(loser, into=survivor, by=make.STAFF)

    assert refusal.value.code == ("same_customer" if case == "itself" else "customer_merged")
    assert not Event.objects.exists()


def test_only_who_may_merge_does():  # A74
    loser, survivor = two()

    with pytest.raises(NotAllowed):
        merge_customers(
            loser, into=survivor, by=Actor(kind="staff", permissions=frozenset({"customers.edit_customers"}))
        )

    loser.refresh_from_db()
    assert loser.merged_into is None


@pytest.mark.race
def test_two_merges_into_each_other_let_one_win(race):  # A74
    loser, survivor = two()

    results = race(
        lambda: merge_customers(loser, into=survivor, by=make.STAFF),
        lambda: merge_customers(survivor, into=loser, by=make.STAFF),
    )

    assert [result.code for result in results if isinstance(result, Refused)] == ["customer_merged"]
    assert Customer.objects.filter(merged_into=None).count() == 1

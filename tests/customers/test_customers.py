import pytest

from claimdesk.access.actions.customer_status import activate_customer
from claimdesk.customers.actions.customers import change_customer, create_customer
from claimdesk.customers.models import Alias, Customer, CustomerGroup
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.refused import NotAllowed, Refused
from claimdesk.ledger.models import Event
from tests import make

pytestmark = pytest.mark.django_db


def test_a_customer_made_by_hand_gets_a_web_number_and_its_billing_address():  # A78 A16
    group = CustomerGroup.objects.create(name="Dealers")

    customer = create_customer(
        name="  Bäckerei   Müller GmbH ",
        email="Desk@Mueller.example",
        groups=[group],
        billing={"street": "Hauptstr. 1", "postcode": "10115", "town": "Berlin", "country": "DE"},
        by=make.STAFF,
    )

    assert (customer.number, customer.state) == ("W000001", "admin")
    assert (customer.name, customer.email) == ("Bäckerei Müller GmbH", "desk@mueller.example")
    assert customer.addresses.get().town == "Berlin"
    assert list(customer.groups.all()) == [group]
    assert Event.objects.about(customer).get().kind == "customer.created"


def test_a_web_number_never_equals_one_that_the_erp_uses():  # A16
    make.customer(number="w-000 001")

    assert create_customer(name="Next", by=make.STAFF).number == "W000002"


def test_a_web_number_is_never_used_again():  # A16
    create_customer(name="First", by=make.STAFF).delete()

    assert create_customer(name="Next", by=make.STAFF).number == "W000002"


def test_the_letters_before_web_numbers_are_a_setting():  # A16
    make.company(number_prefix="WEB")

    assert create_customer(name="First", by=make.STAFF).number == "WEB000001"


def test_who_may_not_edit_customers_makes_none():
    with pytest.raises(NotAllowed):
        create_customer(name="X", by=Actor(kind="staff", permissions=frozenset({"customers.view_customers"})))

    assert not Customer.objects.exists()


def test_staff_who_see_only_their_customers_become_the_representative():  # A53
    staff = make.staff("sales")
    limited = Actor(
        kind="staff",
        id=staff.pk,
        name="Rep",
        only_own_customers=True,
        permissions=frozenset({"customers.edit_customers"}),
    )

    assert create_customer(name="Mine", by=limited).representative_id == staff.pk


@pytest.mark.parametrize(
    ("fields", "code"),
    [({"number": " k-00-1 "}, "number_taken"), ({"email": "DESK@one.example"}, "email_taken")],
    ids=["number", "e-mail"],
)
def test_a_number_or_address_belongs_to_one_customer(fields, code):  # A66
    make.customer(number="K001", email="desk@one.example")

    with pytest.raises(Refused) as refusal:
        create_customer(name="Second", by=make.STAFF, **fields)

    assert refusal.value.code == code
    assert Customer.objects.count() == 1


def test_a_change_records_what_was_before_and_after():  # A61 A76
    customer = make.customer(name="Old", terms="30 days")

    change_customer(customer, name="New", terms="30 days", discount=250, by=make.STAFF)

    customer.refresh_from_db()
    assert (customer.name, customer.name_folded, customer.discount) == ("New", "new", 250)
    event = Event.objects.about(customer).get()
    assert event.data["before"] == {"name": "Old", "discount": 0}
    assert event.data["after"] == {"name": "New", "discount": 250}


def test_what_does_not_differ_changes_nothing():  # A76
    customer = make.customer(name="Same")

    change_customer(customer, name=" Same ", groups=[], by=make.STAFF)

    assert not Event.objects.exists()


def test_groups_are_among_the_changes():  # A76
    customer = make.customer()
    dealers = CustomerGroup.objects.create(name="Dealers")

    change_customer(customer, groups=[dealers], by=make.STAFF)

    assert Event.objects.get().data["after"] == {"groups": ["Dealers"]}
    assert list(customer.groups.all()) == [dealers]


def test_the_address_of_an_active_customer_cannot_be_emptied():  # A63
    customer = make.customer(email="desk@one.example")

    with pytest.raises(Refused) as refusal:
        change_customer(customer, email="", by=make.STAFF)

    assert refusal.value.code == "email_required"
    customer.refresh_from_db()
    assert customer.email == "desk@one.example"


def test_the_address_of_others_can_be_emptied():  # A63
    customer = make.customer(state="admin")

    assert change_customer(customer, email="", by=make.STAFF).email == ""


def test_an_edit_never_undoes_a_change_of_status():  # A77
    customer = make.customer(state="new")
    seen_before = Customer.objects.get(pk=customer.pk)
    activate_customer(customer, by=make.STAFF)

    change_customer(seen_before, phone="030 1", by=make.STAFF)

    customer.refresh_from_db()
    assert (customer.state, customer.phone) == ("active", "030 1")


def test_who_edits_what_somebody_else_changed_meanwhile_is_told():  # A61
    customer = make.customer(name="First")
    seen_at = customer.updated_at
    change_customer(customer, name="Second", seen_at=seen_at, by=make.STAFF)

    with pytest.raises(Refused) as refusal:
        change_customer(customer, name="Third", seen_at=seen_at, by=make.STAFF)

    assert refusal.value.code == "changed_meanwhile"
    customer.refresh_from_db()
    assert customer.name == "Second"


def test_an_old_number_stays_as_an_alias():  # A74
    customer = make.customer(number="K-0007")

    change_customer(customer, number="ERP-1", by=make.STAFF)

    assert Alias.objects.get(customer=customer).folded == "k0007"


def test_a_manager_edits_what_the_seller_permits_and_nothing_else():  # A87
    make.company(profile_fields=["phone"])
    customer = make.customer(phone="1", name="Kept")
    manager = Actor(
        kind="user", id=1, customer_id=customer.pk, permissions=frozenset({"customers.edit_profile"})
    )

    change_customer(customer, phone="2", by=manager)
    for forbidden in ({"name": "Mine"}, {"discount": 9000}, {"email": "x@y.example"}, {"groups": []}):
        with pytest.raises(NotAllowed):
            change_customer(customer, by=manager, **forbidden)

    customer.refresh_from_db()
    assert (customer.phone, customer.name, customer.discount) == ("2", "Kept", 0)


def test_a_manager_edits_no_other_customer():  # A87
    foreign = make.customer(phone="1")
    manager = Actor(
        kind="user", id=1, customer_id=make.customer().pk, permissions=frozenset({"customers.edit_profile"})
    )

    with pytest.raises(NotAllowed):
        change_customer(foreign, phone="2", by=manager)

    foreign.refresh_from_db()
    assert foreign.phone == "1"

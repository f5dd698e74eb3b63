import pytest

from claimdesk.customers.actions.addresses import add_address, change_address, remove_address
from claimdesk.customers.actions.domains import confirm_domain, withdraw_domain
from claimdesk.customers.actions.erp_wish import change_erp_wish
from claimdesk.customers.models import Address, Domain
from claimdesk.kernel.refused import Refused
from claimdesk.ledger.models import Event
from tests import make

pytestmark = pytest.mark.django_db


def test_a_customer_has_one_billing_and_several_shipping_addresses():  # A76
    customer = make.customer(town="Berlin")

    with pytest.raises(Refused) as refusal:
        add_address(customer, kind="billing", town="Bonn", by=make.STAFF)
    first = add_address(customer, kind="shipping", town="Köln", by=make.STAFF)
    second = add_address(customer, kind="shipping", town="Ulm", is_default=True, by=make.STAFF)

    first.refresh_from_db()
    assert refusal.value.code == "has_billing_address"
    assert (first.is_default, second.is_default) == (False, True)
    assert Address.objects.filter(customer=customer).count() == 3


def test_an_address_changes_and_goes_with_history():  # A76
    address = Address.objects.create(customer=make.customer(), postcode="1011", town="Berlin")

    change_address(address, postcode="D-01012", town="Berlin", by=make.STAFF)
    remove_address(address, by=make.STAFF)

    changed, removed = Event.objects.order_by("id")
    assert changed.data["after"] == {"postcode": "D-01012"}
    assert removed.data["address"] == ", D-01012 Berlin"
    assert not Address.objects.exists()


def test_a_confirmed_domain_is_confirmed_once_and_can_be_withdrawn():  # A33
    customer = make.customer()

    confirm_domain(customer, domain="@Mueller.example", by=make.STAFF)
    found = confirm_domain(customer, domain="mueller.example", by=make.STAFF)
    assert found.confirmed_at is not None
    withdraw_domain(found, by=make.STAFF)

    assert not Domain.objects.exists()
    assert list(Event.objects.order_by("id").values_list("kind", flat=True)) == [
        "domain.confirmed",
        "domain.withdrawn",
    ]


@pytest.mark.parametrize(("domain", "code"), [("gmail.com", "shared_domain"), ("word", "not_a_domain")])
def test_a_shared_mailbox_domain_is_never_confirmed(domain, code):  # A33
    with pytest.raises(Refused) as refusal:
        confirm_domain(make.customer(), domain=domain, by=make.STAFF)

    assert refusal.value.code == code
    assert not Domain.objects.exists()


def test_what_the_erp_calls_a_customer_is_typed_and_kept():  # A67 A79
    customer = make.customer()

    change_erp_wish(customer, wish="link", erp_number="D-100", erp_name="Mueller AG", by=make.STAFF)

    customer.refresh_from_db()
    assert (customer.erp_wish, customer.erp_number, customer.erp_name) == ("link", "D-100", "Mueller AG")
    assert Event.objects.get().kind == "customer.erp_wish_changed"


@pytest.mark.parametrize(("number", "code"), [("", "erp_number_required"), ("D-100", "erp_number_taken")])
def test_two_customers_are_never_linked_to_one_in_the_erp(number, code):  # A67
    make.customer(erp_number="D-100")
    customer = make.customer()

    with pytest.raises(Refused) as refusal:
        change_erp_wish(customer, wish="link", erp_number=number, by=make.STAFF)

    assert refusal.value.code == code
    customer.refresh_from_db()
    assert customer.erp_wish == "later"

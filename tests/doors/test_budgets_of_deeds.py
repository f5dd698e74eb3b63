"""How many statements a deed may send the database, however much is there: each is a way there and back."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claimdesk.access.models import AccountClaim, Membership, Onboarding, Registration
from claimdesk.access.queries.registrations import code_of
from claimdesk.aftersales.models import Reclamation
from claimdesk.customers.matching.writing import reindex
from claimdesk.customers.models import Address, Customer
from claimdesk.orders.actions.carts import add_to_cart
from claimdesk.orders.models import Order
from claimdesk.orders.wanted import WantedLine
from tests import make

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}
PLACE = {"street": "Weg 1", "postcode": "24103", "town": "Kiel", "country": "DE"}
_OF_TRANSACTIONS = re.compile(r"(BEGIN|COMMIT|SAVEPOINT|RELEASE|ROLLBACK)\b")


@contextmanager
def at_most(statements: int) -> Iterator[None]:
    """Count what the deed asks and writes; what only begins and ends transactions is not counted."""
    with CaptureQueriesContext(connection) as sent:
        yield
    asked = [query["sql"] for query in sent if not _OF_TRANSACTIONS.match(query["sql"])]
    assert len(asked) <= statements, "\n".join(asked)


def twice(deed: Callable[[], HttpResponse], budget: int) -> None:
    """Do it once for what is read once a process, and once more within the budget."""
    assert deed().status_code in (204, 302, 303)
    with at_most(budget):
        answer = deed()
    assert answer.status_code in (204, 302, 303)


@pytest.fixture
def office(client: Client) -> Client:
    client.force_login(make.staff("administrator"))
    return client


def test_approving_an_account_claim_sends_eighteen_statements(office: Client):
    make.company()
    claims = iter([make.account_claim(), make.account_claim()])
    reindex(AccountClaim.objects.values_list("customer", flat=True))

    twice(lambda: office.post(f"/office/account-claims/{next(claims).pk}/approval/", **HTMX), 18)

    assert Membership.objects.filter(state="active").count() == 2


def registered(client: Client, number: int) -> HttpResponse:
    names = {"name": f"New Comer {number}", "username": f"newcomer{number}", "password": make.PASSWORD}
    return client.post("/register/", names | {"email": f"newcomer{number}@example.org"})


def test_registering_sends_ten_statements():
    numbers = iter((1, 2))

    twice(lambda: registered(Client(), next(numbers)), 10)

    assert Registration.objects.count() == 2


def test_verifying_by_code_sends_twenty_six_statements():
    def newcomer(number: int) -> tuple[Client, str]:
        client = Client()
        registered(client, number)
        return client, code_of(Registration.objects.get(username=f"newcomer{number}"))

    newcomers = iter([newcomer(1), newcomer(2)])

    def deed() -> HttpResponse:
        client, code = next(newcomers)
        return client.post("/register/code/", {"code": code})

    twice(deed, 26)

    assert Onboarding.objects.count() == 2


@pytest.fixture
def newcomer() -> Callable[[str], HttpResponse]:
    """Have a newcomer say the name of his organization, with an address."""
    make.company()
    newcomers = [Client() for _ in range(2)]
    for client in newcomers:
        client.force_login(make.onboarding().user)

    def says(name: str) -> HttpResponse:
        return newcomers.pop().post("/onboarding/", {"kind": "business", "organization": name, **PLACE})

    return says


def test_onboarding_that_matches_sends_twenty_two_statements(newcomer: Callable[[str], HttpResponse]):
    on_file = make.customer(name="Zwickelbauer Maschinen GmbH")
    Address.objects.create(customer=on_file, kind="billing", **PLACE)
    reindex([on_file.pk])

    twice(lambda: newcomer(on_file.name), 22)

    assert AccountClaim.objects.filter(customer=on_file).count() == 2


def test_onboarding_that_makes_a_customer_sends_thirty_seven_statements(
    newcomer: Callable[[str], HttpResponse],
):
    names = iter(("Zwickelbauer Maschinen GmbH", "Quastenhuber Mode AG"))

    twice(lambda: newcomer(next(names)), 37)

    assert Customer.objects.count() == 2


@pytest.mark.parametrize("lines", [3, 20])
def test_placing_an_order_sends_twenty_three_statements_for_any_number_of_lines(client: Client, lines: int):
    make.company(currency="EUR")
    membership = make.membership(None, None, "buyer")
    client.force_login(membership.user)
    products = [make.product() for _ in range(lines)]

    def pressed() -> dict[str, str]:
        wanted = [WantedLine(product, Decimal(2)) for product in products]
        add_to_cart(membership.customer, lines=wanted, by=make.actor(membership.user))
        page = client.get("/checkout/").content.decode()
        return {name: re.findall(rf'name="{name}" value="([^"]*)"', page)[0] for name in ("key", "total")}

    assert client.post("/checkout/", pressed()).status_code == 303
    asked = pressed()
    with at_most(23):
        client.post("/checkout/", asked)

    assert [order.lines.count() for order in Order.objects.all()] == [lines, lines]


def test_claiming_on_an_order_sends_fifteen_statements(office: Client):
    make.company()
    chosen = {"everything": "on", "cause": make.cause().pk, "wish": "refund"}
    orders = iter([make.order(), make.order()])

    twice(lambda: office.post(f"/office/reclamations/new/?order={next(orders).pk}", chosen), 15)

    assert Reclamation.objects.count() == 2

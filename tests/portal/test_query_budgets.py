"""How many questions a page of the portal may ask the database: a list 12, another page 20, however much is there."""

from decimal import Decimal

import pytest

from claimdesk.catalog.search import refile
from claimdesk.orders.actions.carts import add_to_cart
from claimdesk.orders.wanted import WantedLine
from tests import make
from tests.doors.asking import OF_A_LIST, OF_A_PAGE, asked
from tests.doors.table import rows
from tests.doors.world import World, build

pytestmark = pytest.mark.django_db
MANY = 30
WHO = "manager"
LISTS = {
    "portal:shop": ("", "q=hammer", "q=hamer", "category=1", "before=end"),
    "portal:orders": ("", "q=B0", "state=new&before=end", "format=csv"),
    "portal:invoices": ("", "q=RE", "standing=open&before=end"),
    "portal:claims": ("", "q=10001", "show=closed", "show=all&before=end", "kind=orders&before=end"),
    "portal:rmas": ("", "q=10001", "q=SN-000001", "state=issued", "before=end"),
}  # fmt: skip


@pytest.fixture
def world() -> World:
    """The house of the doors, and many of everything that the customer's lists show."""
    built = build()
    shelf = make.category()
    products = [make.product(name=f"Hammer {n}", category=shelf) for n in range(MANY)]
    refile([product.pk for product in products])
    for product in products:
        order = make.order(built.customer, products=[product])
        make.reclamation(order)
        make.invoice(order=order)
        make.warranty_claim(900, by=make.actor(built.people[WHO]))
        make.price(product, 900, customer=built.customer)
    lines = [WantedLine(product, Decimal(1)) for product in products]
    for person in ("buyer", WHO):
        add_to_cart(built.customer, lines=lines, by=make.actor(built.people[person]))
    return built


@pytest.mark.parametrize("name", LISTS)
def test_a_list_asks_at_most_twelve_questions(world: World, name: str):  # O1 O3 O4
    browser = world.client(WHO)

    counts = {query: asked(browser, f"{world.address(name)}?{query}") for query in LISTS[name]}

    assert {query: n for query, n in counts.items() if n > OF_A_LIST} == {}


def test_every_other_page_of_the_portal_asks_at_most_twenty(world: World):  # O2 O4
    pages = [row.name for row in rows("portal") if row.method == "GET"]
    browser = world.client(WHO)

    counts = {name: asked(browser, world.address(name)) for name in pages}

    assert set(LISTS) <= set(pages)
    assert {name: n for name, n in counts.items() if n > OF_A_PAGE} == {}

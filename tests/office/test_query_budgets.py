"""How many questions a page may ask the database: a list 12, another page 20, however much is there."""

import pytest

from claimdesk.catalog.models import Product
from claimdesk.catalog.search import refile as refile_products
from claimdesk.customers.search import refile
from tests import make
from tests.doors.asking import OF_A_LIST, OF_A_PAGE, asked
from tests.doors.table import addresses, rows
from tests.doors.world import World, build

pytestmark = pytest.mark.django_db
MANY = 30
LISTS = {
    "office:account_claims": ("", "q=person+firm", "status=pending&sort=name", "before=end", "awaiting=applicant"),
    "office:customers": ("", "q=firm", "q=firm+person&sort=-created", "status=admin&email=no", "origin=staff"),
    "office:users": ("", "q=person", "state=nobody", "state=disabled", "kind=staff&before=end"),
    "office:contacts": ("", "q=person", "enabled=no", "sign_in=yes&before=end"),
    "office:duplicates": ("", "status=dismissed"),
    "office:orders": ("", "q=firm", "state=new&has_claim=yes", "customer=firm&ship_to=1", "before=end", "format=csv"),
    "office:invoices": ("", "standing=overdue", "before=end", "format=csv"),
    "office:products": ("", "q=hammer", "q=hamer", "before=end", "format=csv"),
    "office:prices": ("", "q=hammer", "whose=customer", "before=end"),
    "office:reclamations": ("", "q=firm", "q=10001", "state=open&cause=1", "customer=firm", "before=end"),
    "office:warranty_claims": ("", "q=firm", "q=10001", "awaited=us&sort=waiting", "state=to_settle&customer=firm", "before=end"),
    "office:rmas": ("", "q=10001", "q=SN-000001", "state=issued&customer=firm", "before=end", "format=csv"),
    "office:settings_audit": ("", "q=person", "by=staff&customer=firm&actor=person", "before=end"),
    "office:settings_sent": ("", "q=person", "status=failed", "before=end"),
}  # fmt: skip


@pytest.fixture
def world() -> World:
    """The house of the doors, and many of everything that lists show."""
    built = build()
    customers = [make.customer(name=f"Firm {n}") for n in range(MANY)]
    service = make.dealer(built.customer)
    for customer in [*customers, *[built.customer] * MANY]:
        order = make.order(customer, products=[make.product(name="Claw hammer")])
        make.reclamation(order)
        make.invoice(order=order)
        make.warranty_claim(1000, by=service)
        contact = make.contact(customer, name="Person")
        user = make.user(name="Person")
        make.membership(user, customer, contact=contact)
        make.account_claim(user=make.user(name="Person"), customer=customer)
    refile([customer.pk for customer in customers])
    refile_products(Product.objects.values_list("pk", flat=True))
    return built


@pytest.mark.parametrize("name", LISTS)
def test_a_list_asks_at_most_twelve_questions(world: World, name: str):
    office = world.client("admin")

    counts = {query: asked(office, f"{world.address(name)}?{query}") for query in LISTS[name]}

    assert {query: n for query, n in counts.items() if n > OF_A_LIST} == {}


def test_every_other_page_of_the_office_asks_at_most_twenty(world: World):
    pages = [
        row.name for table in ("office", "settings", "catalog") for row in rows(table) if row.method == "GET"
    ]
    office = world.client("admin")

    counts = {name: asked(office, world.address(name)) for name in pages}

    assert set(LISTS) <= set(pages) <= set(addresses())
    assert {name: n for name, n in counts.items() if n > OF_A_PAGE} == {}

from datetime import date

import pytest
from click.testing import CliRunner

from claimdesk.access.models import AccountClaim
from claimdesk.access.queries.access import memberships_that_count
from claimdesk.aftersales.models import Reclamation
from claimdesk.catalog.models import Product
from claimdesk.config.commands.demo import demo
from claimdesk.config.demo.catalogue import articles
from claimdesk.config.demo.orders import PastOrder, past_orders
from claimdesk.config.demo.register import customer_rows, firms
from claimdesk.config.demo.world import NotEmpty, Size, make_world
from claimdesk.config.demo_sign_ins import DEMO_PASSWORD
from claimdesk.conversations.models import File, OutgoingMail
from claimdesk.customers.models import Customer
from claimdesk.ledger.models import Import
from claimdesk.orders.models import Invoice, Order, Payment, Shipment
from claimdesk.people.models import User

pytestmark = pytest.mark.django_db
SMALL = Size(customers=120, account_claims=30, orders=80, reclamations=12)
DAY = date(2026, 3, 2)


def make() -> None:
    make_world(SMALL, seed=7, as_of=DAY, say=lambda text: None)


def test_the_world_has_everybody_whom_the_documentation_names():
    make()

    names = {
        "admin", "sales", "service", "finance", "manager", "buyer", "viewer", "dealer", "other", "multi", "pending",
    }  # fmt: skip
    users = {user.username: user for user in User.objects.filter(email__endswith="@claimdesk.test")}
    assert set(users) == names
    assert all(user.check_password(DEMO_PASSWORD) for user in users.values())
    assert memberships_that_count(users["multi"]).count() == 2
    assert users["pending"].account_claims.get().state == AccountClaim.State.PENDING
    assert set(AccountClaim.objects.values_list("state", flat=True)) == {"pending", "approved", "denied"}
    assert set(Customer.objects.values_list("state", flat=True)) >= {"active", "admin", "inactive"}
    assert OutgoingMail.objects.filter(key="account_claim_received").exists()
    assert not AccountClaim.objects.filter(created_at__date__gt=DAY).exists()


def test_the_world_trades():
    make()

    states = set(Order.objects.values_list("state", flat=True))
    assert states >= {"new", "exported", "shipped", "delivered", "closed", "canceled"}
    assert Order.objects.filter(import_id=None).count() == 40
    assert Product.objects.filter(pictures__isnull=False).count() == Product.objects.count() == 300
    assert set(Reclamation.objects.values_list("state", flat=True)) == {"open", "closed"}
    assert Order.objects.filter(has_reclamation=True).count() == Reclamation.objects.count() == 12
    assert File.objects.filter(subject__startswith="reclamation/").exists()
    for model in (Invoice, Payment, Shipment):
        assert model.objects.count() > 60
    assert not Import.objects.filter(refused__gt=0).exists()
    assert not Order.objects.filter(ordered_at__date__gt=DAY).exists()


def test_the_command_makes_a_world_of_the_size_asked_for():
    sizes = ["--customers", "60", "--claims", "8", "--orders", "45", "--reclamations", "3"]

    result = CliRunner().invoke(demo, [*sizes, "--as-of", "2026-03-02"], catch_exceptions=False)

    assert result.exit_code == 0
    assert Reclamation.objects.count() == 3
    assert Order.objects.exclude(import_id=None).count() == 45
    assert Customer.objects.exclude(import_id=None).count() >= 60


def test_the_same_seed_gives_the_same_trade():
    register = list(firms(50, 3))

    def past() -> list[PastOrder]:
        return past_orders(articles(3), register, 30, 3, until=DAY)

    assert past() == past()
    assert [order.number for order in past()] == sorted(order.number for order in past())


def test_a_database_that_holds_something_is_left_alone():
    make()

    with pytest.raises(NotEmpty):
        make()


def test_the_same_seed_gives_the_same_register():
    assert list(customer_rows(list(firms(50, 3)), 3)) == list(customer_rows(list(firms(50, 3)), 3))
    assert list(firms(50, 3)) != list(firms(50, 4))

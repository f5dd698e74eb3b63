import pytest

from claimdesk.conversations.models import OutgoingMail
from claimdesk.customers.models import DuplicatePair
from tests import make

pytestmark = pytest.mark.django_db


def mail(state: str, n: int) -> OutgoingMail:
    return OutgoingMail.objects.create(
        key="invitation",
        once=f"{n}",
        to="ann@example.com",
        subject="Hello",
        state=state,
        message_id=f"<{n}@here>",
    )


def test_each_number_leads_to_its_rows(client):  # A40
    client.force_login(make.staff())
    make.account_claim()
    make.account_claim(state="denied")
    new, other = make.customer(state="new", email=""), make.customer()
    DuplicatePair.objects.create(first=new, second=other, probability=0.9)
    for n, state in enumerate(("failed", "failed", "sent")):
        mail(state, n)

    tiles = client.get("/office/").context["tiles"]

    assert {tile["number"] for tile in tiles} == {1, 2}
    for tile in tiles:
        assert client.get(tile["url"], follow=True).context["count"] == tile["number"], tile["label"]

"""What is said about a warranty claim: who may, who reads it, who is mailed; nothing internal leaves the house."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest

from claimdesk.aftersales.actions.warranty_claims.review import assign_claim, close_claim, take_claim
from claimdesk.aftersales.models import WarrantyClaim
from claimdesk.conversations.actions.emails import send_email
from claimdesk.conversations.actions.messages import add_message
from claimdesk.conversations.files.attaching import kept
from claimdesk.conversations.files.taking import TakenFile, take
from claimdesk.conversations.models import File, Message, OutgoingMail
from claimdesk.conversations.queries.files import file_about
from claimdesk.conversations.queries.threads import mails_about, messages_about
from claimdesk.kernel.actor import SYSTEM
from claimdesk.kernel.clock import clock_at, now
from claimdesk.kernel.refused import NotAllowed
from claimdesk.ledger.models import Event
from claimdesk.people.actions.profile import change_profile
from claimdesk.people.models import Notification, User
from claimdesk.people.queries.staff import staff_actor
from tests import make
from tests.conversations.samples import picture
from tests.refusals import refused
from tests.work import work_off

pytestmark = pytest.mark.django_db
SECRET = "he always breaks them"


@pytest.fixture
def dealer():
    make.company(name="Northwind")
    return make.dealer()


@pytest.fixture
def agent():
    return staff_actor(make.staff("service"))


@pytest.fixture
def claim(dealer, agent) -> WarrantyClaim:
    """A claim in review, whose mails have gone."""
    claim = take_claim(make.warranty_claim(5000, by=dealer), by=agent)
    work_off()
    OutgoingMail.objects.all().delete()
    Notification.objects.all().delete()
    return claim


def mailed(key: str = "comment") -> list[str]:
    """To whom mails went, when all work is done."""
    work_off()
    return list(OutgoingMail.objects.filter(key=key).order_by("pk").values_list("to", flat=True))


def photo(name: str) -> TakenFile:
    return take(BytesIO(picture()), name=name, size=1)


def address_of(actor) -> str:
    return User.objects.get(pk=actor.id).email


def test_each_public_comment_mails_the_other_side_once(claim, dealer, agent):  # E9 W8 edge 18
    add_message(claim, body="The part is on its way.", by=agent)
    add_message(claim, body="It came.", by=dealer)

    assert mailed("comment") == [address_of(dealer)]
    assert mailed("comment_to_staff") == [address_of(agent)]
    mail = OutgoingMail.objects.get(key="comment")
    assert "The part is on its way." in mail.text
    assert agent.name not in mail.text + mail.html
    assert mail.subject_key == f"warranty_claim/{claim.pk}"
    assert Notification.objects.filter(user_id__in=[dealer.id, agent.id]).count() == 2


def test_a_comment_on_a_claim_of_nobody_goes_to_the_service_address_or_to_those_of_the_service(dealer):  # W15
    claim = make.warranty_claim(by=dealer)
    served, _admin = make.staff("service"), make.staff("administrator")
    add_message(claim, body="Hello?", by=dealer)
    assert mailed("comment_to_staff") == [served.email]

    make.company(service_email="service@northwind.example")
    add_message(claim, body="Hello again?", by=dealer)

    assert mailed("comment_to_staff") == [served.email, "service@northwind.example"]


def test_who_wrote_before_is_in_the_conversation_and_who_left_is_not(claim, dealer, agent):  # E9 edge 27
    colleague = make.membership(None, claim.customer, "service")
    add_message(claim, body="I look after it.", by=make.actor(colleague.user))
    add_message(claim, body="Thanks.", by=agent)
    both = mailed()
    colleague.state = "removed"
    colleague.save()

    add_message(claim, body="Anything new?", by=agent)

    assert sorted(both) == sorted([address_of(dealer), colleague.user.email])
    assert mailed()[2:] == [address_of(dealer)]


def test_comments_are_bundled_once_a_day_for_who_wants_it_so(claim, dealer, agent):  # E9
    reader = User.objects.get(pk=dealer.id)
    change_profile(reader, fields={"comment_mails": "daily", "date_format": "d.m.Y"}, by=dealer)
    for body in ("First.", "Second."):
        add_message(claim, body=body, by=agent)
    assert mailed() == mailed("comments_bundled") == []

    with clock_at(now() + timedelta(days=1)):
        assert mailed("comments_bundled") == [reader.email]
    with clock_at(now() + timedelta(days=2)):
        assert len(mailed("comments_bundled")) == 1

    mail = OutgoingMail.objects.get(key="comments_bundled")
    assert "First." in mail.text
    assert "Second." in mail.text
    assert f"{now():%d.%m.%Y}" in mail.text  # K4 A85


def test_who_lost_the_account_gets_no_bundle_of_it(claim, dealer, agent):  # E9 edge 27
    reader = User.objects.get(pk=dealer.id)
    change_profile(reader, fields={"comment_mails": "daily"}, by=dealer)
    add_message(claim, body="The part is on its way.", by=agent)
    work_off()
    reader.memberships.update(state="removed")

    with clock_at(now() + timedelta(days=1)):
        assert mailed("comments_bundled") == []


def test_an_internal_note_reaches_no_customer(claim, dealer, agent):  # W8 edge 18
    assign_claim(claim, agent=make.staff("service"), by=agent)
    work_off()
    before = Notification.objects.count()

    with kept([photo("note.jpg")]) as files:
        note = add_message(claim, body=SECRET, is_internal=True, files=files, by=agent)
    work_off()

    file = File.objects.get(subject=f"message/{note.pk}")
    assert list(messages_about(claim, actor=dealer)) == []
    assert file_about(file.pk, actor=dealer) is None
    assert file_about(file.pk, actor=agent) is not None
    assert not OutgoingMail.objects.filter(text__contains=SECRET).exists()
    assert not Notification.objects.filter(user_id=dealer.id, pk__gt=before).exists()
    assert SECRET not in str(list(Event.objects.values_list("data", "names")))


def test_staff_who_act_for_a_customer_read_and_write_as_the_customer_does(claim, dealer, agent):  # A84 W8
    acting = replace(
        agent, acting_id=1, customer_id=claim.customer_id, door="portal", permissions=dealer.permissions
    )
    add_message(claim, body=SECRET, is_internal=True, by=agent)

    said = add_message(claim, body="They rang up: it came.", by=acting)

    assert list(messages_about(claim, actor=acting)) == [said]
    assert not said.is_from_staff
    assert messages_about(claim, actor=SYSTEM).count() == 2


def test_only_staff_leave_notes_and_only_who_works_on_claims_comments(claim, dealer):  # W8
    viewer = make.actor(make.membership(None, claim.customer).user)
    sales = staff_actor(make.staff("sales"))

    for by, is_internal in (
        (dealer, True),
        (viewer, False),
        (viewer, True),
        (sales, False),
        (make.dealer(), False),
    ):
        with pytest.raises(NotAllowed):
            add_message(claim, body="Hello", is_internal=is_internal, by=by)

    assert not Message.objects.exists()
    add_message(claim, body="Seen.", is_internal=True, by=sales)


def test_nothing_and_too_much_are_no_comment(claim, dealer):  # W8
    assert refused(add_message, claim, body="  \n", by=dealer) == "nothing_said"
    assert refused(add_message, claim, body="x" * 10_001, by=dealer) == "too_long"
    assert not Message.objects.exists()


def test_a_closed_claim_takes_comments_and_stays_closed(claim, dealer, agent):  # E7 W11
    close_claim(claim, reason="Repaired free of charge.", by=agent)

    add_message(claim, body="Thank you.", by=dealer)

    claim.refresh_from_db()
    assert claim.state == "closed"
    assert mailed("comment_to_staff") == [address_of(agent)]


def test_nobody_comments_on_a_draft(dealer):  # W2
    with pytest.raises(NotAllowed):
        add_message(make.draft_claim(by=dealer), body="Hello", by=dealer)


def test_an_email_of_staff_stands_in_the_history_with_its_files(claim, dealer, agent):  # E1 E10
    with kept([photo("plate.jpg")]) as files:
        mail = send_email(
            claim,
            to=address_of(dealer),
            cc=["boss@else.example"],
            subject="Your\r\nBcc: x@evil.example part",
            text="It is on its way.",
            files=files,
            by=agent,
        )

    assert list(mails_about(claim, actor=dealer)) == [mail]
    assert (mail.cc, mail.sender_name) == (["boss@else.example"], agent.name)
    assert "\n" not in mail.subject
    assert "It is on its way." in mail.text
    assert file_about(File.objects.get(subject=f"outgoing_mail/{mail.pk}").pk, actor=dealer) is not None
    assert Event.objects.about(claim).filter(kind="email.sent").count() == 1


def test_what_went_to_somebody_else_no_customer_sees(claim, dealer, agent):  # E1 E10 W8
    mail = send_email(claim, to="maker@parts.example", subject="Switch", text=SECRET, by=agent)
    add_message(claim, body="Any news?", by=dealer)
    work_off()

    assert list(mails_about(claim, actor=dealer)) == []
    seen = set(mails_about(claim, actor=agent).values_list("key", flat=True))
    assert seen == {"agent_email", "comment_to_staff"}
    assert mail.customer_id is None


def test_a_bad_address_sends_nothing(claim, dealer, agent):  # E10
    letter = {"subject": "Switch", "text": "Hello", "by": agent}

    assert refused(send_email, claim, to="nobody", **letter) == "bad_address"
    assert (
        refused(send_email, claim, to="a@b.example", cc=["x@y.example\nBcc: z@z.example"], **letter)
        == "bad_address"
    )
    with pytest.raises(NotAllowed):
        send_email(claim, to="a@b.example", subject="Switch", text="Hello", by=dealer)
    assert not OutgoingMail.objects.exists()

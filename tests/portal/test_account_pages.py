from io import BytesIO

import pytest
from allauth.usersessions.models import UserSession
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from claimdesk.access.models import EmailChange
from claimdesk.access.queries.access import acting_actor
from claimdesk.access.queries.email_changes import cancel_token_of, code_of
from claimdesk.kernel.refused import NotAllowed
from claimdesk.ledger.models import Event
from claimdesk.people.actions.passwords import change_password
from claimdesk.people.actions.sessions import end_sessions
from claimdesk.people.models import User
from tests import make

pytestmark = pytest.mark.django_db
NEW = "another horse battery"


def sign_in(person: User, password: str = make.PASSWORD) -> Client:
    browser = Client()
    assert browser.post("/sign-in/", {"login": person.username, "password": password}).status_code == 302
    return browser


def picture(kind: str = "PNG", size: tuple[int, int] = (400, 300)) -> SimpleUploadedFile:
    file = BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "secret place"  # ImageDescription
    Image.new("RGB", size, "teal").save(file, kind, exif=exif)
    return SimpleUploadedFile("me.svg", file.getvalue(), content_type="image/svg+xml")


@pytest.fixture
def person() -> User:
    return make.membership().user


@pytest.fixture
def mine(person) -> Client:
    """A browser in which the person is signed in."""
    return sign_in(person)


def test_the_profile_is_shown_and_changed(mine, person):  # A85
    wanted = {
        "name": "Erika Muster",
        "title": "Buyer",
        "username": "erika",
        "language": "de",
        "date_format": "d.m.Y",
        "time_zone": "Asia/Tokyo",
    }

    mine.post("/account/", wanted)

    person.refresh_from_db()
    assert {name: getattr(person, name) for name in wanted} == wanted
    assert person.name_folded == "erika muster"
    assert '<html lang="de"' in mine.get("/account/").content.decode()


def test_a_taken_username_and_hostile_names_are_refused(mine, person):  # A85
    make.user(username="taken")

    for field, value in (("username", "TAKEN"), ("name", "<i>x</i>"), ("time_zone", "../etc/passwd")):
        fields = {"name": "Erika", "username": "erika"} | {field: value}
        assert mine.post("/account/", fields).status_code == 422
    assert not Event.objects.filter(kind="user.profile_changed").exists()


def test_a_photo_is_drawn_anew_and_only_ones_own_is_given(mine, person):  # A85
    mine.post("/account/photo/", {"photo": picture()})

    response = mine.get("/account/photo/")
    kept = b"".join(response.streaming_content)
    drawn = Image.open(BytesIO(kept))

    assert response.headers["Content-Type"] == "image/jpeg"
    assert (drawn.format, drawn.size) == ("JPEG", (256, 256))
    assert b"secret place" not in kept
    assert sign_in(make.membership().user).get("/account/photo/").status_code == 404


@pytest.mark.parametrize(
    "file",
    [
        SimpleUploadedFile("me.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        SimpleUploadedFile("me.png", b"\x89PNG\r\n\x1a\n broken"),
        SimpleUploadedFile("me.png", b""),
        SimpleUploadedFile("me.png", b"0" * (5 * 1024 * 1024 + 1)),
        picture(size=(8000, 6000)),
        picture("TIFF"),
    ],
    ids=["svg", "broken", "empty", "too large", "too many pixels", "tiff"],
)
def test_what_is_no_photo_is_refused(mine, person, file):  # A85
    file.seek(0)

    assert mine.post("/account/photo/", {"photo": file}).status_code == 422

    person.refresh_from_db()
    assert person.photo == ""


def test_a_photo_can_be_removed(mine, person):  # A85
    mine.post("/account/photo/", {"photo": picture()})

    mine.post("/account/photo/", {"remove": "1"})

    assert mine.get("/account/photo/").status_code == 404


def test_a_new_password_ends_the_other_sessions_and_is_told(mine, person):  # A81
    elsewhere = sign_in(person)

    mine.post("/account/password/", {"password": make.PASSWORD, "new_password": NEW})

    assert mine.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302
    assert Event.objects.filter(kind="user.password_changed", user_id=person.pk).count() == 1


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"password": "not mine", "new_password": NEW}, "password"),
        ({"password": make.PASSWORD, "new_password": "short"}, "new_password"),
        ({"password": make.PASSWORD, "new_password": make.PASSWORD}, "new_password"),
    ],
)
def test_a_password_is_changed_only_by_who_knows_the_old_one_and_to_a_good_one(
    mine, person, fields, wrong
):  # A81
    response = mine.post("/account/password/", fields)

    assert response.status_code == 422
    assert response.context["form"].has_error(wrong)
    person.refresh_from_db()
    assert person.check_password(make.PASSWORD)


def test_sessions_are_listed_and_one_can_be_ended(mine, person):  # A81
    elsewhere = sign_in(person)
    other = UserSession.objects.get(user=person, session_key=elsewhere.session.session_key)
    assert "This session" in mine.get("/account/sessions/").content.decode()

    mine.post(f"/account/sessions/{other.pk}/ending/")

    assert elsewhere.get("/account/").status_code == 302
    assert mine.get("/account/").status_code == 200


def test_anothers_session_does_not_exist(mine):  # A81
    victim = make.membership().user
    theirs = sign_in(victim)
    session = UserSession.objects.get(user=victim)

    assert mine.post(f"/account/sessions/{session.pk}/ending/").status_code == 404
    assert theirs.get("/account/").status_code == 200


def test_all_other_sessions_can_be_ended(mine, person):  # A81
    others = [sign_in(person), sign_in(person)]

    mine.post("/account/sessions/others/ending/")

    assert [other.get("/account/").status_code for other in others] == [302, 302]
    assert mine.get("/account/").status_code == 200


def test_the_address_is_changed_by_password_and_code(mine, person):  # A82
    elsewhere = sign_in(person)
    wrong = mine.post("/account/email/", {"email": "erika@new.example", "password": "no"})
    mine.post("/account/email/", {"email": "erika@new.example", "password": make.PASSWORD})
    change = EmailChange.objects.get()

    mine.post("/account/email/code/", {"code": code_of(change)})

    person.refresh_from_db()
    assert wrong.status_code == 422
    assert person.email == "erika@new.example"
    assert elsewhere.get("/account/").status_code == 302
    assert mine.get("/account/").status_code == 200


def test_the_link_to_cancel_is_not_used_up_by_a_get(mine, person):  # A82
    mine.post("/account/email/", {"email": "erika@new.example", "password": make.PASSWORD})
    change = EmailChange.objects.get()
    address = f"/account/email/cancel/{cancel_token_of(change)}/"
    assert Client().get(address).status_code == 200
    change.refresh_from_db()
    assert change.state == "open"

    Client().post(address)

    change.refresh_from_db()
    assert change.state == "canceled"
    assert Client().get(address).status_code == 404


def test_notifications_are_muted_by_kind_and_way(mine, person):  # A85
    ticked = {"pages": ["account_news"], "mails": ["account_claim_news"], "comment_mails": "at_once"}
    mine.post("/account/notifications/", ticked)

    person.refresh_from_db()
    assert "account_claim_news" in person.muted_pages
    assert "account_news" in person.muted_mails
    assert "account_news" not in person.muted_pages
    assert "account_claim_news" not in person.muted_mails


def test_staff_who_act_for_a_customer_change_no_credentials(person):  # A84
    staff = make.staff()
    acting = acting_actor(staff, make.acting_session(staff, person.memberships.get().customer), door="portal")

    with pytest.raises(NotAllowed):
        change_password(staff, password=NEW, by=acting)
    with pytest.raises(NotAllowed):
        change_password(person, password=NEW, by=acting)


def test_several_accounts_are_switched_between_but_only_ones_own(person):  # A80
    first = person.memberships.get().customer
    second = make.membership(person).customer
    foreign = make.customer()
    mine = sign_in(person)

    answers = [
        mine.post("/account-in-hand/", {"customer": key, "back": "/account/"}).status_code
        for key in (second.pk, foreign.pk, "nonsense", "")
    ]

    assert answers == [303, 404, 404, 404]
    assert mine.session["customer_in_hand"] == second.pk
    assert mine.get("/").context["actor"].customer_id == second.pk
    assert first.name in mine.get("/").content.decode()


def test_nobody_has_codes_sent_to_an_address_over_and_over(person):  # A82 A18
    mine = sign_in(person)
    wish = {"email": "stranger@elsewhere.example", "password": make.PASSWORD}

    answers = [mine.post("/account/email/", wish) for _ in range(6)]

    assert [answer.status_code for answer in answers] == [303] * 5 + [422]
    assert "Too many attempts" in answers[-1].content.decode()
    assert Event.objects.filter(kind="email_change.asked").count() == 5


def test_staff_who_act_for_somebody_end_no_sessions(person):  # A84
    session = make.acting_session(make.staff("administrator"), make.customer())
    actor = acting_actor(session.staff, session, door="portal")

    with pytest.raises(NotAllowed):
        end_sessions(session.staff, by=actor)

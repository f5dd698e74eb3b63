"""Files about a subject: who attaches, who sees, who removes, and how they are sent."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.test import Client

from claimdesk.access.actions.account_claims import approve_account_claim
from claimdesk.conversations.actions.files import remove_file
from claimdesk.conversations.files import taking
from claimdesk.conversations.files.attaching import attach
from claimdesk.conversations.files.taking import MOST_FILES, take
from claimdesk.conversations.models import File
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.refused import NotAllowed, Refused
from claimdesk.ledger.models import Event
from tests import make
from tests.conversations.samples import DRAWING, PAGE, PDF, picture

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def empty_storage(settings):
    """A storage of one's own: setting it makes Django forget the one before."""
    settings.STORAGES = dict(settings.STORAGES)


def sent(content: bytes = PDF, name: str = "offer.pdf") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content)


def attached(about: Model, content: bytes = PDF, name: str = "offer.pdf", *, by: Actor) -> File:
    """A file that stands at a row."""
    file = sent(content, name)
    return attach(about, [take(file, name=name, size=len(content))], by=by)[0]


def signed_in(user) -> Client:
    """A browser in which that person is signed in."""
    client = Client()
    client.force_login(user)
    return client


def kept() -> int:
    """How many files stand in the storage."""
    folders = default_storage.listdir("attached")[0] if default_storage.exists("attached") else []
    return sum(len(default_storage.listdir(f"attached/{folder}")[1]) for folder in folders)


def test_the_claimant_attaches_several_files_and_staff_see_them(client):  # F1
    claim = make.account_claim()
    mine = signed_in(claim.user)

    answer = mine.post(
        "/files/",
        {
            "subject": f"account_claim/{claim.pk}",
            "back": "/waiting/",
            "upload": [sent(), sent(picture(), "a.jpg")],
        },
    )

    assert (answer.status_code, answer["Location"]) == (303, "/waiting/")
    assert [file.name for file in File.objects.order_by("pk")] == ["offer.pdf", "a.jpg"]
    page = signed_in(make.staff()).get(f"/office/account-claims/{claim.pk}/").content.decode()
    assert "offer.pdf" in page
    assert f'<img src="/office/files/{File.objects.get(name="a.jpg").pk}/thumbnail/"' in page
    event = Event.objects.get(kind="file.attached")
    assert (event.subject, event.data["names"]) == (f"account_claim/{claim.pk}", "offer.pdf, a.jpg")
    assert (event.customer_id, event.user_id) == (claim.customer_id, claim.user_id)


def test_a_script_gets_the_changed_list(client):  # F1
    claim = make.account_claim()

    answer = signed_in(claim.user).post(
        "/files/",
        {"subject": f"account_claim/{claim.pk}", "upload": sent()},
        headers={"HX-Request": "true"},
    )

    assert answer.status_code == 200
    assert f'data-file-list="account_claim/{claim.pk}"' in answer.content.decode()
    assert "offer.pdf" in answer.content.decode()


def test_one_bad_file_keeps_all_out_and_is_named(client):  # F2
    claim = make.account_claim()

    answer = signed_in(claim.user).post(
        "/files/", {"subject": f"account_claim/{claim.pk}", "upload": [sent(), sent(PAGE, "photo.jpg")]}
    )

    assert answer.status_code == 422
    assert "photo.jpg is named like: JPEG picture. But it is: Web page." in answer.content.decode()
    assert (File.objects.count(), kept()) == (0, 0)


@pytest.mark.parametrize(
    ("content", "name", "content_type"),
    [
        (PDF, "offer.pdf", "application/pdf"),
        (PAGE, "page.html", "application/octet-stream"),
        (DRAWING, "plan.svg", "application/octet-stream"),
        (picture(), "photo.jpg", "image/jpeg"),
    ],
)
def test_files_are_sent_to_be_kept_and_not_to_be_shown(content, name, content_type):  # F2 F3
    claim = make.account_claim()
    file = attached(claim, content, name, by=make.actor(claim.user))

    answer = signed_in(claim.user).get(f"/files/{file.pk}/")

    assert answer["Content-Type"] == content_type
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
    assert answer["Cache-Control"] == "private, no-store"
    assert b"".join(answer.streaming_content)


def test_only_pictures_that_we_drew_are_shown_in_a_page():  # F3
    claim = make.account_claim()
    photo = attached(claim, picture(), "photo.jpg", by=make.actor(claim.user))
    drawing = attached(claim, DRAWING, "plan.svg", by=make.actor(claim.user))
    mine = signed_in(claim.user)

    for size in ("picture", "thumbnail"):
        shown = mine.get(f"/files/{photo.pk}/{size}/")
        assert (shown["Content-Type"], shown["Content-Disposition"]) == (
            "image/jpeg",
            'inline; filename="photo.jpg"',
        )
        assert "sandbox" in shown["Content-Security-Policy"]
        assert mine.get(f"/files/{drawing.pk}/{size}/").status_code == 404


def test_nobody_but_those_who_see_the_subject_gets_its_files():  # F3
    claim = make.account_claim()
    file = attached(claim, picture(), "photo.jpg", by=make.actor(claim.user))
    limited = make.staff("sales", only_own_customers=True)
    rivals = [make.user(), make.membership(make.user(), claim.customer, "manager").user]

    for size in ("", "picture/", "thumbnail/"):
        assert {signed_in(user).get(f"/files/{file.pk}/{size}").status_code for user in rivals} == {404}
        assert signed_in(limited).get(f"/office/files/{file.pk}/{size}").status_code == 404
        assert Client().get(f"/files/{file.pk}/{size}").status_code == 302
        assert signed_in(make.staff("sales")).get(f"/office/files/{file.pk}/{size}").status_code == 200


def test_permission_is_asked_at_every_look():  # F3
    claim = make.account_claim()
    file = attached(claim, by=make.actor(claim.user))
    staff = make.staff("sales")
    browser = signed_in(staff)
    assert browser.get(f"/office/files/{file.pk}/").status_code == 200

    staff.only_own_customers = True
    staff.save()

    assert browser.get(f"/office/files/{file.pk}/").status_code == 404


@pytest.mark.parametrize(
    "subject", ["", "account_claim/", "account_claim/x", "account_claim/999", "user/1", "company/1"]
)
def test_files_for_no_subject_find_nothing(subject):  # F1
    answer = signed_in(make.user()).post("/files/", {"subject": subject, "upload": sent()})

    assert answer.status_code == 404


def test_others_attach_nothing(client):  # F1
    claim = make.account_claim()

    answer = signed_in(make.user()).post(
        "/files/", {"subject": f"account_claim/{claim.pk}", "upload": sent()}
    )
    with pytest.raises(NotAllowed):
        attached(claim, by=make.actor(make.user()))

    assert answer.status_code == 404
    assert (File.objects.count(), kept()) == (0, 0)


def test_what_is_decided_takes_and_gives_no_files():  # F1
    claim = make.account_claim()
    file = attached(claim, by=make.actor(claim.user))
    approve_account_claim(claim, by=make.STAFF)
    staff = make.actor(make.staff(), door="office")

    with pytest.raises(Refused) as on_attaching:
        attached(claim, by=staff)
    with pytest.raises(Refused) as on_removing:
        remove_file(file, about=claim, by=staff)

    assert on_attaching.value.code == on_removing.value.code == "already_decided"
    assert File.objects.get().is_ready


def test_a_subject_takes_so_many_files_and_no_more():  # F2
    claim = make.account_claim()
    mine = make.actor(claim.user)
    first = attached(claim, by=mine)
    rows = [File(subject=first.subject, name="a", mime="text/plain", size=1) for _ in range(MOST_FILES - 1)]
    File.objects.bulk_create(rows)

    with pytest.raises(Refused) as refusal:
        attached(claim, by=mine)

    assert refusal.value.code == "too_many_files"
    assert (File.objects.count(), kept()) == (MOST_FILES, 1)


def test_a_subject_takes_so_many_bytes_and_no_more():  # F2
    claim = make.account_claim()
    mine = make.actor(claim.user)
    File.objects.create(
        subject=f"account_claim/{claim.pk}",
        name="a",
        mime="text/plain",
        size=taking.MOST_BYTES_OF_SUBJECT,
    )

    with pytest.raises(Refused) as refusal:
        attached(claim, by=mine)

    assert refusal.value.code == "too_many_bytes"
    assert kept() == 0


def test_removal_takes_the_content_and_leaves_a_trace():  # F3
    claim = make.account_claim()
    file = attached(claim, picture(), "photo.jpg", by=make.actor(claim.user))
    mine = signed_in(claim.user)
    assert kept() == 2

    answer = mine.post(f"/files/{file.pk}/removal/", {"back": "/waiting/"})

    file.refresh_from_db()
    assert (answer.status_code, answer["Location"]) == (303, "/waiting/")
    assert (file.state, file.removed_by_name, kept()) == ("removed", claim.user.name, 0)
    assert mine.get(f"/files/{file.pk}/").status_code == 404
    assert mine.post(f"/files/{file.pk}/removal/").status_code == 404
    event = Event.objects.get(kind="file.removed")
    assert (event.data["name"], event.data["digest"]) == ("photo.jpg", file.digest)


def test_a_claimant_does_not_remove_what_staff_attached():  # F3
    claim = make.account_claim()
    file = attached(claim, by=make.actor(make.staff(), door="office"))

    answer = signed_in(claim.user).post(f"/files/{file.pk}/removal/")

    assert answer.status_code == 403
    assert File.objects.get().is_ready


def test_two_who_remove_at_once_leave_one_trace():  # F3
    claim = make.account_claim()
    mine = make.actor(claim.user)
    file = attached(claim, by=mine)
    same = File.objects.get()
    remove_file(file, about=claim, by=mine)

    with pytest.raises(Refused) as refusal:
        remove_file(same, about=claim, by=mine)

    assert refusal.value.code == "file_gone"
    assert Event.objects.filter(kind="file.removed").count() == 1

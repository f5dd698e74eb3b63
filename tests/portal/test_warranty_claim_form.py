"""The form of a warranty claim: saved as it is typed, priced by the server, submitted once, never overwritten."""

from datetime import timedelta

import pytest
from django.urls import reverse

from claimdesk.aftersales.actions.warranty_claims.drafts import save_draft
from claimdesk.aftersales.models import ClaimLine, WarrantyClaim
from claimdesk.aftersales.queries.claim_checks import drafts_of
from claimdesk.customers.models import Customer
from claimdesk.kernel.clock import today
from claimdesk.people.actions.attempts import SERIAL_CHECK, take_attempt
from claimdesk.warranty.models import LabourRate, Operation, OperationTime, Part, PartPrice
from tests import make

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}
YESTERDAY = (today() - timedelta(days=1)).isoformat()
LONG_AGO = today() - timedelta(days=400)


@pytest.fixture
def customer() -> Customer:
    """A dealer."""
    make.company()
    return make.customer()


@pytest.fixture
def portal(client, customer):
    """A client signed in as the dealer's service person."""
    client.force_login(make.membership(make.user(name="Dora Dealer"), customer, "service").user)
    return client


@pytest.fixture
def draft(portal, customer) -> WarrantyClaim:
    """A draft that the dealer began at the portal."""
    portal.post(reverse("portal:warranty_claim_new"), {"serial": "SN 1", "key": "first"})
    return WarrantyClaim.objects.get()


def address(name: str, claim: WarrantyClaim) -> str:
    return reverse(f"portal:warranty_claim_{name}", args=[claim.pk])


def filled(claim: WarrantyClaim, **fields: str) -> dict[str, str]:
    """A form that is complete, with a part and labour; `__` in names stands for the dots."""
    form = {
        "version": str(claim.draft_version),
        "key": "sent",
        "serial": "SN-1",
        "claim_type": "standard",
        "jobs.0.failed_on": YESTERDAY,
        "jobs.0.complaint": "does not start",
        "jobs.0.lines.0.kind": "part",
        "jobs.0.lines.0.number": "P-1",
        "jobs.0.lines.0.quantity": "2,5",
        "jobs.0.lines.1.kind": "labour",
        "jobs.0.lines.1.number": "OP 7",
        "jobs.0.lines.1.minutes": "1:30",
    }
    return form | {name.replace("__", "."): value for name, value in fields.items()}


def tables() -> None:
    """A part at 10, an operation of an hour, an hour at 60."""
    part = Part.objects.create(number="P-1", name="Brush set")
    PartPrice.objects.create(part=part, amount=1000, currency="EUR", from_on=LONG_AGO)
    operation = Operation.objects.create(number="OP-7", name="Change brushes")
    OperationTime.objects.create(operation=operation, minutes=60, from_on=LONG_AGO)
    LabourRate.objects.create(amount=6000, currency="EUR", from_on=LONG_AGO)


def test_a_claim_begins_with_its_serial_number_once_however_often_it_is_sent(portal, draft):  # W2
    portal.post(reverse("portal:warranty_claim_new"), {"serial": "SN 1", "key": "first"})

    claim = WarrantyClaim.objects.get()
    assert (claim.state, claim.serial, claim.created_by_name) == ("draft", "SN 1", "Dora Dealer")


def test_what_is_typed_is_priced_by_the_tables_and_answered_in_parts(portal, draft):  # W5
    tables()

    answer = portal.post(address("edit", draft), filled(draft), **HTMX).content.decode()

    draft.refresh_from_db()
    assert (draft.claimed, draft.allowed) == (2500 + 9000, 2500 + 6000)
    assert f'data-version="{draft.draft_version}"' in answer
    assert "€115.00" in answer
    assert 'id="jobs.0.lines.1.sum"' in answer
    assert "60 minutes are standard" in answer
    assert "<input" not in answer


def test_a_draft_shows_again_what_was_typed(portal, draft):  # W2
    portal.post(
        address("edit", draft), filled(draft, jobs__0__cause="worn", jobs__0__lines__0__amount="12.50")
    )

    page = portal.get(address("edit", draft)).content.decode()

    for words in ("does not start", "worn", 'value="2.5"', 'value="90"', 'value="12.50"', "OP 7"):
        assert words in page


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("jobs.0.lines.0.quantity", "-1"),
        ("jobs.0.lines.0.quantity", "9" * 15),
        ("jobs.0.lines.0.amount", "-5"),
        ("jobs.0.lines.1.minutes", "soon"),
        ("jobs.0.meter", "9" * 12),
        ("jobs.0.failed_on", "31.12.2025"),
    ],
)
def test_what_cannot_be_read_is_told_and_never_submitted(portal, draft, field, value):  # W4 W5
    sent = filled(draft) | {field: value}

    saved = portal.post(address("edit", draft), sent)
    submitted = portal.post(address("submission", draft), sent | {"version": "2", "key": "later"})

    draft.refresh_from_db()
    assert [saved.status_code, submitted.status_code] == [422, 422]
    assert "cannot be read" in saved.content.decode()
    assert (draft.state, draft.complaint) == ("draft", "does not start")


def test_two_who_edit_a_draft_overwrite_nothing_and_see_each_others_words(portal, draft, customer):  # W14
    other = make.actor(make.membership(make.user(name="Carl Colleague"), customer, "service").user)
    save_draft(draft, version=1, jobs=[make.job(complaint="it smokes")], by=other)
    mine = filled(draft, version="1", jobs__0__complaint="it rattles")

    script = portal.post(address("edit", draft), mine, **HTMX)
    plain = portal.post(address("edit", draft), mine)

    assert [script.status_code, plain.status_code] == [409, 409]
    for answer in (script.content.decode(), plain.content.decode()):
        assert "Carl Colleague changed this draft meanwhile" in answer
        assert "it smokes" in answer
        assert "it rattles" in answer
    draft.refresh_from_db()
    assert [job.complaint for job in drafts_of(draft)] == ["it smokes"]


def test_a_save_whose_answer_got_lost_is_sent_anew_without_a_conflict(portal, draft):  # W14
    sent = filled(draft, save_key="one")

    answers = [portal.post(address("edit", draft), sent, **HTMX) for _again in range(2)]

    draft.refresh_from_db()
    assert [answer.status_code for answer in answers] == [200, 200]
    assert draft.draft_version == 2


def test_without_script_buttons_add_and_remove_jobs_and_lines(portal, draft):  # W5
    portal.post(address("additions", draft), filled(draft, place="jobs.0.external"))
    portal.post(address("additions", draft), filled(draft, version="2", key="b", place="job"))
    draft.refresh_from_db()
    grown = [len(job.lines) for job in drafts_of(draft)]
    portal.post(address("removals", draft), filled(draft, key="c", place="jobs.0.lines.0"))

    draft.refresh_from_db()
    assert grown == [2, 0]
    assert [line.kind for line in drafts_of(draft)[0].lines] == ["labour"]


def test_submitting_twice_makes_one_claim_and_leaves_out_lines_without_a_word(portal, draft):  # W4
    sent = filled(draft, jobs__0__lines__2__kind="other", jobs__0__lines__2__quantity="1")

    answers = [portal.post(address("submission", draft), sent) for _click in range(2)]

    claim = WarrantyClaim.objects.get()
    assert [answer["Location"] for answer in answers] == [
        reverse("portal:warranty_claim", args=[draft.pk])
    ] * 2
    assert (claim.state, claim.verdict) == ("submitted", "unknown_serial")
    assert ClaimLine.objects.filter(job__claim=claim).count() == 2


def test_what_is_missing_is_listed_and_leads_to_its_field(portal, draft):  # W4
    answer = portal.post(address("submission", draft), filled(draft, jobs__0__complaint=""))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#jobs.0.complaint"' in page
    assert 'id="jobs.0.complaint"' in page
    assert WarrantyClaim.objects.get().state == "draft"


def test_a_serial_number_is_answered_alike_for_own_and_foreign_units(portal, customer):  # W3 U2
    make.policy(name="Two years", start="shipment")
    own = make.unit(dealer=customer, shipped_on=LONG_AGO)
    foreign = make.unit(shipped_on=LONG_AGO, product=own.product)

    answers = [
        portal.post(
            reverse("portal:serial_check"), {"serial": serial, "failed_on": YESTERDAY}
        ).content.decode()
        for serial in (own.serial.lower(), foreign.serial, "SN-999999")
    ]

    assert answers[0] == answers[1]
    assert "Covered by “Two years”" in answers[0]
    assert "No unit with this serial number is on file." in answers[2]


def test_serial_numbers_cannot_be_gone_through_by_the_hundred_on_any_page(portal, draft):  # U2
    own = make.unit(dealer=draft.customer)
    aim = {"account": str(draft.customer_id), "address": "127.0.0.1"}
    for _number in range(SERIAL_CHECK.by_account.attempts):
        take_attempt(SERIAL_CHECK, **aim, by=make.STAFF)

    answers = [
        portal.post(reverse("portal:serial_check"), {"serial": "SN-777777"}),
        portal.post(reverse("portal:serial_check"), {"serial": own.serial}),
        portal.get(f"{address('edit', draft)}?checked=1"),
    ]

    assert ["Too many serial numbers" in answer.content.decode() for answer in answers] == [True] * 3
    assert portal.post(address("edit", draft), filled(draft)).status_code == 303


def test_parts_and_operations_are_found_by_number_and_by_words(portal, customer):  # W5
    tables()

    by_words = portal.get(reverse("portal:part_offers"), {"q": "set brush", "on": YESTERDAY}).content.decode()
    by_number = portal.get(reverse("portal:operation_offers"), {"q": "op7"}).content.decode()

    assert 'data-offer="P-1"' in by_words
    assert "€10.00" in by_words
    assert 'data-offer="OP-7"' in by_number
    assert "60 minutes" in by_number


def test_a_claim_that_may_be_the_same_is_warned_of_and_keeps_nobody_from_submitting(
    portal, draft, customer
):  # W4
    by = make.dealer(customer)
    earlier = make.warranty_claim(100, by=by, invoice_number="R 77")
    sent = filled(draft, invoice_number="r-77")

    page = portal.post(address("edit", draft), sent, **HTMX).content.decode()
    submitted = portal.post(address("submission", draft), sent | {"version": "2", "key": "then"})

    assert f"{earlier.number}</a>: same invoice number" in page
    assert submitted.status_code == 303


def test_a_deleted_draft_is_gone(portal, draft):  # W13
    portal.post(address("deletion", draft))

    assert not WarrantyClaim.objects.exists()

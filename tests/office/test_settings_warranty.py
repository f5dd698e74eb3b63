import re

import pytest
from django.urls import reverse

from claimdesk.aftersales.actions.claim_types import remove_claim_type
from claimdesk.company.queries.company import company
from claimdesk.warranty.actions.policies import change_policy
from claimdesk.warranty.models import Policy
from tests import make
from tests.refusals import refused

pytestmark = pytest.mark.django_db
POLICY = {"name": "Base", "kind": "base", "start": "delivery", "months": "24"}


@pytest.fixture
def office(client):
    """A client signed in as an administrator."""
    client.force_login(make.staff())
    return client


def test_a_policy_is_made_changed_and_ended_on_its_pages(office):  # U5
    product = make.product()

    made = office.post(reverse("office:policy_new"), POLICY | {"product": product.number})
    policy = Policy.objects.get()
    changed = office.post(reverse("office:policy", args=[policy.pk]), POLICY | {"months": "36"})
    policy.refresh_from_db()
    page = office.get(reverse("office:settings_warranty")).content.decode()
    ended = office.post(reverse("office:policy_end", args=[policy.pk]))

    assert [answer.status_code for answer in (made, changed, ended)] == [303, 303, 303]
    assert (policy.product, policy.months, policy.carry_over_months) == (None, 36, 0)
    assert "being computed anew" in page
    policy.refresh_from_db()
    assert not policy.is_active


def test_a_policy_that_somebody_else_changed_meanwhile_is_left_alone(office):  # U5
    policy = make.policy(name="Base")
    page = office.get(reverse("office:policy", args=[policy.pk])).content.decode()
    seen = re.search(r'name="seen"[^>]* value="([^"]+)"', page)[1]
    change_policy(policy, months=36, by=make.STAFF)

    answer = office.post(reverse("office:policy", args=[policy.pk]), POLICY | {"months": "12", "seen": seen})

    assert answer.status_code == 409
    assert Policy.objects.get().months == 36


def test_a_policy_says_in_plain_words_what_it_gives_before_it_is_saved(office):  # U5
    product = make.product()
    trial = {"trial_product": product.number, "trial_delivered_on": "2026-01-31"}

    live = office.get(reverse("office:policy_preview"), POLICY | {"months": "1"} | trial).content.decode()
    plain = office.post(
        reverse("office:policy_new"), POLICY | {"months": "1", "try": "1"} | trial
    ).content.decode()

    for page in (live, plain):
        assert "It is meant for all units." in page
        assert "It counts 1 month from the day of delivery" in page
        assert "2026-02-28" in page or "28 Feb" in page or "Feb. 28" in page
    assert not Policy.objects.exists()


def test_a_policy_for_two_things_is_asked_again(office):  # U5
    product = make.product(category=make.category())

    answer = office.post(
        reverse("office:policy_new"),
        POLICY | {"product": product.number, "category": product.category_id, "unit": "nobody's"},
    )

    assert answer.status_code == 422
    assert not Policy.objects.exists()


def test_the_seller_says_what_holds_for_warranty_claims(office):  # W9 W10 W11 W16
    url = reverse("office:settings_warranty_claims")
    said = {
        "warranty_claims_on": "on", "warranty_limit": "500.50", "warranty_filing_days": "60", "appeal_days": "14",
        "service_email": "service@example.com", "end_old_drafts": "on",
    }  # fmt: skip

    answer = office.post(url, said)
    seller = company()
    wrong = office.post(url, said | {"warranty_limit": "much"})

    assert (answer.status_code, wrong.status_code) == (303, 422)
    assert (seller.warranty_limit, seller.warranty_filing_days, seller.appeal_days) == (50050, 60, 14)
    assert (seller.end_old_drafts, seller.end_unanswered_claims) == (True, False)
    assert company().warranty_limit == 50050


def test_a_type_of_claim_is_made_changed_and_removed_but_the_last(office):  # W4
    made = office.post(
        reverse("office:claim_type_new"),
        {"en": "Recall", "de": "Rückruf", "required_for": ["photo", "invoice"]},
    )
    first, second = company().warranty_claim_types
    office.post(
        reverse("office:claim_type", args=[second["key"]]), {"en": "Recall", "required_for": ["in_time"]}
    )
    changed = company().warranty_claim_types[1]
    office.post(reverse("office:claim_type_removal", args=[first["key"]]))

    assert made.status_code == 303
    assert (second["names"], second["required"]) == (
        {"en": "Recall", "de": "Rückruf"},
        ["invoice", "photo"],
    )
    assert changed == {"key": second["key"], "names": {"en": "Recall"}, "required": ["in_time"]}
    assert [each["key"] for each in company().warranty_claim_types] == [second["key"]]
    assert refused(remove_claim_type, second["key"], by=make.STAFF) == "last_claim_type"
    assert len(company().warranty_claim_types) == 1

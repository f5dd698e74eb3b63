"""Every form sent without a field, by somebody who may: refused, not read as all boxes unticked."""

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import transaction

from tests.doors.table import TABLES, Row, all_rows, rows
from tests.doors.world import PEOPLE, World

NOTHING_BUT_A_TOKEN = "csrfmiddlewaretoken=token"
INSIDE = ("200", "303", "409", "422")
OF_THE_VISIT = ("sessions.Session", "usersessions.UserSession")
SAID_BY_THE_ADDRESS = {
    "office:account_claim_approval",
    "office:account_claim_denial",
    "office:account_claim_new_customer",
    "office:address_removal",
    "office:contact_removal",
    "office:customer_deactivation",
    "office:domain_withdrawal",
    "office:duplicate_dismissal",
    "office:duplicate_search",
    "office:file_removal",
    "office:import_start",
    "office:membership_removal",
    "office:policy_end",
    "office:price_removal",
    "office:product_picture_removal",
    "office:product_withdrawal",
    "office:reclamation_mark",
    "office:rma_receipt_end",
    "office:settings_email_tests",
    "office:settings_process_activation",
    "office:staff_role_reset",
    "office:user_disabling",
    "office:user_new_password",
    "office:warranty_claim_taking",
    "portal:cart_line_removal",
    "portal:customer_address_removal",
    "portal:customer_contact_removal",
    "portal:file_removal",
    "portal:fresh_password_link",
    "portal:invitation_cancellation",
    "portal:invitation_resending",
    "portal:member_removal",
    "portal:order_approval",
    "portal:order_cancellation",
    "portal:order_reorder",
    "portal:session_ending",
    "portal:unit_transfer_acceptance",
    "portal:unit_transfer_refusal",
    "portal:unit_transfer_withdrawal",
    "portal:warranty_claim_deletion",
    "portal:warranty_claim_new",
    "portal:warranty_claim_withdrawal",
    "web:saved_view_removal",
}


def sender(row: Row) -> str | None:
    """Return who gets furthest behind the door, the customer's own people before another's."""
    inside = [person for person in reversed(PEOPLE) if row.answers[person] in INSIDE]
    return min(inside, key=("other", "disabled").count, default=None)


def on_file() -> dict[str, list[str]]:
    """Return every row on file, but for what every visit leaves behind."""
    return {
        model._meta.label: sorted(map(repr, model._base_manager.values_list()))
        for model in apps.get_models()
        if model._meta.label not in OF_THE_VISIT
    }


def changed_by(world: World, row: Row) -> tuple[int, set[str]]:
    """Return the answer to an empty form, and which tables it changed; all of it is undone."""
    browser = world.client(str(sender(row)))
    cache.clear()
    with transaction.atomic():
        before = on_file()
        response = browser.generic(
            "POST",
            world.address(row.name),
            NOTHING_BUT_A_TOKEN,
            content_type="application/x-www-form-urlencoded",
        )
        after = on_file()
        transaction.set_rollback(True)
    return response.status_code, {table for table in before if before[table] != after[table]}


@pytest.mark.parametrize("table", TABLES)
def test_an_empty_form_fails_nowhere_and_changes_nothing_but_by_what_its_address_says(
    world: World, table: str
):
    forms = [row for row in rows(table) if row.method == "POST" and sender(row)]

    found = {row.name: changed_by(world, row) for row in forms}

    assert found
    assert {name: answer for name, (answer, _tables) in found.items() if answer >= 500} == {}
    assert {name for name, (_answer, tables) in found.items() if tables} == {
        row.name for row in forms if row.name in SAID_BY_THE_ADDRESS
    }


def test_every_address_that_says_all_stands_in_a_table():
    assert {row.name for row in all_rows()} >= SAID_BY_THE_ADDRESS

"""Users are found by an index, however many there are."""

import pytest
from django.db import connection

from claimdesk.people.models import User
from claimdesk.people.queries.users import user_called, user_with_email, username_is_taken
from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("found", "index"),
    [
        (User.objects.named("Anna"), "user_username_once"),
        (User.objects.with_email("anna@example.com"), "user_email_once"),
    ],
    ids=["username", "email"],
)
def test_users_are_found_by_an_index(found, index):  # A18
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")

    assert index in found.explain()


def test_case_does_not_matter_in_who_is_meant():  # A82
    user = make.user(username="Anna.Öz", email="anna@example.com")

    assert user_called("anna.Öz") == user_called("Anna@Example.COM") == user
    assert user_with_email("ANNA@example.com") == user
    assert User.objects.get_by_natural_key("ANNA.Öz") == user
    assert username_is_taken("aNNa.Öz")
    assert not username_is_taken("aNNa.Öz", but=user.pk)

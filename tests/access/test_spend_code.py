"""A one-time code is used once, whoever answers and whatever a cache has forgotten (A81)."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value

from claimdesk.access.allauth import spend_code
from tests import make

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def factor() -> Authenticator:
    return TOTP.activate(make.user(), SECRET).instance


def code(steps: int = 0) -> str:
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30 + steps))


@pytest.mark.django_db
def test_a_code_is_used_once_and_an_older_one_not_after_it():  # A81
    mine = factor()
    first, earlier = code(), code(-1)

    assert spend_code(mine, first)
    mine.refresh_from_db()

    assert not spend_code(mine, first)
    assert not spend_code(mine, earlier)


@pytest.mark.django_db
def test_somebody_elses_use_of_the_same_digits_takes_nothing_away():  # A81
    mine, others = factor(), factor()

    assert spend_code(mine, code())
    assert spend_code(others, code())


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_two_uses_at_once_one_wins(race):  # A81
    mine = factor()
    typed = code()

    used = race(*[lambda: spend_code(Authenticator.objects.get(pk=mine.pk), typed)] * 4)

    assert sorted(map(str, used)) == ["False", "False", "False", "True"]

"""The cache is shared by all processes, so that a one-time code is used once whoever answers."""

import time

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from django.db import connection

from claimdesk.config.checkup import surroundings
from claimdesk.config.configuration import ConfigurationError, cache_settings
from tests import make

pytestmark = pytest.mark.django_db


def test_without_redis_the_cache_is_a_table():
    cache.set("kept", "for all")

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM claimdesk_cache")
        assert cursor.fetchone() == (1,)
    assert surroundings.shared_cache().grade == "ok"


def test_a_one_time_code_is_used_once_by_the_database_s_word():  # A81
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    factor = TOTP.activate(make.user(), secret)
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))

    assert factor.validate_code(code)
    assert not factor.validate_code(code)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM claimdesk_cache")
        assert cursor.fetchone() == (1,)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_two_uses_of_one_code_at_once_one_wins(race):  # A81
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    factor = TOTP.activate(make.user(), secret)
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))

    used = race(*[lambda: factor.validate_code(code)] * 4)

    assert sorted(map(str, used)) == ["False", "False", "False", "True"]


def test_an_address_that_is_no_redis_is_refused():
    with pytest.raises(ConfigurationError, match="redis://"):
        cache_settings("memcached://here")

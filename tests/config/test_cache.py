"""The cache is shared by all processes."""

import pytest
from django.core.cache import cache
from django.db import connection

from claimdesk.config.checkup import surroundings
from claimdesk.config.configuration import ConfigurationError, cache_settings

pytestmark = pytest.mark.django_db


def test_without_redis_the_cache_is_a_table():
    cache.set("kept", "for all")

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM claimdesk_cache")
        assert cursor.fetchone() == (1,)
    assert surroundings.shared_cache().grade == "ok"


def test_an_address_that_is_no_redis_is_refused():
    with pytest.raises(ConfigurationError, match="redis://"):
        cache_settings("memcached://here")

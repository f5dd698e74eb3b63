"""Settings for tests: a database in memory or the one named, fast passwords, nothing kept."""

import os
import tempfile

os.environ.setdefault("CLAIMDESK_SECRET_KEY", "for-tests-only-" + "0123456789" * 4)
os.environ.setdefault("CLAIMDESK_DATA_DIR", tempfile.mkdtemp(prefix="claimdesk-test-"))

from claimdesk.config.settings import *  # noqa: F403 - all of them, some changed below
from claimdesk.config.settings import DATABASES, database_settings

DATABASES["default"] = database_settings(os.environ.get("CLAIMDESK_TEST_DATABASE_URL", "sqlite:///:memory:"))
DATABASES["default"]["CONN_MAX_AGE"] = 0
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["*"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True  # looks files up when asked, and spares every test client the walk over all

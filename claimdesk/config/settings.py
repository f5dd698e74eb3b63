"""Django's settings, made from the configuration."""

from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from claimdesk.config.configuration import cache_settings, database_settings, read_configuration
from claimdesk.config.file_storage import storage_settings
from claimdesk.config.static_digest import static_digest

PACKAGE_DIR = Path(__file__).resolve().parent.parent
CONFIGURATION = read_configuration()
BASE_URL = CONFIGURATION.base_url
IS_HTTPS = urlsplit(BASE_URL).scheme == "https"

SECRET_KEY = CONFIGURATION.secret_key
DEBUG = False
ALLOWED_HOSTS = CONFIGURATION.allowed_hosts
CSRF_TRUSTED_ORIGINS = [BASE_URL]
ROOT_URLCONF = "claimdesk.config.urls"
WSGI_APPLICATION = "claimdesk.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "claimdesk.web",
    "claimdesk.office",
    "claimdesk.portal",
    "claimdesk.mail",
    "claimdesk.aftersales",
    "claimdesk.orders",
    "claimdesk.warranty",
    "claimdesk.catalog",
    "claimdesk.access",
    "claimdesk.customers",
    "claimdesk.conversations",
    "claimdesk.company",
    "claimdesk.people",
    "claimdesk.ledger",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.forms",  # its templates, which those of web go before
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_countries",
    "django_filters",
    "django_htmx",
    "django_tasks",
    "template_partials",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "claimdesk.web.middleware.ActorMiddleware",
    "claimdesk.web.preferences.PreferencesMiddleware",
    "claimdesk.web.middleware.RefusalMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "claimdesk.web.context.furniture",
            ],
        },
    },
]
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # usernames are unique without regard to case, by a constraint
FORM_RENDERER = "claimdesk.web.forms.Renderer"

DATABASES = {"default": database_settings(CONFIGURATION.database_url)}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
MESSAGE_STORAGE = "claimdesk.web.message_storage.MessageStorage"
SESSION_COOKIE_NAME = "claimdesk_session"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "claimdesk.web.errors.csrf_failure"

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
CACHES = {"default": cache_settings(CONFIGURATION.cache_url)}
MATCHING_EXTRA_WORDS = CONFIGURATION.matching_words
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"

ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
# Compared as typed in lower case, for which there is an index; without regard to case all users would be read.
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username_folded"
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_ADAPTER = "claimdesk.access.allauth.AccountAdapter"
ACCOUNT_RATE_LIMITS = False  # they live in a cache of one process; people/actions/attempts.py counts for all
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/sign-in/"
MFA_ADAPTER = "claimdesk.access.allauth.SecondFactorAdapter"
TRUSTED_PROXIES = CONFIGURATION.trusted_proxies
USERSESSIONS_TRACK_ACTIVITY = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_HTTPS  # browsers themselves allow it for localhost alone
MFA_RATE_LIMITS = False
MFA_TOTP_TOLERANCE = 1

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("de", _("German"))]
LOCALE_PATHS = [PACKAGE_DIR / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

STATIC_DIGEST = static_digest(PACKAGE_DIR)
STATIC_URL = f"/static/{STATIC_DIGEST}/"
GATHERED_STATIC_FILES = CONFIGURATION.data_dir / "static" / STATIC_DIGEST  # by `serve` and `web`, compressed
STATIC_ROOT = GATHERED_STATIC_FILES if GATHERED_STATIC_FILES.is_dir() else None
MEDIA_ROOT = CONFIGURATION.data_dir / "files"
STORAGES = {
    "default": storage_settings(CONFIGURATION.storage_url),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = STATIC_ROOT is None
WHITENOISE_MAX_AGE = 31536000

SMTP_URL = CONFIGURATION.smtp_url
SCANNER_URL = CONFIGURATION.scanner_url
CONVERSATION_SUBJECTS = "claimdesk.config.subjects.SUBJECTS"
TASKS = {"default": {"BACKEND": "claimdesk.ledger.tasks.LedgerBackend"}}
LEDGER_REACTIONS = "claimdesk.config.reactions.REACTIONS"
LEDGER_TIMERS = "claimdesk.config.reactions.TIMERS"
LEDGER_LEASE_SECONDS = 30

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "claimdesk": {"level": "INFO"},
        "django": {"handlers": [], "level": "WARNING"},
        "django.request": {"level": "ERROR"},
        # Whoever asks for a foreign host gets 400; a traceback each would only fill the log.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if IS_HTTPS:
    SECURE_HSTS_SECONDS = 31536000
if CONFIGURATION.trusted_proxies:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_HANDLERS = [
    "claimdesk.web.uploads.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

"""What the administrator configures: environment variables CLAIMDESK_… or `claimdesk.toml`, checked at start."""

import os
import secrets
import tempfile
import tomllib
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from claimdesk.conversations.files.scanning import is_scanner_address
from claimdesk.mail.smtp_url import mail_server

NAMES = (
    "database_url",
    "secret_key",
    "base_url",
    "data_dir",
    "smtp_url",
    "imap_url",
    "storage_url",
    "scanner_url",
    "cache_url",
    "allowed_hosts",
    "trusted_proxies",
    "metrics_token",
    "matching_words",
)


class ConfigurationError(Exception):
    """The configuration cannot be used; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """The checked configuration. URLs are as given; lists are split at commas."""

    data_dir: Path
    database_url: str
    secret_key: str
    base_url: str
    smtp_url: str = ""
    imap_url: str = ""
    storage_url: str = ""
    scanner_url: str = ""
    cache_url: str = ""
    allowed_hosts: list[str] = field(default_factory=list)
    trusted_proxies: list[str] = field(default_factory=list)
    metrics_token: str = ""
    matching_words: str = ""
    is_base_url_given: bool = False
    is_secret_key_given: bool = False


def read_configuration() -> Configuration:
    """Return the configuration from the environment, else `claimdesk.toml`, else what suits one machine.

    Raises: ConfigurationError.
    """
    given = _from_file() | {
        name: os.environ[f"CLAIMDESK_{name.upper()}"]
        for name in NAMES
        if f"CLAIMDESK_{name.upper()}" in os.environ
    }
    data_dir = Path(given.get("data_dir") or "var").resolve()
    base_url = (given.get("base_url") or "http://127.0.0.1:8000").rstrip("/")
    parts = urlsplit(base_url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path:
        raise ConfigurationError(
            f"CLAIMDESK_BASE_URL is {base_url!r}: give scheme and host only, as in https://desk.example.com"
        )
    _check_servers(given)
    hosts = _list(given.get("allowed_hosts", "")) or [parts.hostname, "127.0.0.1", "localhost", "[::1]"]
    return Configuration(
        data_dir=data_dir,
        database_url=given.get("database_url") or f"sqlite:///{data_dir / 'claimdesk.sqlite3'}",
        secret_key=given.get("secret_key") or _kept_secret(data_dir),
        base_url=base_url,
        smtp_url=given.get("smtp_url", ""),
        imap_url=given.get("imap_url", ""),
        storage_url=given.get("storage_url", ""),
        scanner_url=given.get("scanner_url", ""),
        cache_url=given.get("cache_url", ""),
        allowed_hosts=hosts,
        trusted_proxies=_list(given.get("trusted_proxies", "")),
        metrics_token=given.get("metrics_token", ""),
        matching_words=given.get("matching_words", ""),
        is_base_url_given=bool(given.get("base_url")),
        is_secret_key_given=bool(given.get("secret_key")),
    )


def _check_servers(given: dict[str, str]) -> None:
    if given.get("smtp_url"):
        try:
            mail_server(given["smtp_url"])
        except ValueError as error:
            raise ConfigurationError(str(error)) from None
    if given.get("scanner_url") and not is_scanner_address(given["scanner_url"]):
        raise ConfigurationError(
            "CLAIMDESK_SCANNER_URL must be the address of clamd: unix:///run/clamav/clamd.ctl or tcp://host:3310"
        )


def database_settings(url: str) -> dict[str, object]:
    """Return Django's settings of the database at `url` (sqlite:///PATH or postgresql://user:pw@host:port/name).

    Raises: ConfigurationError.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite_settings(url.removeprefix("sqlite:///") or ":memory:")
    if parts.scheme in ("postgres", "postgresql"):
        options: dict[str, object] = {key: values[-1] for key, values in parse_qs(parts.query).items()}
        host = options.pop("host", None) or unquote(parts.hostname or "")
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": host,
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": options,
        }
    raise ConfigurationError(
        f"CLAIMDESK_DATABASE_URL begins with {parts.scheme!r}: use sqlite:///PATH or postgresql://user:password@host/name"
    )


def cache_settings(url: str) -> dict[str, object]:
    """Return the cache that all processes share: Redis where `url` names one, else a table of the database."""
    if not url:
        return {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "claimdesk_cache"}
    if urlsplit(url).scheme not in ("redis", "rediss"):
        raise ConfigurationError("CLAIMDESK_CACHE_URL must begin with redis:// or rediss://")
    if find_spec("redis") is None:
        raise ConfigurationError("CLAIMDESK_CACHE_URL needs a package more: pip install 'claimdesk[redis]'")
    return {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": url,
        "KEY_PREFIX": "claimdesk",
    }


def sqlite_settings(path: str) -> dict[str, object]:
    """Return settings under which SQLite is durable and its writers queue instead of failing."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456;",
        },
    }


def _from_file() -> dict[str, str]:
    path = Path(os.environ.get("CLAIMDESK_CONFIG", "claimdesk.toml"))
    if not path.is_file():
        return {}
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path}: {error}") from error
    unknown = sorted(set(values) - set(NAMES))
    if unknown:
        raise ConfigurationError(f"{path}: unknown name {unknown[0]!r}; known are {', '.join(NAMES)}")
    return {
        name: ",".join(value) if isinstance(value, list) else str(value) for name, value in values.items()
    }


def _kept_secret(data_dir: Path) -> str:
    """Return the secret key that the data folder keeps; the first start makes it, whole or not at all."""
    path = data_dir / "secret-key"
    if not path.exists():
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, made = tempfile.mkstemp(dir=data_dir, prefix="secret-key-")  # only we may read it
        try:
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(secrets.token_urlsafe(48))
                file.flush()
                os.fsync(file.fileno())
            with suppress(FileExistsError):  # a rival that starts beside us was faster
                os.link(made, path)
        finally:
            os.unlink(made)
    return path.read_text(encoding="ascii")


def _list(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]

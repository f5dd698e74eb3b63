"""Settings that an attacker would look at."""

import ipaddress
import math
import stat
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings

from claimdesk.config.checkup.finding import Finding, fail, ok, warn

ENOUGH_BITS = 128


def security() -> Iterator[Finding]:
    """The secret, the address, the hosts, the proxies, debugging."""
    yield secret_key(settings.SECRET_KEY)
    yield from _secret_file()
    yield base_url(settings.BASE_URL, is_given=settings.CONFIGURATION.is_base_url_given)
    yield allowed_hosts(settings.ALLOWED_HOSTS, settings.BASE_URL)
    yield trusted_proxies(settings.CONFIGURATION.trusted_proxies, settings.BASE_URL)
    if settings.DEBUG:
        yield fail("debug", "is on: error pages show secrets", "Set DEBUG = False.")
    else:
        yield ok("debug", "off")


def secret_key(key: str) -> Finding:
    """Whether the key that signs sessions and links can be guessed."""
    counts = Counter(key)
    bits = -sum(n * math.log2(n / len(key)) for n in counts.values()) if key else 0.0
    if bits < ENOUGH_BITS:
        advice = "Unset CLAIMDESK_SECRET_KEY to have one made, or set one of 50 random characters."
        return fail("secret key", "too short or too plain", advice)
    return ok("secret key", "strong")


def base_url(url: str, *, is_given: bool) -> Finding:
    """Whether links in mails lead here, over HTTPS."""
    parts = urlsplit(url)
    if _is_local(parts.hostname or ""):
        advice = "Set CLAIMDESK_BASE_URL=https://desk.example.com before others use this house."
        text = f"{url} can be opened on this machine alone" + ("" if is_given else " (nothing configured)")
        return warn("base URL", text, advice)
    if parts.scheme != "https":
        advice = "Put a proxy with a certificate in front and set CLAIMDESK_BASE_URL=https://…"
        return fail("base URL", f"{url} sends passwords unguarded", advice)
    return ok("base URL", url)


def allowed_hosts(hosts: list[str], url: str) -> Finding:
    """Whether requests are taken for our own name, and only for it."""
    host = urlsplit(url).hostname or ""
    if "*" in hosts:
        return fail("allowed hosts", "any", f"Set CLAIMDESK_ALLOWED_HOSTS={host}.")
    if not any(host == name or (name.startswith(".") and host.endswith(name)) for name in hosts):
        advice = f"Add {host} to CLAIMDESK_ALLOWED_HOSTS."
        return fail("allowed hosts", f"{host} of the base URL is not among them", advice)
    return ok("allowed hosts", ", ".join(hosts))


def trusted_proxies(proxies: list[str], url: str) -> Finding:
    """Whether we know the proxy that HTTPS needs in front of us."""
    if urlsplit(url).scheme == "https" and not proxies:
        advice = "Set CLAIMDESK_TRUSTED_PROXIES to the proxy's address, else all visitors share one address."
        return warn("trusted proxies", "none, though HTTPS ends in front of this server", advice)
    return ok("trusted proxies", ", ".join(proxies) or "none needed")


def _secret_file() -> Iterator[Finding]:
    path = settings.CONFIGURATION.data_dir / "secret-key"
    if settings.CONFIGURATION.is_secret_key_given or not path.exists():
        return
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        yield fail("secret file", f"{path} can be read by others", f"Run: chmod 600 {path}")
    else:
        yield ok("secret file", f"{path} is readable by this user alone")


def _is_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"

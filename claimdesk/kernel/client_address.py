"""The network address that a request comes from."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

# A household or an office holds a whole /64 of IPv6; counting single addresses would count nothing.
IPV6_PREFIX = 64
UNKNOWN = "0.0.0.0"  # noqa: S104 - nothing is bound to it


def client_address(request: HttpRequest) -> str:
    """Return the address of the client: the peer, or what a trusted proxy says of it.

    Proxies append to X-Forwarded-For, so the list is read from its end, past the proxies that are trusted.
    """
    given = [request.META.get("REMOTE_ADDR", "")]
    if _is_trusted(given[0]):
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        given = [*(part.strip() for part in forwarded if part.strip()), *given]
    stranger = next((address for address in reversed(given) if not _is_trusted(address)), given[0])
    parsed = _parse(stranger)
    return str(parsed) if parsed else UNKNOWN


def counted_address(address: str) -> str:
    """Return the address as attempts are counted: IPv6 by its network."""
    parsed = _parse(address)
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(ipaddress.IPv6Network(f"{parsed}/{IPV6_PREFIX}", strict=False).network_address)
    return str(parsed) if parsed else UNKNOWN


def _is_trusted(address: str) -> bool:
    parsed = _parse(address)
    return parsed is not None and any(
        parsed in ipaddress.ip_network(proxy, strict=False) for proxy in settings.TRUSTED_PROXIES
    )


def _parse(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return None
    # A server that listens on "::" sees all of IPv4 as ::ffff:192.0.2.1, one network of IPv6 for everybody.
    return getattr(parsed, "ipv4_mapped", None) or parsed

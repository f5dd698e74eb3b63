"""The mail server as the administrator names it: smtp://, smtps:// or smtp+starttls://user:password@host:port."""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed over. `scheme` says how the connection is guarded."""

    scheme: str
    host: str
    port: int
    user: str = ""
    password: str = ""

    def __str__(self) -> str:
        return f"{self.scheme}://{self.host}:{self.port}"


def mail_server(url: str) -> MailServer:
    """Return the server that `url` names.

    Raises: ValueError, which says what to write instead and never repeats the password.
    """
    parts = urlsplit(url)
    if parts.scheme not in PORTS:
        known = ", ".join(f"{scheme}://" for scheme in PORTS)
        raise ValueError(f"CLAIMDESK_SMTP_URL begins with {parts.scheme!r}: use one of {known}")
    try:
        port = parts.port or PORTS[parts.scheme]
    except ValueError:
        raise ValueError("CLAIMDESK_SMTP_URL has no usable port: write smtp://host:25") from None
    if not parts.hostname:
        raise ValueError("CLAIMDESK_SMTP_URL names no host: write smtp+starttls://user:password@host:587")
    return MailServer(
        parts.scheme, parts.hostname, port, unquote(parts.username or ""), unquote(parts.password or "")
    )

"""Secrets that are derived, not stored: the database holds a nonce, the link or code is made from it.

A mail can so be composed by the worker long after the deed, and a stolen database opens no door.
"""

import secrets

from django.utils.crypto import constant_time_compare, salted_hmac

NONCE_LENGTH = 32


def new_nonce() -> str:
    """Return a fresh nonce for a row; replacing a row's nonce voids what was derived from it."""
    return secrets.token_urlsafe(24)[:NONCE_LENGTH]


def token(purpose: str, key: int | str, nonce: str) -> str:
    """Return the link token of a row: its key and 160 bits of HMAC-SHA-256."""
    digest = salted_hmac("claimdesk.token." + purpose, f"{key}:{nonce}", algorithm="sha256")
    return f"{key}-{digest.hexdigest()[:40]}"


def code(purpose: str, key: int | str, nonce: str) -> str:
    """Return six digits to type, derived as `token` is; its row limits the attempts."""
    digest = salted_hmac("claimdesk.code." + purpose, f"{key}:{nonce}", algorithm="sha256").digest()
    return f"{int.from_bytes(digest[:8], 'big') % 1_000_000:06d}"


def key_of(text: str) -> int | None:
    """Return the row key that a token names, to look its row up before `matches`."""
    key = text.partition("-")[0]
    return int(key) if key.isascii() and key.isdigit() and len(key) < 19 else None


def matches(given: str, expected: str) -> bool:
    """Compare two secrets in constant time."""
    return constant_time_compare(given, expected)

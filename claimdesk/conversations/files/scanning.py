"""Asking a virus scanner: clamd's protocol over a socket, the content in pieces (clamd(8), INSTREAM)."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO
from urllib.parse import urlsplit

_PIECE = 1 << 16
_SECONDS = 60.0


class ScannerFailed(Exception):
    """The scanner cannot be asked, or did not answer as it should; to be tried again."""


def look_for_viruses(file: IO[bytes], *, scanner: str) -> str:
    """Return what the scanner found in `file`, or nothing.

    Takes: `scanner`, its address: unix:///run/clamav/clamd.ctl or tcp://host:3310.
    Raises: ScannerFailed.
    """
    try:
        with _connected(scanner) as connection:
            connection.sendall(b"zINSTREAM\0")
            while piece := file.read(_PIECE):
                connection.sendall(len(piece).to_bytes(4, "big") + piece)
            connection.sendall(bytes(4))
            answer = b"".join(_pieces(connection)).rstrip(b"\0").decode("utf-8", "replace")
    except OSError as error:
        raise ScannerFailed(f"the virus scanner at {scanner} does not answer: {error}") from error
    words = answer.removeprefix("stream: ")
    if words == "OK":
        return ""
    if words.endswith(" FOUND"):
        return words.removesuffix(" FOUND")
    raise ScannerFailed(f"the virus scanner at {scanner} answered {answer!r}")


def is_scanner_address(url: str) -> bool:
    """Tell whether `url` is an address as `look_for_viruses` takes it."""
    parts = urlsplit(url)
    return bool(parts.path) if parts.scheme == "unix" else parts.scheme == "tcp" and bool(parts.hostname)


@contextmanager
def _connected(scanner: str) -> Iterator[socket.socket]:
    parts = urlsplit(scanner)
    if parts.scheme == "unix":
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(_SECONDS)
    else:
        connection = socket.create_connection((parts.hostname or "", parts.port or 3310), timeout=_SECONDS)
    with connection:
        if parts.scheme == "unix":
            connection.connect(parts.path)
        yield connection


def _pieces(connection: socket.socket) -> Iterator[bytes]:
    while piece := connection.recv(4096):
        yield piece

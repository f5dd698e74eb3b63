"""Taking a file: what is it, may it come in, and what of it is kept (F2)."""

import hashlib
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext as _

from claimdesk.conversations.files.kinds import KINDS, Kind, kind_of, of_extension
from claimdesk.conversations.files.names import clean_name, split_name
from claimdesk.kernel.pictures import NotAPicture, as_jpeg, as_png, read_picture, within

MOST_BYTES = 25 << 20
MOST_FILES = 50
MOST_BYTES_OF_SUBJECT = 250 << 20
MOST_AT_ONCE = 20
THUMBNAIL = 320


class NotTaken(Exception):
    """The file cannot be taken. `reason` is a code, the message is for people and names the file."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class TakenFile:
    """A file that may come in. `content` is what is kept: of a picture, what was drawn anew."""

    name: str
    kind: Kind
    content: bytes
    digest: str
    thumbnail: bytes = b""


def take(file: IO[bytes], *, name: str, size: int) -> TakenFile:
    """Return what of an uploaded file is kept.

    Takes: `name` as the sender gave it; `size` in bytes, looked at before anything is read.
    Raises: NotTaken (`empty`, `too_large`, `kind`, `other_kind`, `too_many_pixels`, `unreadable`).
    """
    name = clean_name(name)
    if size == 0:
        raise NotTaken("empty", _("%(name)s is empty.") % {"name": name})
    if size > MOST_BYTES:
        raise NotTaken(
            "too_large",
            _("%(name)s is larger than %(most)s MB.") % {"name": name, "most": MOST_BYTES >> 20},
        )
    stem, extension = split_name(name)
    kind = kind_of(file, extension)
    if kind is None:
        words = _("%(name)s cannot be taken. Send pictures, PDF, Office documents, text, CSV or zip files.")
        raise NotTaken("kind", words % {"name": name})
    named = of_extension(extension)
    if named and named is not kind and not (named.is_picture and kind.is_picture):
        values = {"name": name, "named": named.label, "kind": kind.label}
        raise NotTaken("other_kind", _("%(name)s is named like: %(named)s. But it is: %(kind)s.") % values)
    if kind.is_picture:
        return _drawn(file, name, stem, kind, size)
    file.seek(0)
    content = file.read()
    return TakenFile(_named(stem, extension, kind), kind, content, _digest(content))


def _drawn(file: IO[bytes], name: str, stem: str, kind: Kind, size: int) -> TakenFile:
    """Return the picture drawn anew: what browsers show, whatever it came as."""
    file.seek(0)
    try:
        picture = read_picture(file, size=size, most_bytes=MOST_BYTES)
    except NotAPicture as refusal:
        raise NotTaken(refusal.reason, _WORDS[refusal.reason]() % {"name": name}) from refusal
    is_exact = picture.mode == "RGBA" or kind.mime in ("image/png", "image/gif")
    kept = KINDS["image/png" if is_exact else "image/jpeg"]
    content = as_png(picture) if is_exact else as_jpeg(picture)
    thumbnail = as_jpeg(within(picture, THUMBNAIL))
    return TakenFile(f"{stem}.{kept.extensions[0]}", kept, content, _digest(content), thumbnail)


def _named(stem: str, extension: str, kind: Kind) -> str:
    """Return a name whose last extension is one of the kind's, so that no disk takes text for a program."""
    if extension in kind.extensions:
        return f"{stem}.{extension}"
    whole = f"{stem}.{extension}" if extension else stem
    return clean_name(f"{whole}.{kind.extensions[0]}")


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


_WORDS = {
    "too_large": lambda: _("%(name)s is too large."),
    "too_many_pixels": lambda: _("%(name)s has more than 40 million pixels."),
    "unreadable": lambda: _("%(name)s cannot be read as a picture."),
}

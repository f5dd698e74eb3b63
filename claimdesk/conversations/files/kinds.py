"""The kinds of files that are taken, told by their content; a name only chooses among what the content allows."""

import codecs
import re
import zipfile
from dataclasses import dataclass
from typing import IO

import filetype
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file. `extensions` are those its names may have, the usual one first.

    `is_picture`: it is drawn anew. `is_active`: a browser would run it, so it never gets its own type again.
    """

    mime: str
    label: str | Promise
    extensions: tuple[str, ...]
    is_picture: bool = False
    is_active: bool = False

    @property
    def sent_as(self) -> str:
        """Return the content type under which the file is sent to people."""
        return "application/octet-stream" if self.is_active else self.mime


_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
KINDS = {
    kind.mime: kind
    for kind in (
        Kind("image/jpeg", _("JPEG picture"), ("jpg", "jpeg"), is_picture=True),
        Kind("image/png", _("PNG picture"), ("png",), is_picture=True),
        Kind("image/webp", _("WebP picture"), ("webp",), is_picture=True),
        Kind("image/gif", _("GIF picture"), ("gif",), is_picture=True),
        Kind("image/heic", _("HEIC picture"), ("heic", "heif"), is_picture=True),
        Kind("application/pdf", _("PDF document"), ("pdf",)),
        Kind(f"{_OOXML}wordprocessingml.document", _("Word document"), ("docx",)),
        Kind(f"{_OOXML}spreadsheetml.sheet", _("Excel sheet"), ("xlsx",)),
        Kind(f"{_OOXML}presentationml.presentation", _("PowerPoint slides"), ("pptx",)),
        Kind(f"{_ODF}text", _("OpenDocument text"), ("odt",)),
        Kind(f"{_ODF}spreadsheet", _("OpenDocument sheet"), ("ods",)),
        Kind("application/zip", _("Zip archive"), ("zip",)),
        Kind("text/csv", _("CSV table"), ("csv", "tsv")),
        Kind("text/plain", _("Text"), ("txt", "log", "md", "json", "xml", "eml")),
        Kind("text/html", _("Web page"), ("html", "htm", "xhtml"), is_active=True),
        Kind("image/svg+xml", _("SVG drawing"), ("svg",), is_active=True),
    )
}
_MAIN_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
_BY_EXTENSION = {extension: kind for kind in KINDS.values() for extension in kind.extensions}
# What was passed over is not tried another way (*+): a file of comments would be read for years.
_BEGINS_AS_PAGE = re.compile(
    r"(?:\s|<!--.*?-->|<\?xml[^>]*>)*+<(?:!doctype\s+(html|svg)|(html|head|body|script|iframe|svg|img|object|embed|meta|link|style|base|form)\b)",
    re.IGNORECASE | re.DOTALL,
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_HEAD = 8192
_MOST_CONTENTS = 1 << 20
_END_OF_ZIP, _END_BYTES, _LONGEST_COMMENT = b"PK\x05\x06", 22, 1 << 16


def kind_of(file: IO[bytes], extension: str) -> Kind | None:
    """Return what the content of `file` is, or None for what is not taken.

    Takes: `extension` of its name, in lower case; it tells a CSV table from other text, and nothing else.
    """
    file.seek(0)
    head = file.read(_HEAD)
    if head.startswith(b"%PDF-"):
        return KINDS["application/pdf"]
    if head.startswith(b"PK\x03\x04"):
        return _kind_of_zip(file)
    file.seek(0)
    text = _text(file.read())
    if text is not None:
        return _kind_of_text(text, extension)
    guess = filetype.guess(head)
    mime = "image/heic" if guess and guess.mime == "image/heif" else getattr(guess, "mime", "")
    kind = KINDS.get(mime)
    return kind if kind and kind.is_picture else None


def of_extension(extension: str) -> Kind | None:
    """Return the kind whose names have that extension."""
    return _BY_EXTENSION.get(extension)


def _kind_of_zip(file: IO[bytes]) -> Kind | None:
    """Tell by the table of contents; no part is unpacked, but for the word of 100 bytes by which OpenDocument
    says what it is. Documents with macros are not taken.
    """
    if _bytes_of_contents(file) > _MOST_CONTENTS:
        return None
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            if not parts:
                return None
            names = {part.filename for part in parts}
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                return None
            first = parts[0]
            if first.filename == "mimetype" and first.compress_type == zipfile.ZIP_STORED:
                return KINDS.get(_word(archive, first))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return None
    if "[Content_Types].xml" in names:
        return next((_BY_EXTENSION[kind] for part, kind in _MAIN_PARTS.items() if part in names), None)
    return KINDS["application/zip"]


def _bytes_of_contents(file: IO[bytes]) -> int:
    """Return how long the table of contents is, so that nobody has us list a million parts (APPNOTE 4.3.16)."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _END_BYTES - _LONGEST_COMMENT))
    tail = file.read()
    end = tail.rfind(_END_OF_ZIP)
    return int.from_bytes(tail[end + 12 : end + 16], "little") if end >= 0 else size


def _word(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> str:
    with archive.open(part) as word:
        return word.read(100).decode("ascii", "replace").strip()


def _text(content: bytes) -> str | None:
    """Return `content` as text, or None if it is none."""
    encodings = ["utf-8-sig", "cp1252"]
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if _CONTROL.search(text) else text
    return None


def _kind_of_text(text: str, extension: str) -> Kind:
    page = _BEGINS_AS_PAGE.match(text[:_HEAD])
    if page:
        is_drawing = (page[1] or page[2]).lower() == "svg"
        return KINDS["image/svg+xml" if is_drawing else "text/html"]
    return KINDS["text/csv" if extension in ("csv", "tsv") else "text/plain"]

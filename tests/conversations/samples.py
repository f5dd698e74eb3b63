"""Files as people send them, and as attackers do."""

import zipfile
import zlib
from io import BytesIO

from PIL import Image

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
PAGE = b"<!DOCTYPE html><html><script>alert(document.cookie)</script></html>"
DRAWING = b'<?xml version="1.0"?><!-- x --><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
PLACE = "secret place"


def picture(kind: str = "JPEG", *, size: tuple[int, int] = (640, 480), mode: str = "RGB") -> bytes:
    """A picture with a place, a camera and a comment in its metadata."""
    exif = Image.Exif()
    exif[0x010E] = PLACE
    exif.get_ifd(0x8825)[0x001D] = PLACE
    written = BytesIO()
    named = {"comment": PLACE.encode()} if kind in ("JPEG", "GIF") else {}
    exif_too = {"exif": exif} if kind in ("JPEG", "PNG", "WEBP", "HEIF") else {}
    Image.new(mode, size, "teal").save(written, kind, **named, **exif_too)
    return written.getvalue()


def pixels_claimed(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it has that many pixels."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        body = kind + content
        return len(content).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([8, 2, 0, 0, 0])
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def archive(parts: dict[str, bytes]) -> bytes:
    """A zip archive with parts of those names."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as file:
        for name, body in parts.items():
            how = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            file.writestr(name, body, compress_type=how)
    return written.getvalue()


def office_document(main_part: str, **more: bytes) -> bytes:
    """A document of Office Open XML."""
    return archive({"[Content_Types].xml": b"<Types/>", main_part: b"<x/>", **more})

"""Taking a file: what it is by its content, what is kept of it, what may not come in."""

from io import BytesIO

import pytest
from PIL import Image

from claimdesk.conversations.files.kinds import KINDS
from claimdesk.conversations.files.names import LONGEST, clean_name
from claimdesk.conversations.files.taking import MOST_BYTES, NotTaken, TakenFile, take
from tests.conversations.samples import (
    DRAWING,
    PAGE,
    PDF,
    PLACE,
    archive,
    office_document,
    picture,
    pixels_claimed,
)

DOCX = office_document("word/document.xml")
ODS = archive({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"})


def taken(content: bytes, name: str) -> TakenFile:
    """The file as it would be kept."""
    return take(BytesIO(content), name=name, size=len(content))


def refusal(content: bytes, name: str) -> str:
    """The code under which the file is refused."""
    with pytest.raises(NotTaken) as refused:
        taken(content, name)
    return refused.value.reason


@pytest.mark.parametrize(
    ("name", "content", "extension"),
    [
        ("a.pdf", PDF, "pdf"),
        ("a.docx", DOCX, "docx"),
        ("a.xlsx", office_document("xl/workbook.xml"), "xlsx"),
        ("a.pptx", office_document("ppt/presentation.xml"), "pptx"),
        ("a.ods", ODS, "ods"),
        ("a.zip", archive({"a.txt": b"a"}), "zip"),
        ("a.csv", "number;name\n1;Müller\n".encode("cp1252"), "csv"),
        ("a.txt", "\ufeffGrüße".encode("utf-16"), "txt"),
        ("MZ-1200.txt", b"MZ-1200 is a drill; BMW is not.", "txt"),
        ("a.html", PAGE, "html"),
        ("a.svg", DRAWING, "svg"),
        ("a.jpg", picture(), "jpg"),
        ("a.webp", picture("WEBP"), "jpg"),
        ("a.heic", picture("HEIF"), "jpg"),
        ("a.png", picture("PNG"), "png"),
        ("a.gif", picture("GIF"), "png"),
    ],
)
def test_a_file_is_what_its_content_says(name, content, extension):  # F2
    file = taken(content, name)

    assert file.name.rpartition(".")[2] == extension
    assert extension in file.kind.extensions


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF", "GIF"])
def test_pictures_are_drawn_anew_without_place_and_comment(kind):  # F1 F2
    sent = picture(kind, size=(800, 400))
    assert PLACE.encode() in sent

    file = taken(sent, "photo.jpg")

    drawn = Image.open(BytesIO(file.content))
    assert PLACE.encode() not in file.content + file.thumbnail
    assert not drawn.getexif()
    assert drawn.size == (800, 400)
    assert Image.open(BytesIO(file.thumbnail)).size == (320, 160)


def test_a_photo_lies_as_it_was_taken():  # F2
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned
    written = BytesIO()
    Image.new("RGB", (40, 20)).save(written, "JPEG", exif=exif)

    assert Image.open(BytesIO(taken(written.getvalue(), "a.jpg").content)).size == (20, 40)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP"])
def test_what_is_hidden_behind_a_picture_is_lost(kind):  # F2
    file = taken(picture(kind) + PAGE + archive({"evil.exe": b"MZ"}), "photo.jpg")

    assert b"script" not in file.content
    assert b"evil.exe" not in file.content


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("photo.jpg", PAGE, "other_kind"),
        ("photo.png", DRAWING, "other_kind"),
        ("photo.jpg", PDF, "other_kind"),
        ("offer.pdf", DOCX, "other_kind"),
        ("offer.docx", archive({"a.txt": b"a"}), "other_kind"),
        ("offer.docm", office_document("word/document.xml", **{"word/vbaProject.bin": b"x"}), "kind"),
        ("offer.docx", office_document("word/document.xml", **{"word/vbaProject.bin": b"x"}), "kind"),
        ("photo.jpg", b"MZ\x90\x00\x03\x00\x00\x00" + b"\x00" * 200, "kind"),
        ("run", b"\x7fELF\x02\x01\x01" + b"\x00" * 200, "kind"),
        ("scan.tiff", b"II*\x00" + b"\x00" * 200, "kind"),
        ("photo.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00 broken", "unreadable"),
        ("photo.heic", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic broken", "unreadable"),
        ("broken.zip", b"PK\x03\x04" + b"\x00" * 50, "kind"),
        ("nothing.txt", b"", "empty"),
    ],
)
def test_what_deceives_or_is_on_no_list_is_refused(name, content, reason):  # F2
    assert refusal(content, name) == reason


@pytest.mark.parametrize("size", [(100_000, 100_000), (8000, 6000), (2**31 - 1, 2**31 - 1)])
def test_a_picture_that_claims_too_many_pixels_is_not_unpacked(size):  # F2
    assert refusal(pixels_claimed(*size), "bomb.png") == "too_many_pixels"


def test_a_file_that_is_too_large_is_not_read():  # F2
    class Unread(BytesIO):
        def read(self, *_size: int) -> bytes:
            raise AssertionError("was read")

    with pytest.raises(NotTaken) as refused:
        take(Unread(), name="a.pdf", size=MOST_BYTES + 1)

    assert refused.value.reason == "too_large"


def test_archives_are_never_unpacked():  # F2
    bomb = archive({"zeros": bytes(30 << 20)})

    file = taken(bomb, "bomb.zip")

    assert (file.content, file.kind.mime) == (bomb, "application/zip")


def test_an_archive_with_an_endless_table_of_contents_is_not_listed():  # F2
    sent = bytearray(archive({"a": b"a"}))
    end = sent.rfind(b"PK\x05\x06")
    sent[end + 12 : end + 16] = (2 << 20).to_bytes(4, "little")

    assert refusal(bytes(sent), "a.zip") == "kind"


@pytest.mark.parametrize("extension", ["bat", "js", "hta", "ps1", ""])
def test_text_never_keeps_the_name_of_a_program(extension):  # F2
    file = taken(b"del C:\\", f"invoice.{extension}")

    assert file.name == f"invoice.{extension}.txt".replace("..", ".")
    assert file.kind.mime == "text/plain"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\photo.jpg", "photo.jpg"),
        ("invoice\u202egpj.exe", "invoicegpj.exe"),
        ("a\u200b\u2066b\x00\n.pdf", "ab.pdf"),
        ('<script>"x"|y?.pdf', "_script__x__y_.pdf"),
        ("..", "file"),
        ("", "file"),
        (".htaccess", "htaccess"),
        ("CON.pdf", "_CON.pdf"),
        ("  Angebot   Müller.PDF ", "Angebot Müller.pdf"),
        ("Cafe\u0301.pdf", "Café.pdf"),
        ("x" * 300 + ".pdf", "x" * (LONGEST - 4) + ".pdf"),
    ],
)
def test_names_are_made_harmless(sent, kept):  # F2
    assert clean_name(sent) == kept


def test_what_a_browser_would_run_is_never_sent_as_what_it_is():  # F2
    active = {kind.mime for kind in KINDS.values() if kind.is_active}

    assert active == {"text/html", "image/svg+xml"}
    assert {KINDS[mime].sent_as for mime in active} == {"application/octet-stream"}


def test_a_file_of_comments_is_read_at_once():  # F2
    """Tried in every way in which its comments could end, it would keep the server busy for years."""
    comments = b"<!---->" * 1000

    assert taken(comments + b"no page", "notes.txt").kind.mime == "text/plain"
    assert taken(comments + b"<!DOCTYPE html>", "page.html").kind.is_active

"""What comes along with requests is bounded before it reaches the disk, for visitors too."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from claimdesk.web.uploads import MOST_BYTES

pytestmark = pytest.mark.django_db
SIGN_IN = "/sign-in/"


class Endless(BytesIO):
    """A body of which nobody may read."""

    def read(self, *_size: int) -> bytes:
        raise AssertionError("it was read")


def test_a_request_that_would_fill_the_disk_is_not_read():  # F2
    answer = Client().generic("POST", SIGN_IN, **sent(MOST_BYTES + 1))

    assert answer.status_code == 400


def test_what_is_not_too_large_comes_in():  # F2
    answer = Client().post(SIGN_IN, {"login": "a", "file": SimpleUploadedFile("a.txt", b"some words")})

    assert answer.status_code == 422


def sent(length: int) -> dict[str, object]:
    """What a server says of a request of so many bytes."""
    return {
        "CONTENT_TYPE": "multipart/form-data; boundary=x",
        "CONTENT_LENGTH": str(length),
        "wsgi.input": Endless(),
    }

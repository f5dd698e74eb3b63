"""What comes along with requests is bounded, for visitors too."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from claimdesk.web import uploads

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("files", "status"), [([700], 422), ([700, 700], 400), ([1400], 400)])
def test_a_request_that_would_fill_the_disk_is_broken_off(monkeypatch, files, status):  # F2
    monkeypatch.setattr(uploads, "MOST_BYTES", 1000)
    sent = {f"file_{n}": SimpleUploadedFile("a.txt", b"a" * size) for n, size in enumerate(files)}

    answer = Client().post("/sign-in/", {"login": "a", **sent})

    assert answer.status_code == status

"""How much one request may bring along in files, whoever sends it."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

MOST_BYTES = 300 << 20  # more than all files that a subject may have, and than a table of a million rows


class Bounded(FileUploadHandler):
    """Counts what passes on its way to the handlers after it, and breaks off a request that is too large."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.bytes = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Raise RequestDataTooBig, which is answered by 400; what came so far is removed."""
        self.bytes += len(raw_data)
        if self.bytes > MOST_BYTES:
            raise RequestDataTooBig(f"more than {MOST_BYTES} bytes of files")
        return raw_data

    def file_complete(self, file_size: int) -> Any:
        return None

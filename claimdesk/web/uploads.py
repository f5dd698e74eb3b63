"""How much one request may bring along, asked before any of it is written to the disk."""

from typing import IO, Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

MOST_BYTES = 300 << 20  # more than all files that a subject may have, and than a table of a million rows


class Bounded(FileUploadHandler):
    """Lets files through to the handlers after it, unless the request as a whole is too large."""

    def handle_raw_input(
        self,
        input_data: IO[bytes],
        meta: dict[str, str],
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """Raise RequestDataTooBig, which is answered by 400, for what says that it is larger than MOST_BYTES."""
        if content_length > MOST_BYTES:
            raise RequestDataTooBig(f"{content_length} bytes, more than {MOST_BYTES}")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> Any:
        return None

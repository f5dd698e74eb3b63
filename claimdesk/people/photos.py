"""Photos of people: squares, drawn anew."""

from typing import IO

from claimdesk.kernel.pictures import as_jpeg, read_picture, square

MOST_BYTES = 5 * 1024 * 1024
SIDE = 256


def draw_photo(file: IO[bytes], *, size: int) -> bytes:
    """Return a square JPEG of the picture in `file`.

    Takes: `size` in bytes.
    Raises: NotAPicture.
    """
    return as_jpeg(square(read_picture(file, size=size, most_bytes=MOST_BYTES), SIDE))

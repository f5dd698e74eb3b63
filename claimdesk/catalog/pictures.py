"""Pictures of products, drawn anew in two sizes."""

from typing import IO, NamedTuple

from claimdesk.kernel.pictures import as_jpeg, as_webp, read_picture, within

MOST_BYTES = 10 * 1024 * 1024
MOST_PICTURES = 12
LARGE, SMALL = 1600, 192  # small ones are shown in lists, 64 points wide, on dense screens too


class DrawnPicture(NamedTuple):
    """A picture for a page of its own (JPEG) and for lists (WebP)."""

    large: bytes
    small: bytes


def draw_picture(file: IO[bytes], *, size: int) -> DrawnPicture:
    """Return the picture in `file` in both sizes.

    Takes: `size` in bytes.
    Raises: NotAPicture.
    """
    picture = within(read_picture(file, size=size, most_bytes=MOST_BYTES), LARGE)
    return DrawnPicture(as_jpeg(picture), as_webp(within(picture, SMALL)))

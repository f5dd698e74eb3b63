"""Photos of people: whatever comes in is drawn anew, so that nothing but a picture is kept."""

import warnings
from io import BytesIO
from typing import IO

from PIL import Image, ImageOps, UnidentifiedImageError

MOST_BYTES = 5 * 1024 * 1024
MOST_PIXELS = 40_000_000
SIDE = 256
FORMATS = ("JPEG", "PNG", "WEBP")


class NotAPhoto(Exception):
    """The file cannot be taken; `reason` is one of: too_large, too_many_pixels, unreadable."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def draw_photo(file: IO[bytes], *, size: int) -> bytes:
    """Return a square JPEG of the picture in `file`, without its metadata.

    Takes: `size` in bytes, looked at before anything is read; pixels are looked at before they are unpacked.
    Raises: NotAPhoto.
    """
    if size > MOST_BYTES:
        raise NotAPhoto("too_large")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(file, formats=FORMATS) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise NotAPhoto("too_many_pixels")
                upright = ImageOps.exif_transpose(picture).convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise NotAPhoto("unreadable") from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise NotAPhoto("too_many_pixels") from error
    square = ImageOps.fit(upright, (SIDE, SIDE))
    ground = Image.new("RGB", square.size, "white")
    ground.paste(square, mask=square.getchannel("A"))
    kept = BytesIO()
    ground.save(kept, "JPEG", quality=85)
    return kept.getvalue()

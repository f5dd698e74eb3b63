"""Pictures from strangers: whatever comes in is drawn anew, so that nothing but a picture is kept.

Drawn anew means without place, camera and comments, and without whatever was hidden behind the picture.
"""

import warnings
from io import BytesIO
from typing import IO

from PIL import Image, ImageOps, UnidentifiedImageError
from pillow_heif import register_heif_opener

register_heif_opener()

MOST_PIXELS = 40_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "HEIF")
_QUALITY = 85
_QUALITY_IN_LISTS = 70


class NotAPicture(Exception):
    """The file cannot be taken; `reason` is one of: too_large, too_many_pixels, unreadable."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def read_picture(file: IO[bytes], *, size: int, most_bytes: int) -> Image.Image:
    """Return the picture in `file`, upright, in RGB or RGBA; of a moving one the first frame.

    Takes: `size` in bytes, looked at before anything is read; pixels are looked at before they are unpacked.
    Raises: NotAPicture.
    """
    if size > most_bytes:
        raise NotAPicture("too_large")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            warnings.filterwarnings("ignore", category=UserWarning, module="PIL")
            with Image.open(file, formats=FORMATS) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise NotAPicture("too_many_pixels")
                upright = ImageOps.exif_transpose(picture)
                return upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise NotAPicture("too_many_pixels") from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, RuntimeError) as error:
        raise NotAPicture("unreadable") from error


def as_jpeg(picture: Image.Image) -> bytes:
    """Return a JPEG of `picture`, on white where it is transparent."""
    return _written(_on_white(picture), "JPEG", quality=_QUALITY)


def as_webp(picture: Image.Image) -> bytes:
    """Return a WebP of `picture`, on white where it is transparent: for lists, where many come at once."""
    return _written(_on_white(picture), "WEBP", quality=_QUALITY_IN_LISTS, method=6)


def _on_white(picture: Image.Image) -> Image.Image:
    ground = picture
    if picture.mode == "RGBA":
        ground = Image.new("RGB", picture.size, "white")
        ground.paste(picture, mask=picture.getchannel("A"))
    return ground


def as_png(picture: Image.Image) -> bytes:
    """Return a PNG of `picture`."""
    return _written(picture, "PNG")


def square(picture: Image.Image, side: int) -> Image.Image:
    """Return the middle of `picture` as a square."""
    return ImageOps.fit(picture, (side, side))


def within(picture: Image.Image, side: int) -> Image.Image:
    """Return `picture` so small that no side is longer than `side`; one that is already is left as it is."""
    if max(picture.size) <= side:
        return picture
    return ImageOps.contain(picture, (side, side))


def _written(picture: Image.Image, kind: str, **options: int) -> bytes:
    # What Pillow read beside the picture (comments, profiles, Exif) it would write again from `info`.
    bare = picture.copy()
    bare.info = {}
    kept = BytesIO()
    bare.save(kept, kind, **options)
    return kept.getvalue()

"""Serial numbers, made comparable."""

import unicodedata

LONGEST = 60


def fold_serial(text: str) -> str:
    """Return a serial number comparable: no case, width, blanks or punctuation. Leading zeros count.

    Letters and digits that merely look alike (O and 0) stay apart: both stand on units.
    """
    compared = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in compared if char.isalnum())

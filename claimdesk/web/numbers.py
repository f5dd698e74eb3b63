"""Numbers that come from outside."""


def whole_number(text: str | None) -> int:
    """Return `text` as a whole number of at most 18 digits, else 0."""
    text = text or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0

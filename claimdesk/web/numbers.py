"""Numbers that come from outside."""

LARGEST_KEY = 2**63 - 1  # what a database holds; beyond it SQLite does not compare but fails


def whole_number(text: str | None) -> int:
    """Return `text` as a whole number of at most 18 digits, else 0."""
    text = text or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0

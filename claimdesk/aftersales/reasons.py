"""Why less is approved than is claimed: a short list to choose from; anybody may write his own instead.

A reason of the list is stored as it stands here and read in the reader's language.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

ABOVE_TABLES = gettext_noop("More than the price and time tables give")
REASONS = (
    ABOVE_TABLES,
    gettext_noop("Not covered by the warranty"),
    gettext_noop("Wear and tear"),
    gettext_noop("Improper use or maintenance"),
    gettext_noop("Part or work not needed for this repair"),
    gettext_noop("Not proved"),
    gettext_noop("Paid by another claim"),
)


def reason_words(stored: str) -> str:
    """Return a reason in the reader's language; what somebody wrote himself, as he wrote it."""
    return _(stored) if stored in REASONS else stored


def reason_as_stored(typed: str) -> str:
    """Return what is kept of a reason that was chosen or typed in the writer's language."""
    words = typed.strip()
    return next((reason for reason in REASONS if words in (reason, _(reason))), words)

"""Per cent as the reader's language writes it: “97%” in English, “97 %” in German."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _


def percent(number: float | str, *, decimals: int | None = None) -> str:
    """Return a number of hundredths with its sign; one that is written already is taken as it is."""
    written = number if isinstance(number, str) else number_format(number, decimals)
    # Translators: keep the sign unbroken from its number, where a blank stands between them.
    return _("%(number)s%%") % {"number": written}

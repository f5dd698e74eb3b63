"""The tabs above System emails and Sent."""

from django.urls import reverse
from django.utils.translation import gettext as _


def email_tabs(current: str) -> list[dict[str, object]]:
    """Return the tabs; `current` is "emails" or "sent"."""
    return [
        {
            "label": _("System emails"),
            "url": reverse("office:settings_emails"),
            "current": current == "emails",
        },
        {"label": _("Sent"), "url": reverse("office:settings_sent"), "current": current == "sent"},
    ]

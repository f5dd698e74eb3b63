"""The tabs above System emails and Sent, and above Warranty."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from claimdesk.company.permissions import EDIT_SETTINGS
from claimdesk.kernel.actor import Actor
from claimdesk.warranty.permissions import EDIT_POLICIES


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


def warranty_tabs(current: str, actor: Actor) -> list[dict[str, object]]:
    """Return the tabs of Warranty that the actor may open; `current` is "policies" or "claims"."""
    pages = (
        ("policies", EDIT_POLICIES, _("Policies"), "office:settings_warranty"),
        ("claims", EDIT_SETTINGS, pgettext("on units", "Claims"), "office:settings_warranty_claims"),
    )
    return [
        {"label": label, "url": reverse(url), "current": name == current}
        for name, permission, label, url in pages
        if actor.may(permission)
    ]

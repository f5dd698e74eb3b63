"""Choosing the roles of a member, alike in office and portal."""

from django import forms
from django.utils.translation import gettext_lazy as _

from claimdesk.web.sent_forms import SentForm

MEMBER_ROLES = (
    ("buyer", _("Buyer: orders for the account")),
    ("service", _("Service: claims, returns and registrations")),
    ("manager", _("Manager: the account's profile and team as well")),
)


class RolesField(forms.MultipleChoiceField):
    """The roles beside viewing, which every member may."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Roles"),
            choices=MEMBER_ROLES,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("Everybody who has access sees the account; these come on top."),
        )


class RolesForm(SentForm):
    """What a member may."""

    roles = RolesField()

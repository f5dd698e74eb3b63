"""The reviewer's choices in a merge."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claimdesk.access.models import Membership
from claimdesk.access.queries.merging import MergePreview
from claimdesk.web.form_fields import field_of
from claimdesk.web.sent_forms import SentForm
from claimdesk.web.words import role_names


class MergeForm(SentForm):
    """What moves, who joins, who sees the merged papers (A74). Nobody is chosen at first."""

    move = forms.MultipleChoiceField(
        label=gettext_lazy("Moves to the survivor's file"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("What the survivor has already stays behind."),
    )
    joining = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Becomes a member of the survivor, and sees the papers of both"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    also_see = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Sees the merged customer's papers too"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, preview: MergePreview, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parts = [
            ("contacts", _("Contacts (%s)") % preview.contacts),
            ("addresses", _("Addresses (%s)") % preview.addresses),
            ("domains", _("E-mail domains (%s)") % preview.domains),
        ]
        field_of(self, "move", forms.MultipleChoiceField).choices = parts
        self.fields["move"].initial = [name for name, _label in parts]
        for name, people in (("joining", preview.joinable), ("also_see", preview.seeing)):
            if people:
                field_of(self, name, forms.ChoiceField).choices = [_person(one) for one in people]
            else:
                del self.fields[name]


def _person(membership: Membership) -> tuple[int, str]:
    user = membership.user
    return membership.user_id, f"{user.name}, {user.email} ({role_names(membership.roles)})"

"""Forms of deciding account claims."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claimdesk.access.actions.writing import DEFAULT_ROLES
from claimdesk.customers.models import Customer
from claimdesk.customers.queries.customers import customers
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.text import fold_number
from claimdesk.web.form_fields import field_of

ROLES = (("buyer", _("Buyer")), ("service", _("Service")), ("manager", _("Manager")))


class DecisionForm(forms.Form):
    """What a clerk may add to a decision: for whom, in which roles, a note, words to the applicant.

    `customer` is the key of the customer to link to, empty for the one asked for; `number` wins over it.
    """

    customer: forms.ModelChoiceField[Customer] = forms.ModelChoiceField(queryset=None, required=False)
    number = forms.CharField(label=_("Another customer, by number"), max_length=40, required=False)
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=ROLES,
        required=False,
        initial=DEFAULT_ROLES,
        widget=forms.CheckboxSelectMultiple,
    )
    roles_shown = forms.BooleanField(required=False, initial=True, widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("Internal note"), required=False, max_length=4000, widget=forms.Textarea({"rows": 3})
    )
    words = forms.CharField(
        label=_("Words to the applicant"), required=False, max_length=4000, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.customers = customers(actor)
        field_of(self, "customer", forms.ModelChoiceField).queryset = self.customers

    def clean_number(self) -> Customer | None:
        number = self.cleaned_data["number"]
        if not number:
            return None
        found = self.customers.filter(number_folded=fold_number(number)).first()
        if found is None:
            raise forms.ValidationError(gettext("No customer has this number."))
        return found

    @property
    def linked_to(self) -> Customer | None:
        """Return the customer to link to, or None for the one asked for."""
        return self.cleaned_data["number"] or self.cleaned_data["customer"]

    @property
    def roles_given(self) -> list[str]:
        """Return the ticked roles; the usual ones where the form did not show any (a key, a row)."""
        shown = self.cleaned_data["roles_shown"]
        return self.cleaned_data["roles"] if shown else list(DEFAULT_ROLES)


class QuestionForm(forms.Form):
    """A question to the applicant."""

    body = forms.CharField(
        label=_("Question to the applicant"), max_length=4000, widget=forms.Textarea({"rows": 3})
    )

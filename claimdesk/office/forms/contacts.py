"""Forms about contacts."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claimdesk.customers.models import Contact, Customer
from claimdesk.customers.queries.customers import customers
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.text import fold_number
from claimdesk.web.record_forms import ContactForm


class EditContactForm(ContactForm):
    """Edit contact: whether it is enabled, and its mapped account (A70) while it has no sign-in."""

    enabled = forms.BooleanField(
        label=gettext_lazy("Enabled"),
        required=False,
        help_text=gettext_lazy(
            "Off: the person has no access to this customer, at once. Others stay as they are."
        ),
    )
    mapped_account = forms.CharField(
        label=gettext_lazy("Mapped account"),
        max_length=40,
        help_text=gettext_lazy("The number of the customer that the contact belongs to."),
    )

    def __init__(self, *args: Any, contact: Contact, actor: Actor, has_sign_in: bool, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(contact, name) for name in ContactForm.base_fields} | {
            "enabled": contact.is_enabled,
            "mapped_account": contact.customer.number,
        }
        super().__init__(*args, **kwargs)
        self.actor = actor
        if has_sign_in:
            del self.fields["mapped_account"]

    def clean_mapped_account(self) -> Customer:
        number = fold_number(self.cleaned_data["mapped_account"])
        customer = customers(self.actor).filter(number_folded=number, merged_into=None).first()
        if customer is None:
            raise ValidationError(_("No customer has this number."))
        return customer

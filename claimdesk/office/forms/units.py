"""Forms about units; products and customers are told by their numbers."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claimdesk.catalog.models import Product
from claimdesk.catalog.queries.products import products
from claimdesk.customers.models import Customer
from claimdesk.customers.queries.customers import customers
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.text import fold, fold_number
from claimdesk.warranty.models import Unit
from claimdesk.warranty.queries.units import unit_with_serial, units
from claimdesk.warranty.serials import LONGEST
from claimdesk.web.person_fields import LineField
from claimdesk.web.record_forms import country_choices
from claimdesk.web.sent_forms import SentForm

CHANGED = ("serial", "region", "manufactured_on", "shipped_on", "invoiced_on", "note")


class DealerForm(SentForm):
    """The dealer of a unit, by number."""

    dealer = LineField(label=gettext_lazy("Dealer's number"), max_length=40, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor

    def clean_dealer(self) -> Customer | None:
        typed = self.cleaned_data["dealer"]
        if not typed:
            return None
        found = customers(self.actor).filter(number_folded=fold_number(typed) or typed, merged_into=None)
        dealer = found.first()
        if dealer is None:
            raise forms.ValidationError(_("There is no customer with this number."))
        return dealer


class UnitForm(DealerForm):
    """The fields of a unit; its dealer is told here only when it is made."""

    serial = LineField(label=gettext_lazy("Serial number"), max_length=LONGEST)
    product = LineField(label=gettext_lazy("Product number"), max_length=60)
    region = forms.ChoiceField(
        label=gettext_lazy("Country"),
        choices=country_choices,
        required=False,
        help_text=gettext_lazy("Whose warranty policies hold; the dealer's own where it is left open."),
    )
    manufactured_on = forms.DateField(label=gettext_lazy("Made on"), required=False)
    shipped_on = forms.DateField(label=gettext_lazy("Shipped on"), required=False)
    invoiced_on = forms.DateField(label=gettext_lazy("Invoiced on"), required=False)
    note = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Staff alone read it."),
    )
    field_order = ("serial", "product", "dealer")

    def __init__(self, data: Any = None, *, actor: Actor, unit: Unit | None = None) -> None:
        initial = {name: getattr(unit, name) for name in CHANGED} if unit else {}
        super().__init__(
            data, actor=actor, initial=initial | ({"product": unit.product.number} if unit else {})
        )
        if unit is not None:
            del self.fields["dealer"]

    def clean_product(self) -> Product:
        number = fold(self.cleaned_data["product"])[:120]
        product = products(self.actor).filter(number_folded=number).first()
        if product is None:
            raise forms.ValidationError(_("There is no product with this number."))
        return product


class ReplacementForm(forms.Form):
    """The unit that takes the place of another, by its serial number."""

    successor = LineField(label=gettext_lazy("Serial number of the new unit"), max_length=LONGEST)
    replaced_on = forms.DateField(label=gettext_lazy("Replaced on"))

    def __init__(self, data: Any = None, *, actor: Actor, on: date) -> None:
        super().__init__(data, initial={"replaced_on": on})
        self.actor = actor

    def clean_successor(self) -> Unit:
        found = unit_with_serial(self.cleaned_data["successor"])
        successor = units(self.actor).filter(pk=found.pk).first() if found else None
        if successor is None:
            raise forms.ValidationError(_("No unit with this serial number is on file."))
        return successor


class ReasonForm(forms.Form):
    """Why."""

    reason = LineField(label=gettext_lazy("Reason"), max_length=500)


class QuestionsForm(forms.Form):
    """What registrations ask besides, a line each; a star at the end makes an answer needed."""

    questions = forms.CharField(
        label=gettext_lazy("Questions, one a line"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("A * at the end of a line: it must be answered."),
    )

    def clean_questions(self) -> list[dict[str, Any]]:
        lines = [line.strip() for line in self.cleaned_data["questions"].splitlines() if line.strip()]
        found = {line.rstrip("* ")[:200]: line.endswith("*") for line in lines}
        return [{"question": line, "is_required": needed} for line, needed in found.items() if line]

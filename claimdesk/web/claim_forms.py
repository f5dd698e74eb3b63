"""Forms of a claim on an order, which office and portal share."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claimdesk.aftersales.models import Reclamation, ReclamationCause
from claimdesk.aftersales.queries.causes import offered_causes
from claimdesk.conversations.files.attaching import attach
from claimdesk.conversations.files.taking import TakenFile
from claimdesk.conversations.queries.files import files_about
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.quantities import parse_quantity, shown_quantity
from claimdesk.orders.models import OrderLine
from claimdesk.web.files.fields import FilesField
from claimdesk.web.form_fields import field_of

LONGEST_NOTE = 4000


@dataclass(frozen=True, slots=True)
class QuantityRow:
    """A line of an order with its box and its quantity; `most` of it can be chosen."""

    line: OrderLine
    most: Decimal
    take: BoundField
    quantity: BoundField


class QuantitiesForm(forms.Form):
    """Chosen lines of an order with a quantity each, or all of them.

    Takes: `most`, how much of each line can be chosen, by its key; lines without anything left offer no box.
    Gives: `cleaned_data["quantities"]`, by key of the line.
    """

    everything = forms.BooleanField(label=gettext_lazy("All items"), required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        lines: Iterable[OrderLine],
        most: Mapping[int, Decimal],
        chosen: Mapping[int, Decimal] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        self.lines, self.most = list(lines), dict(most)
        for line in self.lines:
            given = (chosen or {}).get(line.pk)
            self.fields[f"take_{line.pk}"] = forms.BooleanField(
                label=_("Choose %(article)s") % {"article": line.product_name},
                required=False,
                initial=given is not None or (chosen is None and len(self.lines) == 1),
            )
            words = _("Quantity of %(article)s") % {"article": line.product_name}
            attributes = {"inputmode": "decimal", "class": "quantity", "aria-label": words}
            self.fields[f"quantity_{line.pk}"] = forms.CharField(
                label=words,
                max_length=20,
                required=False,
                initial=shown_quantity(given or self.most[line.pk]),
                widget=forms.TextInput(attrs=attributes),
            )

    @property
    def rows(self) -> list[QuantityRow]:
        """The lines in the order's order, with their fields."""
        return [
            QuantityRow(line, self.most[line.pk], self[f"take_{line.pk}"], self[f"quantity_{line.pk}"])
            for line in self.lines
        ]

    @property
    def others(self) -> list[BoundField]:
        """The fields beside the lines."""
        return [
            self[name] for name in self.fields if not name.startswith(("take_", "quantity_", "everything"))
        ]

    def clean(self) -> dict[str, Any]:
        """Read the quantities of the chosen lines; each must be a number of what is left."""
        values = super().clean() or {}
        everything = values.get("everything")
        chosen = [line for line in self.lines if everything or values.get(f"take_{line.pk}")]
        quantities = {line.pk: self._quantity(line) for line in chosen if self.most[line.pk] > 0}
        if not quantities:
            self.add_error(None, _("Choose at least one item."))
        values["quantities"] = {key: quantity for key, quantity in quantities.items() if quantity}
        return values

    def _quantity(self, line: OrderLine) -> Decimal | None:
        name, most = f"quantity_{line.pk}", self.most[line.pk]
        text = self.cleaned_data.get(name) or ""
        if not text and self.cleaned_data.get("everything"):
            return most
        try:
            quantity = parse_quantity(text)
        except ValueError:
            self.add_error(name, _("This is no quantity."))
            return None
        if not 0 < quantity <= most:
            message = _("Between 0 and %(most)s; zero does not count.")
            self.add_error(name, message % {"most": shown_quantity(most)})
            return None
        return quantity


class ClaimForm(QuantitiesForm):
    """What is claimed, why, and what is wished for (R3)."""

    cause = forms.ChoiceField(label=gettext_lazy("Cause"))
    wish = forms.ChoiceField(label=gettext_lazy("Wish"), choices=Reclamation.Wish.choices)
    note = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    upload = FilesField(label=gettext_lazy("Photos and files"), required=False)
    key = forms.CharField(max_length=40, widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, kept: ReclamationCause | None = None, **options: Any) -> None:
        initial = {"key": get_random_string(24), "cause": kept.pk if kept else ""} | options.pop(
            "initial", {}
        )
        super().__init__(data, initial=initial, **options)
        self.causes = {str(cause.pk): cause for cause in offered_causes()}
        if kept:
            self.causes.setdefault(str(kept.pk), kept)
        field_of(self, "cause", forms.ChoiceField).choices = [
            ("", _("Choose a cause")),
            *((key, cause.name) for key, cause in self.causes.items()),
        ]

    @property
    def wanted(self) -> dict[str, Any]:
        """What the actions take."""
        values = self.cleaned_data
        return {
            "lines": values["quantities"],
            "cause": self.causes[values["cause"]],
            "wish": values["wish"],
            "note": values["note"],
        }


def attach_once(reclamation: Reclamation, taken: Sequence[TakenFile], *, by: Actor) -> None:
    """Attach the photos of a claim that was just sent; not again where it was sent twice."""
    if taken and not files_about(reclamation).exists():
        attach(reclamation, taken, by=by)

"""Forms of the agents' side of warranty claims."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from claimdesk.aftersales.actions.warranty_claims.decisions import LineDecision
from claimdesk.aftersales.models import ClaimEntry, ClaimJob, ClaimLine, WarrantyClaim
from claimdesk.aftersales.permissions import EDIT_WARRANTY_CLAIMS
from claimdesk.aftersales.queries.claims_queue import claim_numbered
from claimdesk.aftersales.reasons import ABOVE_TABLES, REASONS, reason_as_stored, reason_words
from claimdesk.kernel.money import parse_amount, to_decimal
from claimdesk.people.models import User
from claimdesk.people.queries.staff import staff_who_may
from claimdesk.web.form_fields import field_of

LONGEST_TEXT, LONGEST_REASON = 4000, 500
REASONS_LIST = "decision-reasons"


class AmountField(forms.CharField):
    """An amount of a currency, as minor units."""

    def __init__(self, *, currency: str, **named: Any) -> None:
        super().__init__(max_length=20, **named)
        self.currency = currency

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        try:
            return parse_amount(text, self.currency) if text else None
        except ValueError:
            raise forms.ValidationError(_("Type an amount, such as 12.50.")) from None


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A line of a claim with the boxes in which it is decided."""

    line: ClaimLine
    amount: BoundField
    reason: BoundField


@dataclass(frozen=True, slots=True)
class DecisionGroup:
    """A job with its lines."""

    job: ClaimJob
    rows: list[DecisionRow]


class DecisionForm(forms.Form):
    """What is decided about every line: at first what the tables allow of it, or what was decided before (W9).

    A claim that claims no money is accepted or not. Gives: `decisions` by key of the line.
    """

    def __init__(self, data: Any = None, *, claim: WarrantyClaim, jobs: Sequence[ClaimJob]) -> None:
        super().__init__(data)
        self.claim, self.jobs = claim, jobs
        self.lines = [line for job in jobs for line in job.lines.all()]
        for line in self.lines:
            self._add(line)
        if not claim.claimed:
            self.fields["is_accepted"] = forms.ChoiceField(
                label=_("The claim is"),
                choices=[("yes", _("accepted")), ("no", _("rejected"))],
                widget=forms.RadioSelect,
            )

    def _add(self, line: ClaimLine) -> None:
        decided = line.within if line.decided is None else line.decided
        reason = line.decision_reason or (ABOVE_TABLES if line.within < line.claimed else "")
        name = line.description or line.number or line.get_kind_display()
        amount = {"inputmode": "decimal", "class": "decided-amount", "aria-label": _("Decided: %s") % name}
        words = {"list": REASONS_LIST, "class": "decided-reason", "aria-label": _("Reason: %s") % name}
        currency = self.claim.currency
        self.fields[f"amount_{line.pk}"] = AmountField(
            label=amount["aria-label"],
            currency=currency,
            initial=f"{to_decimal(decided, currency):f}",
            widget=forms.TextInput(attrs=amount | {"data-within": f"{to_decimal(line.within, currency):f}"}),
        )
        self.fields[f"reason_{line.pk}"] = forms.CharField(
            label=words["aria-label"],
            max_length=LONGEST_REASON,
            required=False,
            initial=reason_words(reason),
            widget=forms.TextInput(attrs=words),
        )

    @property
    def groups(self) -> list[DecisionGroup]:
        """The lines under their jobs, with their boxes."""
        return [
            DecisionGroup(
                job,
                [
                    DecisionRow(line, self[f"amount_{line.pk}"], self[f"reason_{line.pk}"])
                    for line in job.lines.all()
                ],
            )
            for job in self.jobs
        ]

    @property
    def reasons(self) -> list[str]:
        """The short list of reasons, in the reader's language."""
        return [reason_words(reason) for reason in REASONS]

    def clean(self) -> dict[str, Any]:
        """Hold each amount against what is claimed; less than that wants a reason."""
        values = super().clean() or {}
        for line in self.lines:
            amount = values.get(f"amount_{line.pk}")
            if amount is None:
                continue
            if not 0 <= amount <= line.claimed:
                self.add_error(f"amount_{line.pk}", _("Between nothing and what is claimed."))
            elif amount < line.claimed and not (values.get(f"reason_{line.pk}") or "").strip():
                self.add_error(f"reason_{line.pk}", _("Say why less is approved than is claimed."))
        return values

    @property
    def decisions(self) -> dict[int, LineDecision]:
        values = self.cleaned_data
        return {
            line.pk: LineDecision(
                values[f"amount_{line.pk}"],
                reason_as_stored(values[f"reason_{line.pk}"])
                if values[f"amount_{line.pk}"] < line.claimed
                else "",
            )
            for line in self.lines
        }

    @property
    def is_accepted(self) -> bool | None:
        return self.cleaned_data["is_accepted"] == "yes" if "is_accepted" in self.fields else None


class QuestionForm(forms.Form):
    """A question that the customer reads, also by e-mail."""

    text = forms.CharField(
        label=gettext_lazy("Your question; the customer reads it, also by e-mail"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ReasonForm(forms.Form):
    """Why a claim is closed; the customer reads it."""

    reason = forms.CharField(
        label=gettext_lazy("Reason; the customer reads it"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SendingBackForm(forms.Form):
    """What is to be looked at again; for colleagues."""

    text = forms.CharField(
        label=gettext_lazy("What is to be looked at again; for colleagues only"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AssignmentForm(forms.Form):
    """Whom a claim is given to: staff who work on warranty claims."""

    agent = forms.ChoiceField(label=gettext_lazy("Assign to"))

    def __init__(self, data: Any = None, *, now_with: int | None = None) -> None:
        super().__init__(data)
        people = sorted(staff_who_may(EDIT_WARRANTY_CLAIMS), key=lambda person: person.name_folded)
        self.people = {str(person.pk): person for person in people if person.pk != now_with}
        choices = [("", "---------"), *((key, person.name) for key, person in self.people.items())]
        field_of(self, "agent", forms.ChoiceField).choices = choices

    @property
    def chosen(self) -> User:
        return self.people[self.cleaned_data["agent"]]


class DuplicateForm(forms.Form):
    """Which other claim of the customer this one is the same as."""

    other = forms.CharField(label=gettext_lazy("Number of the other claim"), max_length=20)

    def __init__(self, data: Any = None, *, claim: WarrantyClaim, actor: Any, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.claim, self.actor = claim, actor

    def clean_other(self) -> WarrantyClaim:
        found = claim_numbered(
            self.cleaned_data["other"], customer_id=self.claim.customer_id, actor=self.actor
        )
        if found is None or found.pk == self.claim.pk:
            raise forms.ValidationError(_("Name another claim of the same customer."))
        return found


class SettlementForm(forms.Form):
    """How an approved claim is settled. `key` is made once a form: sent twice, it settles once."""

    method = forms.ChoiceField(label=gettext_lazy("Settled by"), choices=ClaimEntry.Method.choices)
    reference = forms.CharField(
        label=pgettext_lazy("of a settlement", "Reference"),
        help_text=gettext_lazy("The credit note, the order of the replacement, the repair order."),
        max_length=80,
        required=False,
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)

    def __init__(self, data: Any = None, *, claim: WarrantyClaim) -> None:
        super().__init__(data, initial={"key": get_random_string(24)})
        self.fields["amount"] = AmountField(
            label=_("Amount in %(currency)s") % {"currency": claim.currency},
            help_text=_("For a credit; at most what is approved."),
            currency=claim.currency,
            initial=f"{to_decimal(claim.approved - claim.settled, claim.currency):f}",
            required=False,
        )
        self.order_fields(["method", "amount", "reference", "key"])


class CorrectionForm(forms.Form):
    """What is added to the approved sum, or taken from it, and why."""

    text = forms.CharField(label=gettext_lazy("Reason"), max_length=LONGEST_REASON)
    key = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)

    def __init__(self, data: Any = None, *, claim: WarrantyClaim) -> None:
        super().__init__(data, initial={"key": get_random_string(24)})
        self.fields["amount"] = AmountField(
            label=_("Amount in %(currency)s") % {"currency": claim.currency},
            help_text=_("Minus takes back: -12.50."),
            currency=claim.currency,
        )
        self.order_fields(["amount", "text", "key"])

"""The form of a registration, which office and portal share (U4)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from claimdesk.company.queries.company import company
from claimdesk.warranty.models import Registration
from claimdesk.web.person_fields import EmailAddressField, LineField, NameField
from claimdesk.web.record_forms import country_choices

OWNER = (
    "owner_name", "owner_street", "owner_postcode", "owner_town", "owner_country", "owner_email", "owner_phone",
    "delivered_on", "meter",
)  # fmt: skip
LARGEST_METER = 2_000_000_000


class RegistrationForm(forms.Form):
    """Who has the unit since when, and what the seller asks besides; a correction says why."""

    delivered_on = forms.DateField(label=_("Delivered on"))
    owner_name = NameField(label=_("End customer"), max_length=200)
    owner_street = LineField(label=_("Street"), max_length=200, required=False)
    owner_postcode = LineField(label=_("Postcode"), max_length=20, required=False)
    owner_town = LineField(label=_("Town"), max_length=120, required=False)
    owner_country = forms.ChoiceField(label=_("Country"), choices=country_choices, required=False)
    owner_email = EmailAddressField(required=False)
    owner_phone = LineField(label=_("Phone"), max_length=60, required=False)
    meter = forms.IntegerField(
        label=_("Meter reading"),
        min_value=0,
        max_value=LARGEST_METER,
        required=False,
        help_text=_("Hours or kilometres at delivery, where the unit counts them."),
    )

    def __init__(self, data: Any = None, *, corrects: Registration | None = None) -> None:
        initial = {name: getattr(corrects, name) for name in OWNER} if corrects else {}
        super().__init__(data, initial=initial)
        self.corrects = corrects
        self.questions = [each["question"] for each in company().registration_questions]
        answers = corrects.answers if corrects else {}
        for place, each in enumerate(company().registration_questions):
            self.fields[f"answer_{place}"] = LineField(
                label=each["question"],
                max_length=500,
                required=each["is_required"],
                initial=answers.get(each["question"], ""),
            )
        if corrects:
            self.fields["reason"] = LineField(label=_("Why it is corrected"), max_length=500)

    @property
    def values(self) -> dict[str, Any]:
        """The fields as the actions take them; what was answered once stays when its question is asked no more."""
        told = {
            question: self.cleaned_data[f"answer_{place}"]
            for place, question in enumerate(self.questions)
            if self.cleaned_data[f"answer_{place}"]
        }
        before = self.corrects.answers if self.corrects else {}
        kept = {question: answer for question, answer in before.items() if question not in self.questions}
        return {name: self.cleaned_data[name] for name in OWNER} | {"answers": kept | told}


def facts_of_registration(registration: Registration, *, with_person: bool) -> list[tuple[str, Any]]:
    """Return what was registered, with labels; `with_person` who did, which staff alone read."""
    row = registration
    place = " ".join(filter(None, (row.owner_postcode, row.owner_town, row.owner_country)))
    facts = [
        (_("End customer"), row.owner_name),
        (_("Delivered on"), row.delivered_on),
        (_("Address"), ", ".join(filter(None, (row.owner_street, place)))),
        (_("E-mail"), row.owner_email),
        (_("Phone"), row.owner_phone),
        (_("Meter reading"), row.meter),
        *row.answers.items(),
        (_("Registered by"), row.registered_by_name if with_person else ""),
        (_("Registered"), row.registered_at),
    ]
    return [(str(label), value) for label, value in facts if value not in (None, "")]

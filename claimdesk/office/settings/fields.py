"""Form fields that settings need: lists as lines, addresses as a list."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from claimdesk.company.checking import problem_of_addresses, tidy_domains, tidy_lines


class LinesField(forms.Field):
    """A list of texts, one a line."""

    def __init__(self, *, rows: int = 5, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), required=False, **options)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        return tidy_lines(value or "")


class DomainsField(LinesField):
    """A list of e-mail domains, one a line."""

    def to_python(self, value: Any) -> list[str]:
        return tidy_domains(value or "")


class AddressesField(forms.CharField):
    """E-mail addresses with commas between them."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, max_length=500, **options)

    def validate(self, value: str) -> None:
        super().validate(value)
        if problem := problem_of_addresses(value):
            raise ValidationError(problem)

"""The fields of a form that is being made, by their kind."""

from typing import TypeVar

from django.forms import BaseForm, Field

AnyField = TypeVar("AnyField", bound=Field)


def field_of(form: BaseForm, name: str, kind: type[AnyField]) -> AnyField:
    """Return the field `name`, whose choices or rows are known only now. Raises: TypeError, if it is of another kind."""
    field = form.fields[name]
    if not isinstance(field, kind):
        raise TypeError(f"{name} is {type(field).__name__}, not {kind.__name__}")
    return field

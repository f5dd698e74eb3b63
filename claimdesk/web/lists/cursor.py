"""Where a page begins: the sort value and the key of a row, as one word in the address.

A cursor is a bookmark, not a secret: it narrows rows that were already scoped, so it is not signed. Nonsense
reads as None, which means the first page.
"""

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import Field, Model

from claimdesk.web.numbers import LARGEST_KEY

END = "end"
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Cursor:
    """The value of the sort column (None sorts last) and the key of the row to go on from."""

    value: Any
    key: int


def field_at(model: type[Model], path: str) -> "Field[Any, Any]":
    """Return the model field at "customer__name_key"."""
    *relations, last = path.split("__")
    for relation in relations:
        model = model._meta.get_field(relation).related_model  # type: ignore[assignment]  # a relation's is a model
    return model._meta.pk if last == "pk" else model._meta.get_field(last)  # type: ignore[return-value]  # a column


def encode(row: Model, path: str) -> str:
    """Return the cursor of `row` in a list sorted by `path`."""
    holder: Any = row
    *relations, last = path.split("__")
    for relation in relations:
        holder = getattr(holder, relation) if holder is not None else None
    text = None
    if holder is not None and getattr(holder, last) is not None:
        text = field_at(type(row), path).value_to_string(holder)
    raw = json.dumps([path, text, row.pk], separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def decode(word: str, model: type[Model], path: str) -> Cursor | None:
    """Return the cursor that `word` spells for `path`, or None for nonsense and other sorts."""
    if not word or len(word) > LONGEST:
        return None
    try:
        given_path, text, key = json.loads(base64.urlsafe_b64decode(word + "=" * (-len(word) % 4)))
        if given_path != path or type(key) is not int or not 0 <= key <= LARGEST_KEY:
            return None
        if text is None:
            return Cursor(None, key)
        if not isinstance(text, str) or "\x00" in text:
            return None
        return Cursor(field_at(model, path).to_python(text), key)
    except (
        ValueError,
        TypeError,
        OverflowError,
        RecursionError,
        binascii.Error,
        ValidationError,
        FieldDoesNotExist,
    ):
        return None

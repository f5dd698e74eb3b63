"""Make, change and remove categories."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from claimdesk.catalog.actions.writing import save_category
from claimdesk.catalog.events import CategoryChanged, CategoryCreated, CategoryRemoved
from claimdesk.catalog.models import Category
from claimdesk.catalog.permissions import EDIT_PRODUCTS
from claimdesk.catalog.queries.products import DEEPEST
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.differences import set_differences
from claimdesk.kernel.refused import Refused
from claimdesk.kernel.text import tidy
from claimdesk.ledger.record import record

FIELDS = frozenset({"name", "parent", "position", "is_shown"})


@transaction.atomic
def create_category(*, name: str, by: Actor, **fields: Any) -> Category:
    """Make a category of FIELDS.

    Refuses: `too_deep`, `name_taken`.
    Records: CategoryCreated.
    """
    by.require(EDIT_PRODUCTS)
    category = Category(**_known({"name": name, **fields}))
    _refuse_too_deep(category)
    save_category(category)
    record(CategoryCreated(category.name), about=category, by=by)
    return category


@transaction.atomic
def change_category(category: Category, *, by: Actor, **fields: Any) -> Category:
    """Change fields of a category; what does not differ changes nothing.

    Refuses: `too_deep`, also where it would stand in itself; `name_taken`.
    Records: CategoryChanged, if anything changed.
    """
    by.require(EDIT_PRODUCTS)
    row = Category.objects.select_for_update(of=("self",)).select_related("parent").get(pk=category.pk)
    before, after = set_differences(row, _known(fields))
    if after:
        _refuse_too_deep(row)
        save_category(row)
        record(CategoryChanged(row.name, ", ".join(after), before=before, after=after), about=row, by=by)
    return row


@transaction.atomic
def remove_category(category: Category, *, by: Actor) -> None:
    """Remove an empty category.

    Refuses: `category_in_use`.
    Records: CategoryRemoved.
    """
    by.require(EDIT_PRODUCTS)
    row = Category.objects.select_for_update().get(pk=category.pk)
    if row.products.exists() or row.children.exists():
        raise Refused("category_in_use", _("Products or categories stand in it; move them first."))
    record(CategoryRemoved(row.name), about=row, by=by)
    row.delete()


def _known(fields: dict[str, Any]) -> dict[str, Any]:
    if not fields.keys() <= FIELDS:
        raise TypeError(f"a category has no {sorted(fields.keys() - FIELDS)}")
    return {name: tidy(value) if name == "name" else value for name, value in fields.items()}


def _refuse_too_deep(category: Category) -> None:
    above, here = 0, category.parent
    while here is not None:
        above += 1
        if above >= DEEPEST or here.pk == category.pk:
            message = _("Categories stand at most %(n)s deep in each other.") % {"n": DEEPEST}
            raise Refused("too_deep", message)
        here = here.parent
    if above + _height(category) > DEEPEST:
        message = _("Categories stand at most %(n)s deep in each other.") % {"n": DEEPEST}
        raise Refused("too_deep", message)


def _height(category: Category) -> int:
    """Return how many levels a category and those below it are."""
    height, below = 1, [category.pk] if category.pk else []
    while below := list(Category.objects.filter(parent__in=below).values_list("pk", flat=True)):
        height += 1
        if height > DEEPEST:
            break
    return height

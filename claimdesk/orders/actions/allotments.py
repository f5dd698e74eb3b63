"""Writers of the quantities in the one ledger of a line, that actions share; they record nothing.

The sums beside them are written by `balances.py`.

Each changes many lines in one UPDATE that names what it expects, so that of two rivals for the last piece one gets it
on either database. A loser is refused, and nothing of his call stays.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal

from django.db import connection, transaction
from django.db.models import Case, F, Value, When
from django.db.models.expressions import Combinable
from django.db.models.lookups import GreaterThanOrEqual
from django.utils.translation import gettext as _

from claimdesk.kernel.quantities import QuantityField, quantity_value
from claimdesk.kernel.refused import Refused
from claimdesk.orders.models import Allotment

Quantities = Mapping[int, Decimal]

AT_ONCE = 200
_FREE = F("ordered") - F("canceled") - F("held") - F("settled")


def hold(lines: Quantities) -> None:
    """Claim quantities of lines, by their keys, for an open reclamation (R8).

    Refuses: `quantity_taken`.
    """
    _change(lines, {"held": +1}, room=_FREE, refusal=_taken)


def free(lines: Quantities) -> None:
    """Give back what a reclamation held.

    Refuses: `not_held`.
    """
    _change(lines, {"held": -1}, room=F("held"), refusal=_not_held)


def settle(lines: Quantities) -> None:
    """Turn what a reclamation held into settled.

    Refuses: `not_held`.
    """
    _change(lines, {"held": -1, "settled": +1}, room=F("held"), refusal=_not_held)


def unsettle(lines: Quantities) -> None:
    """Make what was settled claimable anew, for a follow-up.

    Refuses: `not_settled`.
    """
    _change(lines, {"settled": -1}, room=F("settled"), refusal=_not_settled)


def cancel(lines: Quantities) -> None:
    """Take quantities out of the order: they will not be delivered.

    Refuses: `quantity_taken`, where a reclamation has them.
    """
    _change(lines, {"canceled": +1}, room=_FREE, refusal=_taken)


def ship(lines: Quantities) -> None:
    """Count quantities as shipped.

    Refuses: `already_shipped`, where less is left of what was ordered and not canceled.
    """
    room = F("ordered") - F("canceled") - F("shipped")
    _change(lines, {"shipped": +1}, room=room, refusal=_shipped)


def deliver(lines: Quantities) -> None:
    """Count shipped quantities as delivered.

    Refuses: `already_delivered`, where less is under way.
    """
    _change(lines, {"delivered": +1}, room=F("shipped") - F("delivered"), refusal=_delivered)


def _change(
    amounts: Quantities,
    signs: Mapping[str, int],
    *,
    room: Combinable,
    refusal: Callable[[], Refused],
) -> None:
    """Add each line's amount to the columns of `signs`, if all lines have room for it; else refuse."""
    given = {line_id: amount for line_id, amount in sorted(amounts.items()) if amount}
    if any(amount < 0 for amount in given.values()):
        raise ValueError("amounts of the ledger are not negative; there is a verb for either direction")
    with transaction.atomic():
        keys = list(given)
        for start in range(0, len(keys), AT_ONCE):
            _change_some({key: given[key] for key in keys[start : start + AT_ONCE]}, signs, room, refusal)


def _change_some(
    amounts: Quantities,
    signs: Mapping[str, int],
    room: Combinable,
    refusal: Callable[[], Refused],
) -> None:
    rows = Allotment.objects.filter(pk__in=list(amounts))
    if connection.features.has_select_for_update and len(amounts) > 1:
        # In one order for everybody: else two that change the same lines could wait for each other.
        list(rows.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    amount = _amount_of_line(amounts)
    changed = rows.filter(GreaterThanOrEqual(room, amount)).update(
        **{name: F(name) + amount if sign > 0 else F(name) - amount for name, sign in signs.items()}
    )
    if changed != len(amounts):
        raise refusal()


def _amount_of_line(amounts: Quantities) -> Case | Value:
    if len(amounts) == 1:
        return quantity_value(next(iter(amounts.values())))
    cases = [When(pk=key, then=quantity_value(amount)) for key, amount in amounts.items()]
    return Case(*cases, output_field=QuantityField())


def _taken() -> Refused:
    return Refused(
        "quantity_taken",
        _("Less is left of it than you want: the rest is claimed, settled or canceled already."),
    )


def _not_held() -> Refused:
    return Refused("not_held", _("Less of it is held than that."))


def _not_settled() -> Refused:
    return Refused("not_settled", _("Less of it is settled than that."))


def _shipped() -> Refused:
    return Refused("already_shipped", _("Less of it is left to ship than that."))


def _delivered() -> Refused:
    return Refused("already_delivered", _("Less of it is under way than that."))

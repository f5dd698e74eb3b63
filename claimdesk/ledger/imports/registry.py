"""Which kinds of files can be taken: each room registers its importers."""

from typing import Any, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from claimdesk.kernel.refused import Refused
from claimdesk.ledger.imports.importer import Importer

T = TypeVar("T", bound=type[Any])
_importers: dict[str, type[Importer]] = {}
LABELS: dict[str, str | Promise] = {}


def importer(cls: T) -> T:
    """Register a class as the importer of its kind."""
    _importers[cls.kind] = cls
    LABELS[cls.kind] = cls.label
    return cls


def kinds() -> list[type[Importer]]:
    """Return the importers in the order in which a seller needs them."""
    return sorted(_importers.values(), key=lambda cls: cls.position)


def importer_of(kind: str) -> Importer:
    """Return an importer of `kind`. Refuses: `unknown_kind`."""
    if kind not in _importers:
        raise Refused(
            "unknown_kind",
            _("There is no kind %(kind)s; known are %(kinds)s.")
            % {"kind": kind, "kinds": ", ".join(_importers)},
        )
    return _importers[kind]()

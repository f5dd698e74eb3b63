"""Events of the seller's settings, in the past tense."""

from django.utils.translation import gettext_lazy as _

from claimdesk.company.wording import FIELDS
from claimdesk.ledger.event_types import event


@event("company.changed", _("{actor} changed the settings: {fields}"), words={"fields": FIELDS})
class CompanyChanged:
    fields: str
    before: dict[str, object]
    after: dict[str, object]


@event("system_email.changed", _("{actor} changed the system e-mail {key}"))
class SystemEmailChanged:
    key: str
    fields: str

"""The four workflows of new accounts (A71), and what choosing one sets (A13, A14)."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claimdesk.company.models import Company

Workflow = Company.Workflow
Status = Company.NewAccountStatus


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a workflow means, in words, and what it sets."""

    workflow: str
    title: str | Promise
    description: str | Promise
    signed_in_after_creation: bool
    new_account_status: str

    @property
    def sets(self) -> dict[str, object]:
        return {
            "signed_in_after_creation": self.signed_in_after_creation,
            "new_account_status": self.new_account_status,
        }

    def is_what(self, seller: Company) -> bool:
        """Tell whether the seller's settings still are what this workflow sets."""
        return all(getattr(seller, name) == value for name, value in self.sets.items())


WORKFLOWS = (
    Chosen(
        Workflow.STANDARD,
        _("Standard"),
        _("Usable at once. The account goes to the ERP with its first order."),
        True,
        Status.ACTIVE,
    ),
    Chosen(
        Workflow.WEB_APPROVAL,
        _("Web approval"),
        _("The account waits until you enable it. It goes to the ERP with its first order."),
        False,
        Status.NEW,
    ),
    Chosen(
        Workflow.MANUAL,
        _("Web approval, customer made in the ERP by hand"),
        _(
            "The account waits. You make the customer in the ERP under your own number, it syncs in, "
            "and you map the contact to it."
        ),
        False,
        Status.NEW,
    ),
    Chosen(
        Workflow.AUTOMATIC,
        _("Web approval with automatic sync"),
        _("The account waits until you enable it; enabling it pushes it into the ERP."),
        False,
        Status.NEW,
    ),
)


def workflow_named(workflow: str) -> Chosen:
    """Return what is known of a workflow."""
    return next(each for each in WORKFLOWS if each.workflow == workflow)

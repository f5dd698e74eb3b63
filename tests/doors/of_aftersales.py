"""What the doors of aftersales show: the seller's causes, a reclamation of the customer."""

from claimdesk.aftersales.actions.rmas.receipts import receive_unit
from claimdesk.customers.models import Customer
from claimdesk.people.models import User
from tests import make

DEEDS = (
    "edit",
    "follow_up",
    "print",
    "mark",
    "mark_removal",
    "closure",
    "items",
    "parts",
    "refund",
    "replacement",
    "note",
)
CLAIM_DEEDS = (
    "taking",
    "assignment",
    "question",
    "decision",
    "confirmation",
    "return",
    "correction",
    "settlement",
    "duplicate",
    "closure",
)
RMA_DEEDS = ("issue", "receipt_end", "closure", "cancellation", "receiving")


def of_aftersales(customer: Customer, people: dict[str, User]) -> dict[str, dict[str, int | str]]:
    """Addresses of aftersales."""
    cause, reclamation = make.cause(), make.reclamation(make.order(customer))
    pages: dict[str, dict[str, int | str]] = {
        f"office:cause_{name}": {"pk": cause.pk} for name in ("edit", "place")
    }
    claim = make.warranty_claim(by=make.actor(people["service"]))
    pages |= {f"office:warranty_claim_{name}": {"pk": claim.pk} for name in ("comments", "notes", "emails")}
    pages["portal:warranty_claim_comments"] = {"pk": claim.pk}
    pages |= {f"office:reclamation_{deed}": {"pk": reclamation.pk} for deed in DEEDS}
    pages |= of_warranty_claims(customer)
    by = make.actor(people["manager"])
    draft, submitted = make.draft_claim(by=by), make.warranty_claim(1000, by=by)
    for deed in ("edit", "submission", "additions", "removals", "deletion"):
        pages[f"portal:warranty_claim_{deed}"] = {"pk": draft.pk}
    for deed in ("", "_answer", "_appeal", "_withdrawal", "_follow_up"):
        pages[f"portal:warranty_claim{deed}"] = {"pk": submitted.pk}
    pages["office:reclamation_rma"] = {"pk": reclamation.pk}
    pages |= of_warranty_claims(customer) | of_rmas(customer, people)
    return pages | {f"{door}:reclamation": {"pk": reclamation.pk} for door in ("office", "portal")}


def of_warranty_claims(customer: Customer) -> dict[str, dict[str, int | str]]:
    """Addresses of a warranty claim that somebody else of the customer submitted."""
    somebody = make.actor(make.membership(None, customer, "service").user)
    claim = make.warranty_claim(1200, by=somebody)
    pages: dict[str, dict[str, int | str]] = {
        f"office:warranty_claim_{deed}": {"pk": claim.pk} for deed in CLAIM_DEEDS
    }
    return pages | {"office:warranty_claim": {"pk": claim.pk}}


def of_rmas(customer: Customer, people: dict[str, User]) -> dict[str, dict[str, int | str]]:
    """Addresses of an RMA of which one unit came and a wrong one, and of the claim that it was issued from."""
    by = make.actor(people["service"])
    unit, other = make.unit(dealer=customer), make.unit(dealer=customer)
    claim = make.warranty_claim(by=by, serial=unit.serial)
    rma = make.rma(claim, [unit, other])
    receive_unit(rma, serial=unit.serial, by=make.STAFF)
    mismatch = receive_unit(rma, serial="wrong one", by=make.STAFF)
    line = rma.lines.get(unit=unit)
    pages: dict[str, dict[str, int | str]] = {
        f"{door}:{name}": {"pk": rma.pk}
        for door in ("office", "portal")
        for name in ("rma", "rma_slip", "rma_sending")
    }
    pages |= {f"office:rma_{deed}": {"pk": rma.pk} for deed in RMA_DEEDS}
    pages |= {f"office:rma_line_{deed}": {"pk": line.pk} for deed in ("receipt", "inspection")}
    return pages | {
        "office:rma_mismatch": {"pk": mismatch.pk},
        "office:warranty_claim_rma": {"pk": claim.pk},
    }

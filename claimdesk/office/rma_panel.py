"""The RMAs of a warranty claim or a reclamation, as a part of its page: `office/rmas/_of_claim.html`."""

from typing import Any

from django.urls import reverse

from claimdesk.aftersales.models import Reclamation, WarrantyClaim
from claimdesk.aftersales.permissions import EDIT_RMAS
from claimdesk.aftersales.queries.rmas import rmas
from claimdesk.kernel.actor import Actor

MOST = 20
State = WarrantyClaim.State


def rmas_of_claim(claim: WarrantyClaim, *, actor: Actor) -> dict[str, Any]:
    """Return what the part needs on a warranty claim's page."""
    is_open = claim.state not in (State.DRAFT, State.CLOSED)
    new = reverse("office:warranty_claim_rma", args=[claim.pk])
    rows = rmas(actor).filter(claim=claim).order_by("-pk")[:MOST]
    return {"rmas": rows, "rma_new_url": new if is_open and actor.may(EDIT_RMAS) else ""}


def rmas_of_reclamation(reclamation: Reclamation, *, actor: Actor) -> dict[str, Any]:
    """Return what the part needs on a reclamation's page."""
    new = reverse("office:reclamation_rma", args=[reclamation.pk])
    rows = rmas(actor).filter(reclamation=reclamation).order_by("-pk")[:MOST]
    return {"rmas": rows, "rma_new_url": new if reclamation.is_open and actor.may(EDIT_RMAS) else ""}

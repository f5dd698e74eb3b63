"""What every page's furniture needs to know."""

from typing import Any

from django.http import HttpRequest

from claimdesk.company.queries.company import company


def furniture(request: HttpRequest) -> dict[str, Any]:
    """Return the seller and the actor, for the layouts."""
    return {"company": company(), "actor": getattr(request, "actor", None)}

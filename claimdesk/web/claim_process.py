"""The life of a warranty claim as office and portal show it (W13)."""

from typing import Any

from django.http import HttpResponse
from django.utils.safestring import mark_safe

from claimdesk.aftersales.claim_diagram import as_svg, from_everywhere, picture
from claimdesk.company.models import Company
from claimdesk.web.documents.claim_process import claim_process_as_pdf


def claim_process_context() -> dict[str, Any]:
    """Return what the page needs: the picture, whose words are escaped, and what it leaves out."""
    return {"picture": mark_safe(as_svg(picture())), "from_everywhere": from_everywhere()}


def claim_process_pdf_answer(seller: Company) -> HttpResponse:
    """Answer the picture as a PDF to keep."""
    headers = {"Content-Disposition": 'attachment; filename="warranty-claims.pdf"'}
    return HttpResponse(claim_process_as_pdf(seller), content_type="application/pdf", headers=headers)

"""The life of a warranty claim, as a picture on a page and as a PDF (W13)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _

from claimdesk.aftersales.permissions import VIEW_OWN_WARRANTY_CLAIMS
from claimdesk.web.claim_process import claim_process_context, claim_process_pdf_answer
from claimdesk.web.gates import portal_page, while_on
from claimdesk.web.requests import PageRequest


@portal_page(VIEW_OWN_WARRANTY_CLAIMS)
@while_on("warranty_claims_on")
def warranty_claim_process(request: PageRequest) -> HttpResponse:
    context = {"title": _("The life of a warranty claim"), **claim_process_context()}
    return render(request, "portal/claim_process.html", context)


@portal_page(VIEW_OWN_WARRANTY_CLAIMS)
@while_on("warranty_claims_on")
def warranty_claim_process_pdf(request: PageRequest) -> HttpResponse:
    return claim_process_pdf_answer(request.seller)


urls = [
    path("claims/process/", warranty_claim_process, name="warranty_claim_process"),
    path("claims/process/pdf/", warranty_claim_process_pdf, name="warranty_claim_process_pdf"),
]

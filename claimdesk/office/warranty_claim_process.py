"""The life of a warranty claim, as a picture on a page and as a PDF (W13)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _

from claimdesk.aftersales.permissions import VIEW_WARRANTY_CLAIMS
from claimdesk.web.claim_process import claim_process_context, claim_process_pdf_answer
from claimdesk.web.gates import office_page, while_on
from claimdesk.web.requests import PageRequest


@office_page(VIEW_WARRANTY_CLAIMS)
@while_on("warranty_claims_on")
def warranty_claim_process(request: PageRequest) -> HttpResponse:
    context = {"title": _("The life of a warranty claim"), **claim_process_context()}
    return render(request, "office/warranty_claims/process.html", context)


@office_page(VIEW_WARRANTY_CLAIMS)
@while_on("warranty_claims_on")
def warranty_claim_process_pdf(request: PageRequest) -> HttpResponse:
    return claim_process_pdf_answer(request.seller)


urls = [
    path("warranty-claims/process/", warranty_claim_process, name="warranty_claim_process"),
    path("warranty-claims/process/pdf/", warranty_claim_process_pdf, name="warranty_claim_process_pdf"),
]

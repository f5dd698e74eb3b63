"""Drafts of warranty claims: begun, typed, saved as one types, submitted (W2-W5, W14)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claimdesk.aftersales.actions.warranty_claims.drafts import (
    delete_draft,
    save_draft,
    start_claim,
    submit_claim,
)
from claimdesk.aftersales.models import ClaimLine, WarrantyClaim
from claimdesk.aftersales.permissions import MAKE_OWN_WARRANTY_CLAIMS
from claimdesk.aftersales.queries.claim_checks import drafts_of
from claimdesk.aftersales.queries.warranty_claims import warranty_claims
from claimdesk.kernel.refused import Refused
from claimdesk.portal.claim_sheet import differences, rate_of, sheet
from claimdesk.portal.claim_typing import NAME, Reader, TypedClaim, TypedJob, TypedLine, typed_from, typed_of
from claimdesk.portal.goods import customer_in_hand
from claimdesk.portal.serial_checks import cover_of
from claimdesk.web.addresses import address_of
from claimdesk.web.answers import done, is_part
from claimdesk.web.files.panel import files_panel
from claimdesk.web.gates import portal_page, while_on
from claimdesk.web.requests import PageRequest

State = WarrantyClaim.State
NEW, FORM = "portal/warranty_claims/new.html", "portal/warranty_claims/form.html"


def claim_url(claim: WarrantyClaim) -> str:
    """Return the address of a warranty claim."""
    return address_of("portal:warranty_claim", claim.pk)


def edit_url(claim: WarrantyClaim) -> str:
    """Return the address where a draft is typed."""
    return address_of("portal:warranty_claim_edit", claim.pk)


def own_claim(request: PageRequest, pk: int) -> WarrantyClaim:
    """Return a claim that the actor may see. Raises: Http404."""
    rows = warranty_claims(request.actor).select_related("customer", "follows")
    return get_object_or_404(rows, pk=pk)


@portal_page(MAKE_OWN_WARRANTY_CLAIMS)
@while_on("warranty_claims_on")
def warranty_claim_new(request: PageRequest) -> HttpResponse:
    """Begin a claim with its serial number; the draft exists from then on (W2)."""
    if request.method != "POST":
        serial = request.GET.get("serial", "")[:60]
        context = {"title": _("New claim"), "serial": serial, "key": get_random_string(24)}
        return render(request, NEW, context)
    typed = typed_of(request.POST)
    claim = start_claim(customer_in_hand(request), key=typed.key, by=request.actor)
    if claim.state == State.DRAFT and not claim.draft_version:
        save_draft(claim, version=0, serial=typed.serial, key=typed.key, by=request.actor)
    return done(request, f"{edit_url(claim)}?checked=1")


@portal_page(MAKE_OWN_WARRANTY_CLAIMS)
@while_on("warranty_claims_on")
def warranty_claim_edit(request: PageRequest, pk: int) -> HttpResponse:
    """Show a draft's form; a POST saves it whole."""
    claim = own_claim(request, pk)
    if request.method == "POST":
        return _saved(request, claim, typed_of(request.POST))
    if claim.state != State.DRAFT:
        return redirect(claim_url(claim))
    return render(request, FORM, _page(request, claim))


@portal_page(MAKE_OWN_WARRANTY_CLAIMS)
@while_on("warranty_claims_on")
@require_POST
def warranty_claim_submission(request: PageRequest, pk: int) -> HttpResponse:
    """Save the form and submit the claim, once however often it is asked (W4)."""
    claim = own_claim(request, pk)
    typed = typed_of(request.POST).without_blank_lines()
    reader = Reader(claim.currency)
    if claim.state == State.DRAFT:
        try:
            _keep(request, claim, typed, reader)
        except Refused as refusal:
            if refusal.code == "draft_changed":
                return _conflict(request, claim, typed)
            if refusal.code != "not_a_draft":  # a second click, that came while the first was at it
                raise
    if reader.faults:
        return render(request, FORM, _page(request, claim, typed, reader.faults), status=422)
    try:
        submit_claim(claim, key=typed.key, by=request.actor)
    except Refused as refusal:
        if refusal.code != "incomplete":
            raise
        context = _page(request, claim, None, {}) | {"is_incomplete": True}
        return render(request, FORM, context, status=422)
    return done(request, claim_url(claim), _("We have your claim %(number)s.") % {"number": claim.number})


@portal_page(MAKE_OWN_WARRANTY_CLAIMS)
@while_on("warranty_claims_on")
@require_POST
def warranty_claim_additions(request: PageRequest, pk: int) -> HttpResponse:
    """Save the form with a job or a line more; the button's value says where."""
    typed = typed_of(request.POST)
    place = request.POST.get("place", "")
    found, _dot, kind = place.rpartition(".")
    number = int(match[1]) if (match := NAME.fullmatch(f"{found}.lines")) else -1
    if 0 <= number < len(typed.jobs) and kind in ClaimLine.Kind.values:
        typed.jobs[number].lines.append(TypedLine(kind=kind, quantity="1"))
        target = f"{found}.lines.{len(typed.jobs[number].lines) - 1}"
    else:
        typed.jobs.append(TypedJob())
        target = f"jobs.{len(typed.jobs) - 1}"
    return _saved(request, own_claim(request, pk), typed, at=target)


@portal_page(MAKE_OWN_WARRANTY_CLAIMS)
@while_on("warranty_claims_on")
@require_POST
def warranty_claim_removals(request: PageRequest, pk: int) -> HttpResponse:
    """Save the form without the job or the line that the button names."""
    typed = typed_of(request.POST)
    match = NAME.fullmatch(f"{request.POST.get('place', '')}.x")
    job, line = (int(match[1]), match[2]) if match else (-1, None)
    if 0 <= job < len(typed.jobs):
        if line is None:
            del typed.jobs[job]
        elif int(line) < len(typed.jobs[job].lines):
            del typed.jobs[job].lines[int(line)]
    return _saved(request, own_claim(request, pk), typed, at="jobs")


@portal_page(MAKE_OWN_WARRANTY_CLAIMS)
@while_on("warranty_claims_on")
@require_POST
def warranty_claim_deletion(request: PageRequest, pk: int) -> HttpResponse:
    """Delete a draft; that there was one stays in history."""
    delete_draft(own_claim(request, pk), by=request.actor)
    return done(request, f"{reverse('portal:claims')}?show=draft", _("The draft is deleted."))


def _keep(request: PageRequest, claim: WarrantyClaim, typed: TypedClaim, reader: Reader) -> WarrantyClaim:
    return save_draft(
        claim,
        version=typed.version,
        jobs=reader.jobs(typed.jobs),
        key=typed.save_key or typed.key,
        serial=typed.serial,
        claim_type=typed.claim_type or claim.claim_type,
        invoice_number=typed.invoice_number,
        by=request.actor,
    )


def _saved(request: PageRequest, claim: WarrantyClaim, typed: TypedClaim, *, at: str = "") -> HttpResponse:
    """Save the form and answer: what is computed of it to script, else the form anew."""
    reader = Reader(claim.currency)
    try:
        _keep(request, claim, typed, reader)
    except Refused as refusal:
        if refusal.code == "draft_changed":
            return _conflict(request, claim, typed)
        raise
    if is_part(request):
        return render(
            request, "portal/warranty_claims/_fresh.html", sheet(claim, typed=typed, faults=reader.faults)
        )
    if reader.faults:
        return render(request, FORM, _page(request, claim, typed, reader.faults), status=422)
    return done(
        request, f"{edit_url(claim)}?checked=1{f'#{at}' if at else ''}", "" if at else _("Draft saved.")
    )


def _conflict(request: PageRequest, claim: WarrantyClaim, typed: TypedClaim) -> HttpResponse:
    """Say who changed the draft meanwhile, and what; what was typed stays in the form (W14)."""
    claim.refresh_from_db()
    theirs = typed_from(claim, drafts_of(claim), has_rate=rate_of(claim) is not None)
    conflict = {"differences": differences(typed, theirs), "who": claim.draft_saved_by_name}
    if is_part(request):
        context = {"conflict": conflict, "claim": claim, "version": claim.draft_version}
        return render(request, "portal/warranty_claims/_conflict.html", context, status=409)
    typed.key = ""  # sent anew it is another deed, which whoever sends it has chosen
    context = _page(request, claim, typed, {}) | {"conflict": conflict}
    return render(request, FORM, context, status=409)


def _page(
    request: PageRequest,
    claim: WarrantyClaim,
    typed: TypedClaim | None = None,
    faults: dict[str, str] | None = None,
) -> dict[str, Any]:
    context = sheet(claim, typed=typed, faults=faults)
    first = context["typed"].jobs[0]
    cover = None  # script asks for it; without script the answer comes with what is sent, for tries count
    if request.method == "POST" or "checked" in request.GET:
        cover = cover_of(request, context["typed"].serial, failed_on=first.failed_on, meter=first.meter)
    return context | {
        "title": _("Claim on %(serial)s") % {"serial": claim.serial} if claim.serial else _("New claim"),
        "cover": cover,
        "panel": files_panel(claim, actor=request.actor),
        "back": edit_url(claim),
        "facts": [
            (_("Customer"), f"{claim.customer.name} ({claim.customer.number})"),
            (_("Begun by"), claim.created_by_name),
            (_("E-mail"), request.user.email),
        ],
    }


urls = [
    path("claims/new/", warranty_claim_new, name="warranty_claim_new"),
    path("warranty-claims/<int:pk>/edit/", warranty_claim_edit, name="warranty_claim_edit"),
    path("warranty-claims/<int:pk>/submission/", warranty_claim_submission, name="warranty_claim_submission"),
    path("warranty-claims/<int:pk>/additions/", warranty_claim_additions, name="warranty_claim_additions"),
    path("warranty-claims/<int:pk>/removals/", warranty_claim_removals, name="warranty_claim_removals"),
    path("warranty-claims/<int:pk>/deletion/", warranty_claim_deletion, name="warranty_claim_deletion"),
]

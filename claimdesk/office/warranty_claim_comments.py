"""What is said about a warranty claim: to the customer, among staff, and by e-mail (W8, E10)."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claimdesk.aftersales.models import WarrantyClaim
from claimdesk.aftersales.permissions import EDIT_WARRANTY_CLAIMS, VIEW_WARRANTY_CLAIMS
from claimdesk.aftersales.queries.claim_people import claimant
from claimdesk.aftersales.queries.warranty_claims import warranty_claims
from claimdesk.conversations.actions.emails import send_email
from claimdesk.conversations.files.attaching import kept
from claimdesk.web.answers import done, invalid
from claimdesk.web.conversation.forms import CommentForm, LetterForm
from claimdesk.web.conversation.saying import refuse_form, said, say, show
from claimdesk.web.gates import office_page
from claimdesk.web.requests import PageRequest

PAGE = "office/warranty_claims/conversation.html"
LETTER = "office/warranty_claims/email.html"


@office_page(VIEW_WARRANTY_CLAIMS)
def comments(request: PageRequest, pk: int) -> HttpResponse:
    """Show the conversation; by POST comment, which the customer reads."""
    claim = _claim_or_404(request, pk)
    if request.method != "POST":
        return show(request, claim, PAGE)
    form = CommentForm(request.POST, request.FILES)
    if not form.is_valid():
        return refuse_form(request, PAGE, claim, form=form)
    say(request, claim, form)
    return said(request, claim, _("Sent to the customer."))


@office_page(VIEW_WARRANTY_CLAIMS)
@require_POST
def notes(request: PageRequest, pk: int) -> HttpResponse:
    """Leave an internal note, which no customer reads."""
    claim = _claim_or_404(request, pk)
    form = CommentForm(request.POST, request.FILES, is_internal=True)
    if not form.is_valid():
        return refuse_form(request, PAGE, claim, note_form=form)
    say(request, claim, form, is_internal=True)
    return said(request, claim, _("The note is kept, for staff only."))


@office_page(EDIT_WARRANTY_CLAIMS)
def emails(request: PageRequest, pk: int) -> HttpResponse:
    """Write an e-mail about the claim."""
    claim = _claim_or_404(request, pk)
    back = reverse("office:warranty_claim_comments", args=[claim.pk])
    form = _letter_form(request, claim)
    context = {"title": _("Send e-mail"), "form": form, "claim": claim, "cancel": back}
    if request.method != "POST":
        return render(request, LETTER, context)
    if not form.is_valid():
        return invalid(request, LETTER, context)
    letter = dict(form.cleaned_data)
    with kept(letter.pop("upload")) as files:
        send_email(claim, **letter, files=files, by=request.actor)
    return done(request, back, _("The e-mail is on its way."))


def _letter_form(request: PageRequest, claim: WarrantyClaim) -> LetterForm:
    if request.method == "POST":
        return LetterForm(request.POST, request.FILES)
    person = claimant(claim)
    subject = _("Your warranty claim %(number)s") % {"number": claim.number}
    return LetterForm(initial={"to": person.email if person else claim.customer.email, "subject": subject})


def _claim_or_404(request: PageRequest, pk: int) -> WarrantyClaim:
    return get_object_or_404(warranty_claims(request.actor).select_related("customer"), pk=pk)


urls = [
    path("warranty-claims/<int:pk>/comments/", comments, name="warranty_claim_comments"),
    path("warranty-claims/<int:pk>/notes/", notes, name="warranty_claim_notes"),
    path("warranty-claims/<int:pk>/emails/", emails, name="warranty_claim_emails"),
]

"""What the customer's people and the seller say to each other about a warranty claim (W8)."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext as _

from claimdesk.aftersales.actions.warranty_claims.review import answer_about_claim
from claimdesk.aftersales.models import WarrantyClaim
from claimdesk.aftersales.permissions import VIEW_OWN_WARRANTY_CLAIMS
from claimdesk.aftersales.queries.warranty_claims import warranty_claims
from claimdesk.conversations.files.attaching import kept
from claimdesk.web.conversation.forms import CommentForm
from claimdesk.web.conversation.panel import conversation_about
from claimdesk.web.conversation.saying import refuse_form, said, say, show
from claimdesk.web.gates import portal_page
from claimdesk.web.requests import PageRequest

PAGE = "portal/warranty_claims/conversation.html"


@portal_page(VIEW_OWN_WARRANTY_CLAIMS)
def comments(request: PageRequest, pk: int) -> HttpResponse:
    """Show the conversation; by POST comment, which answers what was asked if something was."""
    claim = get_object_or_404(warranty_claims(request.actor), pk=pk)
    if request.method != "POST":
        return show(request, claim, PAGE)
    form = CommentForm(request.POST, request.FILES)
    if not form.is_valid():
        return refuse_form(request, PAGE, claim, form=form)
    if conversation_about(claim, actor=request.actor).is_answer:
        _answer(request, claim, form)
        return said(request, claim, _("Your answer is here. The review goes on."))
    say(request, claim, form)
    return said(request, claim, _("Your comment is here."))


def _answer(request: PageRequest, claim: WarrantyClaim, form: CommentForm) -> None:
    with kept(form.cleaned_data["upload"]) as files:
        answer_about_claim(claim, text=form.cleaned_data["body"], files=files, by=request.actor)


urls = [path("warranty-claims/<int:pk>/comments/", comments, name="warranty_claim_comments")]

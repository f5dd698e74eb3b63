"""The claimant's side of an account claim: what staff asked, and his answer (A46)."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from claimdesk.access.actions.account_claim_questions import answer_question
from claimdesk.access.models import AccountClaim
from claimdesk.access.queries.account_claims import account_claims
from claimdesk.conversations.queries.threads import messages_about
from claimdesk.kernel.actor import Actor
from claimdesk.web.answers import done
from claimdesk.web.files.panel import files_panel
from claimdesk.web.gates import signed_in_page
from claimdesk.web.numbers import whole_number
from claimdesk.web.requests import PageRequest


class AnswerForm(forms.Form):
    """An answer to staff."""

    body = forms.CharField(
        label=gettext_lazy("Your answer"), max_length=4000, widget=forms.Textarea({"rows": 4})
    )


def thread_of(claim: AccountClaim, actor: Actor) -> dict[str, Any]:
    """Return what `portal/account_claims/_thread.html` needs."""
    return {
        "claim": claim,
        "thread": messages_about(claim, actor=actor),
        "answer": AnswerForm(),
        "panel": files_panel(claim, actor=actor, is_open=claim.is_pending),
    }


@signed_in_page
@require_POST
def account_claim_answer(request: PageRequest) -> HttpResponse:
    """Take the answer to the latest question; an empty one leads back to the field, which asks for it."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return redirect(f"{reverse('portal:waiting')}#thread")
    mine = account_claims(request.actor).order_by("-pk")
    claim = get_object_or_404(mine, pk=whole_number(request.POST.get("claim")))
    answer_question(claim, body=form.cleaned_data["body"], by=request.actor)
    return done(request, reverse("portal:waiting"), _("Your answer is on its way to us."))


urls = [path("waiting/answer/", account_claim_answer, name="account_claim_answer")]

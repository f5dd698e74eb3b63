"""Saying something about a claim, as both doors do it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from claimdesk.aftersales.models import WarrantyClaim
from claimdesk.conversations.actions.messages import add_message
from claimdesk.conversations.files.attaching import kept
from claimdesk.web.answers import invalid, is_part, part
from claimdesk.web.conversation.forms import CommentForm
from claimdesk.web.conversation.panel import Conversation, conversation_about
from claimdesk.web.requests import PageRequest

COMMENTS = "web/conversation/_comments.html"


def show(request: PageRequest, claim: WarrantyClaim, page: str) -> HttpResponse:
    """Show the conversation as a page of its own; to htmx its comments."""
    conversation = conversation_about(claim, actor=request.actor)
    return render(request, COMMENTS if is_part(request) else page, _context(conversation))


def refuse_form(request: PageRequest, page: str, claim: WarrantyClaim, **forms: CommentForm) -> HttpResponse:
    """Show what was typed once more, with what is wrong."""
    conversation = conversation_about(claim, actor=request.actor, **forms)
    return invalid(request, COMMENTS if is_part(request) else page, _context(conversation))


def said(request: PageRequest, claim: WarrantyClaim, message: str) -> HttpResponse:
    """Show the conversation after something was said."""
    conversation = conversation_about(claim, actor=request.actor)
    return part(
        request, COMMENTS, _context(conversation), message=message, to=f"{conversation.comments_url}#comments"
    )


def say(request: PageRequest, claim: WarrantyClaim, form: CommentForm, *, is_internal: bool = False) -> None:
    """Add what was typed, with its files."""
    words = form.cleaned_data
    with kept(words["upload"]) as files:
        add_message(claim, body=words["body"], is_internal=is_internal, files=files, by=request.actor)


def _context(conversation: Conversation) -> dict[str, Any]:
    title = _("Claim %(number)s: comments") % {"number": conversation.claim}
    return {"title": title, "conversation": conversation}

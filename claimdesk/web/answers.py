"""How views answer: changed parts to htmx, redirects to everybody else, messages with both."""

import hashlib
import json
import re
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string

_TOKENS = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')


class SeeOther(HttpResponseRedirect):
    """303: the deed is done, look there (by GET)."""

    status_code = 303


def is_part(request: HttpRequest) -> bool:
    """Tell whether htmx asks for a part of a page, not for a page to show whole."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-Boosted") != "true"


def done(request: HttpRequest, to: str, message: str = "", *, undo: str = "") -> HttpResponse:
    """Answer a deed that worked: say `message`, then show `to`.

    `undo` is the address that a POST takes the deed back at: the message has a button for it.

    To htmx (a dialog, a row) it says so by an event: the dialog closes and the page beneath asks for its
    changes, or goes to `to` where that is another page. The message comes with either.
    """
    if message:
        messages.success(request, message, extra_tags=undo)
    if not is_part(request):
        return SeeOther(to)
    return HttpResponse(status=204, headers={"HX-Trigger": json.dumps({"claimdesk:done": {"to": to}})})


def part(
    request: HttpRequest, template: str, context: dict[str, Any], *, message: str = "", to: str
) -> HttpResponse:
    """Answer a deed on a part of a page: the changed part to htmx, `to` to everybody else."""
    if not is_part(request):
        return done(request, to, message)
    if message:
        messages.success(request, message)
    response = render(request, template, context)
    response.write(render_to_string("web/_messages.html", {"out_of_band": True}, request))
    return response


def invalid(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """Answer wrong input: the page again, with what is wrong."""
    return render(request, template, context, status=422)


def tag_of(html: str) -> str:
    """Return the ETag of a part, whatever CSRF token stands in it."""
    return f'"{hashlib.sha256(_TOKENS.sub("", html).encode()).hexdigest()[:32]}"'


def holds(request: HttpRequest, tag: str) -> bool:
    """Tell whether the browser holds what `tag` names; compression on the way makes the tag a weak one."""
    return request.headers.get("If-None-Match", "").removeprefix("W/") == tag


def unless_unchanged(request: HttpRequest, response: HttpResponse, *, tag: str = "") -> HttpResponse:
    """Give `response` an ETag, by default made of its content; answer 304 when the browser holds the same (A50)."""
    tag = tag or tag_of(response.content.decode())
    unchanged = holds(request, tag)
    answer = HttpResponse(status=304) if unchanged else response
    answer["ETag"] = tag
    answer["Cache-Control"] = "no-store"
    return answer

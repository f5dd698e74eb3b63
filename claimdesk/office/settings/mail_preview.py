"""A mail's HTML as a page of its own, for a frame: it can style itself, and nothing else."""

from collections.abc import Callable, Sequence
from typing import TypeVar, cast

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp_replace, csp_update
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin

from claimdesk.company.system_emails.rendering import Rendered
from claimdesk.web.requests import PageRequest

# No scripts, no forms, and an origin of its own; links open beside the office.
FRAMED = {
    "default-src": [NONE],
    "style-src": [UNSAFE_INLINE],
    "img-src": [SELF, "data:", "https:"],
    "frame-ancestors": [SELF],
    "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox"],
    "form-action": [NONE],
    "base-uri": [NONE],
    "script-src": [NONE],
    "connect-src": [NONE],
    "font-src": [NONE],
    "manifest-src": [NONE],
}

Page = TypeVar("Page", bound=Callable[..., HttpResponse])


def shows_frames(page: Page) -> Page:
    """Let a page show frames of our own."""
    return cast(Page, csp_update({"frame-src": [SELF]})(page))


def is_framed(page: Page) -> Page:
    """Let a page be shown in a frame of ours, and do nothing there but look as it looks."""
    return cast(Page, xframe_options_sameorigin(csp_replace(FRAMED)(page)))


@is_framed
def mail_page(
    request: PageRequest, mail: Rendered | None = None, *, html: str = "", problems: Sequence[str] = ()
) -> HttpResponse:
    """Answer the HTML of `mail`, or `html` as it was stored, or what is wrong with it."""
    if problems:
        return render(request, "mail/problems.html", {"problems": problems}, status=422)
    return HttpResponse(mail.html if mail else html)

"""Light, dark or as the system has it: kept in a cookie, changed by a POST that needs no script."""

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_POST

from claimdesk.web.addresses import back
from claimdesk.web.answers import SeeOther
from claimdesk.web.gates import public_page

COOKIE = "theme"
THEMES = ("auto", "light", "dark")
A_YEAR_IN_SECONDS = 365 * 24 * 3600


def theme_of(request: HttpRequest) -> str:
    """Return the chosen theme, "auto" by default."""
    theme = request.COOKIES.get(COOKIE, "auto")
    return theme if theme in THEMES else "auto"


@public_page
@require_POST
def change_theme(request: HttpRequest) -> HttpResponse:
    """Keep the chosen theme and go back to the page."""
    response = SeeOther(back(request))
    theme = request.POST.get("theme")
    if theme in THEMES:
        response.set_cookie(
            COOKIE,
            theme,
            max_age=A_YEAR_IN_SECONDS,
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )
    return response


urls = [path("theme/", change_theme, name="theme")]

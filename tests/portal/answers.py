"""What pages say, made comparable: answers must not tell who exists (A18)."""

import re

from django.http import HttpResponse

_ONE_TIME = re.compile(r"""(value|content|hx-headers)=("[^"]*"|'[^']*')""")


def said(response: HttpResponse, *typed: str) -> str:
    """Return the page's text without what the person typed and without one-time values."""
    text = response.content.decode()
    for value in typed:
        text = text.replace(value, "…")
    return re.sub(r"\s+", " ", _ONE_TIME.sub("", text))

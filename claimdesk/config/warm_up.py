"""What a web server loads before its first request, so that no reader waits for it."""

import gc
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.template.loader import get_template
from django.template.utils import get_app_template_dirs
from django.urls import get_resolver
from django.utils import translation

PACKAGE = Path(__file__).resolve().parent.parent


def warm_up() -> None:
    """Load addresses, views, languages and templates, once for all processes that are forked from this one.

    Then keep the garbage collector off them: they are some hundred thousand objects that live as long as the
    process, and looking through them took 80 ms in the midst of one request in fifty. What requests themselves
    leave behind is looked through in 4 ms at most.
    """
    get_resolver()._populate()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            translation.gettext("Save")
    for name in _names_of_templates():
        get_template(name)
    gc.collect()
    gc.freeze()


def _names_of_templates() -> Iterator[str]:
    """Yield the templates of our own rooms' pages."""
    for folder in get_app_template_dirs("templates"):
        if folder.is_relative_to(PACKAGE):
            yield from (str(path.relative_to(folder)) for path in sorted(folder.rglob("*.html")))

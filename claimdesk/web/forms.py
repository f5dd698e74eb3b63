"""How forms look: Django's form renderer with our templates. FORM_RENDERER names it."""

from collections.abc import Callable
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.forms.utils import flatatt
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

Widget = dict[str, Any]


class Renderer(TemplatesSetting):
    """Renders forms, fields and errors from web/forms/; selects and plain inputs, of which a list of filters is
    made, without a template: Django's would nest three of them for every option."""

    form_template_name = "web/forms/form.html"
    field_template_name = "web/forms/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        written = WRITTEN.get(template_name)
        return written(context["widget"]) if written else super().render(template_name, context, request)


def select_html(widget: Widget) -> SafeString:
    """Return a select as Django's template of it does, its groups included."""
    return format_html(
        '<select name="{}"{}>{}</select>',
        widget["name"],
        flatatt(widget["attrs"]),
        format_html_join("", "{}", ((_group_html(*group),) for group in widget["optgroups"])),
    )


def _group_html(label: Any, options: list[Widget], _index: int) -> SafeString:
    html = format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((o["value"], flatatt(o["attrs"]), o["label"]) for o in options),
    )
    return format_html('<optgroup label="{}">{}</optgroup>', label, html) if label else html


def input_html(widget: Widget) -> SafeString:
    """Return an input as Django's template of it does."""
    attributes = {"type": widget["type"], "name": widget["name"], "value": widget["value"]} | widget["attrs"]
    return format_html("<input{}>", flatatt(attributes))


WRITTEN: dict[str, Callable[[Widget], SafeString]] = {
    "django/forms/widgets/select.html": select_html,
    **{
        f"django/forms/widgets/{kind}.html": input_html
        for kind in ("text", "date", "number", "hidden", "email")
    },
}

"""The HTML part of a system e-mail, made from its text or from the seller's own HTML."""

from collections.abc import Mapping

import nh3
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import mark_safe

from claimdesk.company.system_emails.declaring import DeclaredEmail
from claimdesk.company.system_emails.filling import fill, names_in, paragraphs

PARAGRAPH = '<p style="margin:0 0 16px;">{}</p>'
BUTTON = (
    '<p style="margin:8px 0 16px;"><a href="{url}" style="display:inline-block;padding:12px 20px;border-radius:6px;'
    'background:#1d4ed8;color:#ffffff;font-weight:600;text-decoration:none;">{label}</a></p>'
    '<p class="small" style="margin:0 0 16px;font-size:13px;color:#66707f;word-break:break-all;">'
    '<a href="{url}" style="color:#66707f;">{url}</a></p>'
)
CODE = (
    '<p class="code" style="margin:8px 0 20px;padding:14px;border-radius:6px;background:#eef2f7;color:#182433;'
    'font:700 28px/1.2 ui-monospace,Menlo,Consolas,monospace;letter-spacing:4px;text-align:center;">{}</p>'
)
TAGS = {
    "a", "b", "blockquote", "br", "center", "code", "div", "em", "h1", "h2", "h3", "h4", "hr", "i", "img", "li", "ol",
    "p", "pre", "small", "span", "strong", "table", "tbody", "td", "th", "thead", "tr", "u", "ul",
}  # fmt: skip
SHAPE = {
    "align",
    "valign",
    "width",
    "height",
    "bgcolor",
    "border",
    "cellpadding",
    "cellspacing",
    "class",
    "style",
}
STYLES = {
    "background", "background-color", "border", "border-bottom", "border-collapse", "border-color", "border-left",
    "border-radius", "border-right", "border-top", "color", "display", "font", "font-family", "font-size",
    "font-style", "font-weight", "height", "letter-spacing", "line-height", "margin", "margin-bottom", "margin-left",
    "margin-right", "margin-top", "max-width", "padding", "padding-bottom", "padding-left", "padding-right",
    "padding-top", "text-align", "text-decoration", "text-transform", "vertical-align", "width", "word-break",
}  # fmt: skip


def html_from_text(email: DeclaredEmail, text: str, values: Mapping[str, str]) -> str:
    """Return the body made from `text`: a link alone in a paragraph becomes a button, a code stands large."""
    return "\n".join(_paragraph(email, each, values) for each in paragraphs(text, values))


def html_from_seller(email: DeclaredEmail, html: str, values: Mapping[str, str]) -> str:
    """Return the seller's own HTML with values filled in as text, then cleaned."""
    return clean_html(fill(html, values, lambda _name, value: str(escape(value))))


def clean_html(html: str) -> str:
    """Return `html` without anything that could run, load or send; the one sanitiser for mail."""
    return nh3.clean(
        html,
        tags=TAGS,
        attributes={"*": SHAPE, "a": {"href", "title"}, "img": {"src", "alt"}, "td": {"colspan", "rowspan"}},
        url_schemes={"http", "https", "mailto", "tel", "cid"},
        filter_style_properties=STYLES,
    )


def lay_out(body: str, *, subject: str, seller: str, language: str, shows_subject: bool) -> str:
    """Return the whole HTML part: `body`, which is clean, in the seller's layout. A preview shows the subject."""
    return render_to_string(
        "mail/layout.html",
        {
            "body": mark_safe(body),
            "subject": subject,
            "seller": seller,
            "language": language,
            "shows_subject": shows_subject,
        },
    )


def _paragraph(email: DeclaredEmail, paragraph: str, values: Mapping[str, str]) -> str:
    names = names_in(paragraph)
    if len(names) == 1 and paragraph.strip() == f"{{{names[0]}}}" and names[0] in values:
        placeholder = email.placeholder(names[0])
        if placeholder and placeholder.is_link:
            url = escape(values[names[0]])
            return BUTTON.format(url=url, label=escape(email.button or values[names[0]]))
        if names[0] == "code":
            return CODE.format(escape(values["code"]))

    def show(name: str, value: str) -> str:
        placeholder = email.placeholder(name)
        escaped = str(escape(value))
        if placeholder and placeholder.is_link:
            return f'<a href="{escaped}">{escaped}</a>'
        return escaped

    return PARAGRAPH.format(fill(str(escape(paragraph)), values, show).replace("\n", "<br>\n"))

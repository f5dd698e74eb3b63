"""Templates obey the strict content policy, hold no logic, and speak through translations."""

import re

import pytest

INLINE = {
    "a script without a file": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", re.I),
    "a style element": re.compile(r"<style\b", re.I),
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.I),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.I),
    "a script as address": re.compile(r"javascript:", re.I),
    "htmx's own scripting": re.compile(r"\bhx-(on\b|vals=[\"']?js:)", re.I),
}
SILENT = [
    re.compile(r"\{% *comment.*?endcomment *%\}|\{#.*?#\}|<!--.*?-->", re.S),
    re.compile(r"\{% *blocktrans(late)?\b.*?endblocktrans(late)? *%\}", re.S),
    re.compile(r"<(\w+)[^>]*translate=\"no\"[^>]*>.*?</\1>", re.S),
    re.compile(r"<(script|svg|code|kbd)\b.*?</\1>", re.S),
]
TAGS = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.S)
SPOKEN_ATTRIBUTE = re.compile(r"\s(?:title|placeholder|alt|aria-label|label)=\"([^\"]*)\"")
WORD = re.compile(r"[A-Za-z]{2,}")


def words_outside_translation(template: str) -> list[str]:
    """Text and spoken attributes that no translation tag encloses."""
    for silent in SILENT:
        template = silent.sub(" ", template)
    template = TAGS.sub("", template)
    template = re.sub(r"&\w+;", " ", template)
    spoken = SPOKEN_ATTRIBUTE.findall(template) + re.sub(r"<[^>]*>", "\n", template).split("\n")
    return [text.strip() for text in spoken if WORD.search(text)]


@pytest.mark.parametrize("what", INLINE)
def test_templates_contain_nothing_inline(templates: dict[str, str], what: str):
    assert [name for name, text in templates.items() if INLINE[what].search(TAGS.sub("x", text))] == []


def test_templates_speak_through_translations(templates: dict[str, str]):
    spoken = {name: words_outside_translation(text) for name, text in templates.items()}

    assert {name: words for name, words in spoken.items() if words} == {}


def test_the_look_for_words_finds_what_it_should():
    template = '{% load i18n %}<p title="Hello">{% translate "Fine" %} {{ name }} <b>not fine</b></p>'

    assert words_outside_translation(template) == ["Hello", "not fine"]


def test_every_form_that_changes_something_guards_itself(templates: dict[str, str]):
    forms = re.compile(r"<form\b[^>]*method=\"post\"[^>]*>(.*?)</form>", re.S | re.I)
    unguarded = [
        name
        for name, text in templates.items()
        for form in forms.findall(text)
        if "{% csrf_token %}" not in form
    ]

    assert unguarded == []

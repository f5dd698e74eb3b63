"""Every language that is there is complete, and no translation loses a placeholder."""

import re

import pytest

from scripts.translations import CATALOGUES, PACKAGE, read_catalogue, texts_of_the_house

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")


def texts(message: str | tuple[str, ...] | list[str] | None) -> list[str]:
    """A text, or its singular and plurals, as a list."""
    if not message:
        return []
    return [message] if isinstance(message, str) else list(message)


@pytest.fixture(scope="module")
def catalogues() -> dict:
    return {path.parts[-3]: read_catalogue(path) for path in sorted(PACKAGE.rglob(CATALOGUES))}


def test_catalogues_hold_the_texts_of_code_and_templates(catalogues: dict):
    wanted = {(message.context, *texts(message.id)) for message in texts_of_the_house() if message.id}
    apart = {
        language: sorted(wanted ^ {(m.context, *texts(m.id)) for m in catalogue if m.id}, key=str)
        for language, catalogue in catalogues.items()
    }

    assert wanted
    assert {language: them for language, them in apart.items() if them} == {}, (
        "run `make messages`, then translate what is empty in claimdesk/locale/LANGUAGE/LC_MESSAGES/django.po"
    )


def test_every_text_of_a_catalogue_is_translated(catalogues: dict):
    missing = [
        f"{language}: {message.id}"
        for language, catalogue in catalogues.items()
        for message in catalogue
        if message.id and not (texts(message.string) and all(texts(message.string)))
    ]

    assert "de" in catalogues
    assert missing == [], "translate these in claimdesk/locale/LANGUAGE/LC_MESSAGES/django.po"


def test_no_translation_is_a_guess(catalogues: dict):
    guessed = [
        f"{language}: {message.id}"
        for language, catalogue in catalogues.items()
        for message in catalogue
        if message.id and message.fuzzy
    ]

    assert guessed == [], "look at these in django.po, put them right and take the mark `fuzzy` off"


def test_translations_hold_the_placeholders_of_their_text(catalogues: dict):
    changed = [
        (language, text)
        for language, catalogue in catalogues.items()
        for message in catalogue
        if message.id
        for original, text in zip(two(texts(message.id)), two(texts(message.string)), strict=True)
        if text and placeholders(original) != placeholders(text)
    ]

    assert changed == [], "in django.po, keep the placeholders of the English text as they are"


def placeholders(text: str) -> set[str]:
    """The named placeholders of a text."""
    return set(PLACEHOLDER.findall(text))


def two(forms: list[str]) -> list[str]:
    """The first and the last form: singular and plural, or twice the same."""
    return [forms[0], forms[-1]] if forms else ["", ""]

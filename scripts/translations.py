"""Translations without gettext's programs: `python scripts/translations.py compile|collect`.

`collect` brings every catalogue up to date with the texts in code and templates; to begin a language, make
an empty `claimdesk/locale/LANGUAGE/LC_MESSAGES/django.po` first. `compile` writes what Django reads.
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

HOUSE = Path(__file__).resolve().parent.parent
PACKAGE = HOUSE / "claimdesk"
CATALOGUES = "locale/*/LC_MESSAGES/*.po"
LAZY = {f"{name}_lazy": DEFAULT_KEYWORDS[name] for name in ("gettext", "ngettext", "pgettext", "npgettext")}
MARKED = {"gettext_noop": DEFAULT_KEYWORDS["gettext"]}
KEYWORDS = DEFAULT_KEYWORDS | LAZY | MARKED
FOR_TRANSLATORS = ["Translators:"]


def compile_translations(source: Path, target: Path) -> int:
    """Write a `.mo` under `target` for every `.po` under `source` that is newer. Returns how many."""
    written = 0
    for path in sorted(source.rglob(CATALOGUES)):
        compiled = (target / path.relative_to(source)).with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= path.stat().st_mtime:
            continue
        compiled.parent.mkdir(parents=True, exist_ok=True)
        with compiled.open("wb") as output:
            write_mo(output, read_catalogue(path))
        written += 1
    return written


def read_catalogue(path: Path) -> Catalog:
    """A language's catalogue; an empty file begins a new one."""
    if not path.stat().st_size:
        heading = f"# Claimdesk in {path.parts[-3]}."
        return Catalog(locale=path.parts[-3], project="Claimdesk", header_comment=heading, fuzzy=False)
    with path.open("rb") as messages:
        return read_po(messages, locale=path.parts[-3], domain=path.stem)


def texts_of_the_house() -> Catalog:
    """Every text that code or a template has translated."""
    catalogue = Catalog(project="Claimdesk", charset="utf-8")
    for path in sorted([*PACKAGE.rglob("*.py"), *PACKAGE.rglob("templates/**/*.*")]):
        if "migrations" in path.parts:
            continue
        for message, comments, context in texts_of(path):
            place = (str(path.relative_to(HOUSE)), 0)
            catalogue.add(message, locations=[place], auto_comments=comments, context=context)
    return catalogue


def texts_of(path: Path) -> Iterator[tuple[str | tuple[str, ...], list[str], str | None]]:
    """The texts of one file, with what is said to translators and their context."""
    code = path.read_text() if path.suffix == ".py" else as_code(path.read_text(), path)
    found = extract("python", io.BytesIO(code.encode()), keywords=KEYWORDS, comment_tags=FOR_TRANSLATORS)
    for _line, message, comments, context in found:
        yield message, comments, context


def as_code(template: str, path: Path) -> str:
    """A template as Django shows it to gettext, each line by itself."""
    from django.utils.translation.template import templatize  # noqa: PLC0415 - not there while a wheel is built

    return "\n".join(line.strip() for line in templatize(template, origin=str(path)).splitlines())


def collect() -> None:
    """Add new texts to every catalogue and drop those no longer used."""
    texts = texts_of_the_house()
    for path in sorted(PACKAGE.rglob(CATALOGUES)):
        catalogue = read_catalogue(path)
        catalogue.update(texts, no_fuzzy_matching=True, update_creation_date=False)
        catalogue.obsolete.clear()
        with path.open("wb") as output:
            write_po(output, catalogue, width=100, omit_header=False, include_lineno=False, sort_output=True)
        missing = sum(1 for message in catalogue if message.id and not message.string)
        print(f"{path.relative_to(HOUSE)}: {len(catalogue)} texts, {missing} not yet translated")


if __name__ == "__main__":
    if sys.argv[1:] == ["compile"]:
        compile_translations(PACKAGE, PACKAGE)
    elif sys.argv[1:] == ["collect"]:
        collect()
    else:
        sys.exit(__doc__)

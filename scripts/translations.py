"""Compiles translations without gettext's programs: `python scripts/translations.py`."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

HOUSE = Path(__file__).resolve().parent.parent


def compile_translations(source: Path, target: Path) -> int:
    """Write a `.mo` under `target` for every `.po` under `source` that is newer. Returns how many."""
    written = 0
    for catalogue in sorted(source.rglob("locale/*/LC_MESSAGES/*.po")):
        compiled = (target / catalogue.relative_to(source)).with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= catalogue.stat().st_mtime:
            continue
        language = catalogue.parts[-3]
        with catalogue.open("rb") as messages:
            translated = read_po(messages, locale=language, domain=catalogue.stem)
        compiled.parent.mkdir(parents=True, exist_ok=True)
        with compiled.open("wb") as output:
            write_mo(output, translated)
        written += 1
    return written


if __name__ == "__main__":
    compile_translations(HOUSE / "claimdesk", HOUSE / "claimdesk")

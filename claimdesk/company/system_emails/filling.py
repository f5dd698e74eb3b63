"""The placeholder language of the seller's words: `{name}`, and nothing else.

Words of a seller are never run as a template. A value is filled in once and not looked into, so that a
customer who calls himself `{link}` gets no link.
"""

import re
from collections.abc import Callable, Mapping

_NAME = re.compile(r"\{([A-Za-z0-9_]*)\}")
_BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")


def names_in(words: str) -> list[str]:
    """Return the placeholders in `words`, each once, in order."""
    return list(dict.fromkeys(_NAME.findall(words)))


def fill(words: str, values: Mapping[str, str], show: Callable[[str, str], str] | None = None) -> str:
    """Return `words` with every known placeholder filled in.

    Takes: `show(name, value)`, which may escape or dress up a value.
    """

    def replace(match: re.Match[str]) -> str:
        name = match[1]
        if name not in values:
            return match[0]
        return show(name, values[name]) if show else values[name]

    return _NAME.sub(replace, words)


def paragraphs(words: str, values: Mapping[str, str]) -> list[str]:
    """Return the paragraphs of `words`, unfilled, without lines whose placeholders are all empty."""
    told = words.replace("\r\n", "\n").strip()
    kept = (
        "\n".join(line for line in paragraph.split("\n") if _says_something(line, values))
        for paragraph in _BLANK_LINES.split(told)
    )
    return [paragraph for paragraph in kept if paragraph.strip()]


def _says_something(line: str, values: Mapping[str, str]) -> bool:
    names = [name for name in names_in(line) if name in values]
    return not names or any(values[name].strip() for name in names)

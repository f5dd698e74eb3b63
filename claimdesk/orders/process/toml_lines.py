"""In which line of a TOML file stands which table or key; `tomllib` does not say.

Source: TOML 1.0.0, https://toml.io/en/v1.0.0
"""

import re
from collections import defaultdict

Path = tuple[str | int, ...]

_WORD = r"""(?:"(?:\\.|[^"\\])*"|'[^']*'|[A-Za-z0-9_-]+)"""
_NAME = rf"{_WORD}(?:\s*\.\s*{_WORD})*"
_HEADER = re.compile(rf"\s*(\[\[?)\s*({_NAME})\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(rf"\s*({_NAME})\s*=")
_LONG = re.compile(r'"""(?:\\.|[^\\])*?"""|' + r"'''.*?'''", re.DOTALL)
_SHORT = re.compile(r'"(?:\\.|[^"\\\n])*"' + r"|'[^'\n]*'")
_COMMENT = re.compile(r"#[^\n]*")


def lines_of(text: str) -> dict[Path, int]:
    """Return the line of every table and key of a valid `text`: ("state", "new", "flags") → 7.

    An array of tables counts its elements: ("transition", 0, "from").
    """
    found: dict[Path, int] = {}
    counts: dict[Path, int] = defaultdict(int)
    table: Path = ()
    depth = 0
    blank = _without_long_texts(text).split("\n")
    for number, (line, bare) in enumerate(zip(text.split("\n"), blank, strict=True), 1):
        if depth == 0 and bare.strip():
            if header := _HEADER.match(line):
                table = _names(header[2])
                if header[1] == "[[":
                    counts[table] += 1
                    table = (*table, counts[table] - 1)
                found.setdefault(table, number)
                continue
            if key := _KEY.match(line):
                found.setdefault((*table, *_names(key[1])), number)
        code = _COMMENT.sub("", _SHORT.sub("", bare))
        depth += code.count("[") + code.count("{") - code.count("]") - code.count("}")
    return found


def _without_long_texts(text: str) -> str:
    """Blank out texts of several lines, keeping their line ends."""
    return _LONG.sub(lambda match: '""' + "\n" * match[0].count("\n"), text)


def _names(dotted: str) -> Path:
    return tuple(word[1:-1] if word[0] in "\"'" else word for word in re.findall(_WORD, dotted))

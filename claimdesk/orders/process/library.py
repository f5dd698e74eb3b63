"""The processes that come with Claimdesk: the default one, and examples to start from."""

from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
DEFAULT = "default"


def names() -> list[str]:
    """Return the names of the processes that come along, the default first."""
    found = sorted(path.stem for path in DATA.glob("*.toml"))
    return sorted(found, key=lambda name: name != DEFAULT)


@lru_cache
def text_of(name: str) -> str:
    """Return the file of the process `name`, one of `names()`."""
    return (DATA / f"{name}.toml").read_text(encoding="utf-8")

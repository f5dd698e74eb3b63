"""What the standing rules look at: the files of the house, read once."""

import ast
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2]
CODE = ("claimdesk", "tests", "scripts", "bench")
VENDORED = "vendor"


@dataclass(frozen=True)
class Source:
    """A Python file of the house."""

    path: Path

    @cached_property
    def text(self) -> str:
        return self.path.read_text()

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def name(self) -> str:
        return str(self.path.relative_to(HOUSE))

    @property
    def room(self) -> str:
        """The room of the house that the file belongs to, or nothing."""
        parts = self.path.relative_to(HOUSE).parts
        return parts[1] if parts[0] == "claimdesk" and len(parts) > 2 else ""

    def functions(self) -> list[ast.FunctionDef]:
        """Every function and method, nested ones too."""
        return [node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef)]

    def public_functions(self) -> list[ast.FunctionDef]:
        """The functions that others may call."""
        return [node for node in self.tree.body if isinstance(node, ast.FunctionDef) and node.name[0] != "_"]


@pytest.fixture(scope="session")
def sources() -> list[Source]:
    """Every Python file of the house but migrations, which nobody writes by hand."""
    files = (path for folder in CODE for path in sorted((HOUSE / folder).rglob("*.py")))
    return [Source(path) for path in files if "migrations" not in path.parts]


@pytest.fixture(scope="session")
def templates() -> dict[str, str]:
    """Every template, by its name. Mails may style themselves: no policy reaches into a mail program."""
    files = sorted((HOUSE / "claimdesk").rglob("templates/**/*.html"))
    return {str(path.relative_to(HOUSE)): path.read_text() for path in files if "mail" not in path.parts}


@pytest.fixture(scope="session")
def written() -> dict[str, str]:
    """Every file that somebody wrote here, by its name."""
    endings = {".py", ".html", ".css", ".js", ".md", ".toml", ".txt", ".yml", ".sh", ".po", ""}
    skipped = {
        ".git",
        ".venv",
        "var",
        "build",
        "dist",
        VENDORED,
        "node_modules",
        "__pycache__",
        ".hypothesis",
    }
    return {
        str(path.relative_to(HOUSE)): path.read_text(errors="replace")
        for path in sorted(HOUSE.rglob("*"))
        if path.is_file()
        and path.suffix in endings
        and not skipped & set(path.relative_to(HOUSE).parts)
        and not any(part.endswith(("_cache", ".egg-info")) for part in path.parts)
    }

"""What is wrong with a process file, and in which line."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault: the line of the file (from 1), a stable code, and what to do in the language of who reads."""

    line: int
    code: str
    message: str

    def __str__(self) -> str:
        return _("line %(line)s: %(message)s") % {"line": self.line, "message": self.message}


class NotAProcess(Exception):
    """A file that cannot be read as an order process; `problems` says why, in the order of its lines."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems

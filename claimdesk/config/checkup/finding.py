"""What was found: one line a subject."""

from dataclasses import dataclass
from typing import Literal

Grade = Literal["ok", "warn", "fail"]


@dataclass(frozen=True, slots=True)
class Finding:
    """`subject` is as it is said in `text`; `advice` says what to do about a warn or fail."""

    grade: Grade
    subject: str
    text: str
    advice: str = ""


def ok(subject: str, text: str) -> Finding:
    """All is well."""
    return Finding("ok", subject, text)


def warn(subject: str, text: str, advice: str) -> Finding:
    """It works, but look at it."""
    return Finding("warn", subject, text, advice)


def fail(subject: str, text: str, advice: str) -> Finding:
    """This will not do."""
    return Finding("fail", subject, text, advice)

"""Words that no file of the house may hold."""

import re

REGISTRIES = [
    "py" + "pi.org",
    "python" + "hosted.org",
    "registry.npm" + "js",
    "deb.deb" + "ian",
    "npm" + "mirror",
]
LEFT_FOR_LATER = ["TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK"]


def holding(written: dict[str, str], pattern: re.Pattern) -> list[str]:
    """The files that a pattern occurs in, with what it found."""
    found = {name: pattern.search(text) for name, text in written.items()}
    return [f"{name}: {match[0]}" for name, match in found.items() if match]


def test_no_file_names_a_registry_host(written: dict[str, str]):
    """Each machine has its own way to packages; a host in a file would bypass it."""
    assert holding(written, re.compile("|".join(map(re.escape, REGISTRIES)), re.I)) == []


def test_nothing_is_left_for_later(written: dict[str, str]):
    assert holding(written, re.compile(rf"\b({'|'.join(LEFT_FOR_LATER)})\b")) == []


def test_no_file_knows_one_machine(written: dict[str, str]):
    """A path of somebody's own machine works nowhere else."""
    assert holding(written, re.compile(r"(?<![\w/.}-])/(work|root|home)/\w+")) == []

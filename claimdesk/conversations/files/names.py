"""Names of files, made harmless: they are shown to people and offered to their disks."""

import re
import unicodedata

LONGEST = 120
_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f]')
_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}


def clean_name(name: str) -> str:
    """Return the last part of `name` without what would deceive a reader or a disk.

    No folders, no control characters, no marks that turn the direction of writing (by which "gpj.exe" looks
    like "exe.jpg"), no names of devices, at most LONGEST characters with the extension kept.
    """
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    name = "".join(
        c for c in name if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
    )
    name = " ".join(_FORBIDDEN.sub("_", name).split()).strip(". ")
    stem, extension = split_name(name)
    if stem.lower() in _DEVICES:
        stem = f"_{stem}"
    if not stem:
        stem = "file"
    kept = stem[: LONGEST - len(extension) - 1].rstrip(". ")
    return f"{kept}.{extension}" if extension else kept


def split_name(name: str) -> tuple[str, str]:
    """Return stem and extension, the latter in lower case; what is no plausible extension stays in the stem."""
    stem, dot, extension = name.rpartition(".")
    if not dot or not re.fullmatch(r"[0-9A-Za-z]{1,10}", extension):
        return name, ""
    return stem, extension.lower()

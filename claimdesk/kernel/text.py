"""Text as people type it, made comparable."""

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_NOT_ALPHANUMERIC = re.compile(r"[^0-9a-z]")
_ADDRESS_IN_TEXT = re.compile(r"://|www\.", re.IGNORECASE)


class _Folded(dict[int, str]):
    """Each letter without case and accents, made when it is first met."""

    def __missing__(self, code: int) -> str:
        decomposed = unicodedata.normalize("NFKD", chr(code).casefold())
        self[code] = "".join(c for c in decomposed if not unicodedata.combining(c)).replace("ß", "ss")
        return self[code]


_FOLDED = _Folded()


def tidy(text: str) -> str:
    """Return `text` in NFC, without control characters, with single blanks."""
    # Most text is so already, and a million rows are many.
    if text.isprintable() and (text.isascii() or unicodedata.is_normalized("NFC", text)):
        text = text.strip(" ")
        return text if "  " not in text else " ".join(text.split())
    text = unicodedata.normalize("NFC", text)
    text = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in text)
    return _SPACES.sub(" ", text).strip()


def has_markup(text: str) -> bool:
    """Tell whether there is markup or a web address in `text`, which no person's name has."""
    return "<" in text or ">" in text or _ADDRESS_IN_TEXT.search(text) is not None


def fold(text: str) -> str:
    """Return `text` without case and accents, for sorting and searching."""
    if text.isascii():
        return tidy(text).lower()
    return tidy(text).translate(_FOLDED)


def fold_number(text: str) -> str:
    """Return a number or postcode comparable: no case, blanks, punctuation or leading zeros (A23)."""
    if text.isascii() and text.isalnum():
        return text.lower().lstrip("0")
    return _NOT_ALPHANUMERIC.sub("", fold(text)).lstrip("0")


def fold_email(text: str) -> str:
    """Return an e-mail address as it is compared: NFC, lower case, domain in IDNA (A82, edge 2)."""
    text = tidy(text)
    if text.isascii():
        return text.lower()
    local, _, domain = text.rpartition("@")
    try:
        domain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        domain = domain.casefold()
    return f"{local.casefold()}@{domain.casefold()}"


def same_mailbox(text: str) -> str:
    """Return a key under which other spellings of one mailbox meet: no +tag, no dots at Gmail (A47)."""
    local, _, domain = fold_email(text).rpartition("@")
    local = local.split("+", 1)[0]
    if domain in ("gmail.com", "googlemail.com"):
        local, domain = local.replace(".", ""), "gmail.com"
    return f"{local}@{domain}"


def domain_of(email: str) -> str:
    """Return the folded domain of an e-mail address, or nothing."""
    return fold_email(email).rpartition("@")[2] if "@" in email else ""

"""How a system e-mail is declared."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Placeholder:
    """Something that is filled in. `is_link` makes it clickable; `is_secret` keeps it out of staff's sight."""

    name: str
    meaning: Words
    sample: Words
    is_link: bool = False
    is_secret: bool = False


@dataclass(frozen=True, slots=True)
class DeclaredEmail:
    """One system e-mail with its built-in words.

    `notice` names the kind of notification under which its readers may mute it (A85). `button` stands on the
    link that has a paragraph to itself.
    """

    key: str
    group: Words
    title: Words
    description: Words
    recipient: Words
    subject: Words
    text: Words
    placeholders: tuple[Placeholder, ...]
    button: Words = ""
    may_be_off: bool = True
    notice: str = ""

    def placeholder(self, name: str) -> Placeholder | None:
        return next((each for each in self.placeholders if each.name == name), None)

    @property
    def names(self) -> frozenset[str]:
        return frozenset(each.name for each in self.placeholders)

    @property
    def has_secrets(self) -> bool:
        return any(each.is_secret for each in self.placeholders)

    @property
    def samples(self) -> dict[str, str]:
        """Return an example of every placeholder, in the reader's language."""
        return {each.name: str(each.sample) for each in self.placeholders}


SELLER = (
    Placeholder("seller", _("your company's name"), "Northwind Tools"),
    Placeholder("seller_email", _("your company's e-mail address"), "desk@northwind.example"),
    Placeholder("seller_phone", _("your company's telephone number"), "+49 30 1234567"),
)
USER = Placeholder("user", _("the reader's name"), "Ada Fischer")
USERNAME = Placeholder("username", _("the reader's username"), "ada")
EMAIL = Placeholder("email", _("the reader's e-mail address"), "ada@fischer-wood.example")
CUSTOMER = Placeholder("customer", _("the customer's name"), "Fischer Wood GmbH")
ORGANIZATION = Placeholder("organization", _("the organization as the reader typed it"), "Fischer Wood")
SIGN_IN = Placeholder(
    "sign_in", _("the address of the sign-in page"), "https://desk.example.com/sign-in/", is_link=True
)


def link(
    meaning: Words, *, sample: str = "https://desk.example.com/…", is_secret: bool = False
) -> Placeholder:
    """Return the placeholder `{link}` of an e-mail."""
    return Placeholder("link", meaning, sample, is_link=True, is_secret=is_secret)

"""Newcomers of the demo world: they tell of their organization, are recognised or not, and staff decide.

Everything goes through the actions, at the instants at which it would have happened.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from anyascii import anyascii

from claimdesk.access.actions.account_claim_questions import answer_question, ask_claimant
from claimdesk.access.actions.account_claims import approve_account_claim, deny_account_claim
from claimdesk.access.actions.onboarding import submit_onboarding
from claimdesk.access.models import AccountClaim, Onboarding
from claimdesk.config.demo import words
from claimdesk.config.demo.people import as_himself, person
from claimdesk.config.demo.register import Firm, address_of, tongue
from claimdesk.customers.models import Contact, StaleAddress
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import clock_at, now
from claimdesk.kernel.refused import Refused
from claimdesk.people.models import User

MAILBOXES = ("gmail.com", "outlook.com", "web.de", "gmx.de", "yahoo.com")
QUESTIONS = (
    "Which of your branches do you order for?",
    "Please send us the number of a recent invoice.",
    "We have another contact on file. Who is your manager in purchasing?",
)
ANSWERS = (
    "For the workshop in the main building.",
    "It is on its way, I asked our accounts.",
    "That is Ms Thiel.",
)
DENIALS = ("We could not confirm that you work there.", "The company told us that it does not know you.")
NOTES = (
    "Rang the office: nobody there knows the name.",
    "Domain differs from all on file.",
    "Confirmed by phone.",
)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who comes, with which address, and what he says of his organization."""

    name: str
    email: str
    organization: str
    firm: Firm
    gives_place: bool = True


Kind = Callable[[Random, Firm], Newcomer | None]


def contact_on_file(random: Random, firm: Firm) -> Newcomer | None:
    """Somebody whose address is on file."""
    contact = Contact.objects.filter(customer__number=firm.number, is_enabled=True).exclude(email="").first()
    return Newcomer(contact.name, contact.email, firm.name, firm) if contact else None


def colleague(random: Random, firm: Firm) -> Newcomer:
    """Somebody with an address of the firm's domain, not on file."""
    name = _name(random, firm)
    return Newcomer(name, address_of(name, firm.domain), firm.short, firm)


def private_address(random: Random, firm: Firm) -> Newcomer:
    """Somebody who uses a shared mailbox and misspells the firm."""
    name = _name(random, firm)
    return Newcomer(name, address_of(name, random.choice(MAILBOXES)), misspelt(random, firm.short), firm)


def same_name_elsewhere(random: Random, firm: Firm) -> Newcomer:
    """Somebody who gives only a name that two customers may bear."""
    name = _name(random, firm)
    return Newcomer(name, address_of(name, random.choice(MAILBOXES)), firm.short, firm, gives_place=False)


def stale_address(random: Random, firm: Firm) -> Newcomer | None:
    """Somebody whose address on file has ceased to work."""
    contact = Contact.objects.filter(customer__number=firm.number).exclude(email="").first()
    if contact is None:
        return None
    StaleAddress.objects.get_or_create(customer_id=contact.customer_id, email=contact.email)
    return Newcomer(contact.name, contact.email, firm.name, firm)


def stranger(random: Random, firm: Firm) -> Newcomer:
    """Somebody whose firm is not on file."""
    name = _name(random, firm)
    fancy = (
        f"{random.choice(words.FANCY)} {random.choice(words.FAMILIES['EN'])} Studio {random.randint(10, 999)}"
    )
    domain = anyascii(fancy).lower().replace(" ", "-")
    return Newcomer(name, address_of(name, f"{domain}.example"), fancy, firm, gives_place=False)


# How often each comes among a hundred.
KINDS: tuple[tuple[Kind, int], ...] = (
    (contact_on_file, 27),
    (colleague, 30),
    (private_address, 22),
    (same_name_elsewhere, 12),
    (stale_address, 3),
    (stranger, 6),
)


def newcomers(register: list[Firm], count: int, seed: int) -> Iterator[tuple[Random, Newcomer]]:
    """Yield `count` newcomers of every kind."""
    random = Random(f"newcomers/{seed}")
    popular = [firm for firm in register if firm.status != "inactive"][: max(40, count // 2)]
    kinds, weights = [kind for kind, _weight in KINDS], [weight for _kind, weight in KINDS]
    made = 0
    while made < count:
        newcomer = random.choices(kinds, weights)[0](random, random.choice(popular))
        if newcomer is not None and not User.objects.filter(email=newcomer.email).exists():
            made += 1
            yield random, newcomer


def arrive(newcomer: Newcomer, username: str) -> User:
    """Let a newcomer register and tell of his organization, now."""
    user = person(username, newcomer.name, newcomer.email)
    firm = newcomer.firm
    place = (
        {"street": firm.street, "postcode": firm.postcode, "town": firm.town} if newcomer.gives_place else {}
    )
    onboarding = Onboarding.objects.create(
        user=user, organization=newcomer.organization, country=firm.country, **place
    )
    submit_onboarding(onboarding, by=as_himself(user))
    return user


def decide(claim: AccountClaim, random: Random, *, by: Actor) -> None:
    """Let staff decide as they mostly would: what is likely is let in."""
    fate = random.random()
    try:
        if fate < 0.15 or claim.probability < 0.7:
            deny_account_claim(claim, words=random.choice(DENIALS), note=random.choice(NOTES), by=by)
        else:
            approve_account_claim(claim, note=random.choice(("", "", NOTES[2])), by=by)
    except Refused:
        return  # an inactive customer, for instance: it stays for somebody to look at


def ask(claim: AccountClaim, random: Random, *, by: Actor) -> None:
    """Let staff ask, and every other applicant answer."""
    ask_claimant(claim, body=random.choice(QUESTIONS), by=by)
    if random.random() < 0.5:
        with clock_at(now() + timedelta(hours=3)):
            answer_question(claim, body=random.choice(ANSWERS), by=as_himself(claim.user))


def account_claims(register: list[Firm], count: int, seed: int, *, until: datetime, by: Actor) -> None:
    """Let `count` newcomers arrive over the weeks before `until`; the last third is still undecided."""
    span = timedelta(days=45)
    for place, (random, newcomer) in enumerate(newcomers(register, count, seed)):
        arrival = until - span * (1 - (place + 1) / (count + 1))
        with clock_at(arrival):
            user = arrive(newcomer, _username(newcomer, place))
        claim = AccountClaim.objects.filter(user=user, state=AccountClaim.State.PENDING).first()
        later = min(arrival + timedelta(hours=random.uniform(0.2, 30)), until)
        if claim is None:
            continue
        with clock_at(later):
            if place < count * 2 // 3:
                decide(claim, random, by=by)
            elif random.random() < 0.15:
                ask(claim, random, by=by)


def misspelt(random: Random, text: str) -> str:
    """Return `text` with one typing error: two letters swapped, one left out, or one doubled."""
    at = random.randrange(1, max(2, len(text) - 2))
    return random.choice(
        (
            text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :],
            text[:at] + text[at + 1 :],
            text[:at] + text[at - 1] + text[at:],
        )
    )


def _name(random: Random, firm: Firm) -> str:
    language = tongue(firm.country)
    return f"{random.choice(words.FIRST_NAMES[language])} {random.choice(words.FAMILIES[language])}"


def _username(newcomer: Newcomer, place: int) -> str:
    return f"{anyascii(newcomer.name).lower().replace(' ', '.')}.{place}"

"""The stories of the demo world: those whom one can sign in as, and cases that make a clerk think."""

from datetime import datetime, timedelta
from random import Random

from claimdesk.access.actions.account_claims import deny_account_claim
from claimdesk.access.models import AccountClaim, InvoiceProof
from claimdesk.config.demo.account_claims import Newcomer, arrive
from claimdesk.config.demo.people import DOMAIN, member, person
from claimdesk.config.demo.register import Firm
from claimdesk.customers.actions.domains import confirm_domain
from claimdesk.customers.models import Customer
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import clock_at
from claimdesk.kernel.text import fold_number
from claimdesk.people.models import User


def sign_ins(firms: list[Firm], *, at: datetime, by: Actor) -> None:
    """Make the people whom the documentation names, at three Active customers."""
    first, dealer, other = (Customer.objects.get(number=firm.number) for firm in firms[:3])
    with clock_at(at - timedelta(days=200)):
        _member("manager", "Katrin Vogel", first, "manager", "buyer", "service")
        _member("buyer", "Timo Reuter", first, "buyer")
        _member("viewer", "Lea Simon", first)
        _member("dealer", "Dieter Lang", dealer, "service", "buyer")
        _member("other", "Olga Neumann", other, "manager")
        multi = _member("multi", "Mia Ulrich", first, "buyer", "service")
        member(multi, dealer, "buyer", "manager")
        for firm in firms[:3]:
            customer = Customer.objects.get(number=firm.number)
            confirm_domain(customer, domain=firm.domain, by=by)
    with clock_at(at - timedelta(hours=5)):
        newcomer = Newcomer("Paul Ende", f"pending@{DOMAIN}", firms[3].short, firms[3])
        arrive(newcomer, "pending")


def _member(username: str, name: str, customer: Customer, *roles: str) -> User:
    user = person(username, name, f"{username}@{DOMAIN}")
    member(user, customer, *roles)
    return user


def denied_before(firms: list[Firm], *, at: datetime, by: Actor) -> None:
    """Somebody was denied a month ago; now another spelling of the same mailbox asks again."""
    for place, firm in enumerate(firms):
        mailbox = f"sam.rider{place}@gmail.com"
        with clock_at(at - timedelta(days=30)):
            user = arrive(Newcomer("Sam Rider", mailbox, firm.name, firm), f"sam.rider.{place}")
            claim = AccountClaim.objects.filter(user=user).first()
            if claim is None:
                continue
            deny_account_claim(claim, words="The company does not know you.", note="Rang Ms Thiel.", by=by)
        with clock_at(at - timedelta(hours=9)):
            other = f"samrider{place}+work@gmail.com"
            arrive(Newcomer("Sam Rider", other, firm.short, firm), f"s.rider.{place}")
        with clock_at(at - timedelta(hours=4)):
            elsewhere = f"s.rider{place}@outlook.com"
            arrive(Newcomer("Sam Rider", elsewhere, firm.short, firm), f"rider.{place}")


def rivals_for_one_customer(firm: Firm, *, at: datetime) -> None:
    """Three people ask for the same customer on one day."""
    for place, name in enumerate(("Nora Falk", "Omar Said", "Pia Roth")):
        with clock_at(at - timedelta(hours=8 - place)):
            first = name.split()[0].lower()
            arrive(Newcomer(name, f"{first}@{firm.domain}", firm.name, firm), f"{first}.rival")


def invoices(register: list[Firm], seed: int, *, at: datetime) -> None:
    """Give every other customer some invoices, as proofs for the three facts."""
    random = Random(f"invoices/{seed}")
    keys = dict(Customer.objects.values_list("number", "pk"))
    proofs = []
    for place, firm in enumerate(register):
        for n in range(random.choice((0, 1, 2, 3)) or (2 if place < 5 else 0)):
            number = f"INV-{2000 + place}{n}"
            issued = (at - timedelta(days=random.randint(3, 500))).date()
            proofs.append(
                InvoiceProof(
                    customer_id=keys[firm.number],
                    number=number,
                    number_folded=fold_number(number),
                    issued_on=issued if n else (at - timedelta(days=20)).date(),
                    is_void=random.random() < 0.03,
                )
            )
    InvoiceProof.objects.bulk_create(proofs, batch_size=2_000)

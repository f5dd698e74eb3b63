"""One customer with everything that can belong to it, the people at every door, and addresses of their things."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from claimdesk.access.models import AccountClaim, EmailChange, Invitation, PasswordLink
from claimdesk.access.queries.email_changes import cancel_token_of
from claimdesk.access.queries.invitations import token_of as invitation_token
from claimdesk.access.queries.password_links import token_of as password_token
from claimdesk.access.queries.registrations import token_of as registration_token
from claimdesk.conversations.files.attaching import attach
from claimdesk.conversations.files.taking import take
from claimdesk.conversations.models import File, OutgoingMail
from claimdesk.customers.actions.customers import change_customer
from claimdesk.customers.models import Address, Customer, DuplicatePair
from claimdesk.kernel.clock import now
from claimdesk.kernel.tokens import new_nonce
from claimdesk.ledger.actions.imports import bring_import
from claimdesk.ledger.models import Event, Job
from claimdesk.people.models import SavedView, StaffRole, User
from claimdesk.web.middleware import ACTING
from tests import make
from tests.conversations.samples import picture
from tests.doors.of_aftersales import of_aftersales
from tests.doors.of_catalog import of_catalog
from tests.doors.of_money import of_money
from tests.doors.of_orders import of_orders
from tests.doors.of_process import of_process
from tests.doors.of_shop import of_shop
from tests.doors.of_units import of_units
from tests.doors.of_warranty_settings import of_warranty_settings

Arguments = dict[str, int | str]
PEOPLE = {
    "visitor": "nobody signed in",
    "disabled": "manager of the customer whose user is disabled",
    "pending": "registered and verified, with a pending account claim on the customer",
    "viewer": "sees the customer's account",
    "buyer": "may order for the customer",
    "service": "may claim for the customer",
    "manager": "manages the customer's account",
    "other": "manages another customer",
    "acting": "staff (sales) acting for the customer",
    "limited": "staff (sales) limited to own customers, of which the customer is none",
    "sales": "staff by role",
    "repairs": "staff whose role is service",
    "finance": "staff by role",
    "admin": "staff whose role is administrator",
}
STAFF = {"acting": "sales", "limited": "sales", "repairs": "service", "admin": "administrator"}


@dataclass
class World:
    """The customer, the people by column of the tables, and the address of each door's example."""

    customer: Customer
    people: dict[str, User]
    arguments: dict[str, Arguments]

    def address(self, name: str) -> str:
        """Return the address of a page, at the customer's own thing where it shows one."""
        return reverse(name, kwargs=self.arguments.get(name))

    def client(self, person: str) -> Client:
        """Return a browser in which that person is signed in, as far as he can be."""
        client = Client(raise_request_exception=False)
        if person == "visitor":
            return client
        client.force_login(self.people[person])
        if person == "disabled":
            User.objects.filter(pk=self.people[person].pk).update(is_active=False)
        if person == "acting":
            session = client.session
            session[ACTING] = make.acting_session(self.people[person], self.customer).pk
            session.save()
        return client


def build() -> World:
    """Make everything."""
    make.company(name="Northwind")
    customer = make.customer(
        name="Nordwind Werkzeuge", street="Hafenstr. 1", postcode="20457", town="Hamburg", country="DE"
    )
    people = _customers_people(customer) | {
        person: make.staff(STAFF.get(person, person), only_own_customers=person == "limited")
        for person in ("acting", "limited", "sales", "repairs", "finance", "admin")
    }
    arguments: dict[str, Arguments] = {}
    parts = (
        _on_file,
        _of_access,
        _of_people,
        _of_the_house,
        of_process,
        of_warranty_settings,
        of_aftersales,
        of_catalog,
        of_orders,
        of_money,
        of_shop,
        of_units,
    )
    for part in parts:
        arguments |= part(customer, people)
    return World(customer, people, arguments)


def _customers_people(customer: Customer) -> dict[str, User]:
    people = {name: make.user(username=name) for name in list(PEOPLE)[1:8]}
    for role in ("viewer", "buyer", "service", "manager"):
        make.membership(people[role], customer, *([] if role == "viewer" else [role]))
    make.membership(people["disabled"], customer, "manager")
    make.membership(people["other"], make.customer(name="Other & Sons"), "manager")
    return people


def _on_file(customer: Customer, people: dict[str, User]) -> dict[str, Arguments]:
    """Addresses of what is on file at the customer."""
    alike = make.customer(name="Nordwind Werkzeug")
    pair = DuplicatePair.objects.create(first=customer, second=alike, probability=0.9)
    shipping = Address.objects.create(customer=customer, kind="shipping", town="Kiel", country="DE")
    contact = make.contact(customer)
    of_customer = ["customer", "customer_edit", "customer_alike", "customer_status", "customer_activation"]
    of_customer += ["customer_admin", "customer_deactivation", "customer_login_details", "customer_erp"]
    of_customer += ["contact_new", "domain_confirmation", "membership_new", "acting_start"]
    pages = {f"office:{name}": {"pk": customer.pk} for name in of_customer}
    for room, name in (("office", "address_edit"), ("office", "address_removal")):
        pages[f"{room}:{name}"] = {"pk": shipping.pk}
    for name in ("customer_address", "customer_address_removal"):
        pages[f"portal:{name}"] = {"pk": shipping.pk}
    for name in ("office:contact", "office:contact_removal"):
        pages[name] = {"pk": contact.pk}
    for name in ("portal:customer_contact", "portal:customer_contact_removal"):
        pages[name] = {"pk": contact.pk}
    return pages | {
        "office:address_new": {"pk": customer.pk, "kind": "shipping"},
        "portal:customer_address_new": {"kind": "shipping"},
        "office:customer_statuses": {"to": "inactive"},
        "office:domain_withdrawal": {"pk": make.domain(customer, "nordwind.example").pk},
        "office:duplicate_dismissal": {"pk": pair.pk},
        "office:merge": {"gone": customer.pk, "stays": alike.pk},
    }


def _of_access(customer: Customer, people: dict[str, User]) -> dict[str, Arguments]:
    """Addresses of account claims, memberships and invitations at the customer."""
    claim = make.account_claim(user=people["pending"], customer=customer)
    make.onboarding(people["pending"], submitted_at=now(), outcome="account_claim")
    member = make.membership(make.user(), customer, "buyer")
    invitation = Invitation.objects.create(
        customer=customer, email="guest@nordwind.example", nonce=new_nonce(), expires_at=_tomorrow()
    )
    decisions = ("approval", "new_customer", "denial", "reversal", "question", "tick", "tick_removal")
    pages = {f"office:account_claim_{name}": {"pk": claim.pk} for name in decisions}
    file = _file_about(claim, people["pending"])
    for door in ("office", "portal"):
        for name in ("file", "file_picture", "file_thumbnail", "file_removal"):
            pages[f"{door}:{name}"] = {"pk": file.pk}
    for name in ("office:membership_roles", "office:membership_removal"):
        pages[name] = {"pk": member.pk}
    for name in ("portal:member_roles", "portal:member_limit", "portal:member_removal"):
        pages[name] = {"pk": member.pk}
    for name in ("portal:invitation_resending", "portal:invitation_cancellation"):
        pages[name] = {"pk": invitation.pk}
    return pages | {
        "office:account_claim": {"pk": claim.pk},
        "portal:invitation": {"token": invitation_token(invitation)},
    }


def _file_about(claim: AccountClaim, claimant: User) -> File:
    """A picture that the claimant attached."""
    sent = picture(size=(40, 40))
    taken = take(BytesIO(sent), name="sign.jpg", size=len(sent))
    return attach(claim, [taken], by=make.actor(claimant))[0]


def _of_people(customer: Customer, people: dict[str, User]) -> dict[str, Arguments]:
    """Addresses of the manager: as staff see him, and what is his alone."""
    manager = people["manager"]
    link = PasswordLink.objects.create(
        user=manager, customer=customer, purpose="login_details", nonce=new_nonce(), expires_at=_tomorrow()
    )
    change = EmailChange.objects.create(
        user=manager,
        old_email=manager.email,
        new_email="new@nordwind.example",
        nonce=new_nonce(),
        expires_at=_tomorrow(),
        cancel_until=_tomorrow(),
    )
    browser = Client()
    browser.force_login(manager)
    session = UserSession.objects.create(
        user=manager, session_key=browser.session.session_key, ip="127.0.0.1", user_agent="a browser"
    )
    passkey = Authenticator.objects.create(user=make.user(), type=Authenticator.Type.WEBAUTHN, data={})
    view = SavedView.objects.create(user=manager, page="office:customers", name="mine")
    deeds = ("edit", "disabling", "enabling", "new_password", "membership_new", "move")
    pages: dict[str, Arguments] = {f"office:user_{name}": {"pk": manager.pk} for name in deeds}
    return pages | {
        "office:user": {"pk": manager.pk},
        "portal:registration_link": {"token": registration_token(make.registration())},
        "portal:password_link": {"token": password_token(link)},
        "portal:fresh_password_link": {"token": password_token(link)},
        "portal:email_change_cancel": {"token": cancel_token_of(change)},
        "portal:session_ending": {"pk": session.pk},
        "mfa_remove_webauthn": {"pk": passkey.pk},
        "web:saved_view_removal": {"pk": view.pk},
    }


def _of_the_house(customer: Customer, people: dict[str, User]) -> dict[str, Arguments]:
    """Addresses of the seller's own: imports, jobs, mail, the audit log, roles of staff."""
    run = bring_import("customers", ContentFile(b"name,number\nAnn Ltd,A1\n", "a.csv"), by=make.STAFF)
    job = Job.objects.create(task="customers.tasks.export", asked_by_id=people["admin"].pk)
    mail = OutgoingMail.objects.create(
        key="account_claim_received",
        once="once",
        to=people["manager"].email,
        subject="We have your request",
        text="We look at it.",
        html="<p>We look at it.</p>",
        message_id="<1@claimdesk.test>",
        customer_id=customer.pk,
    )
    change_customer(customer, phone="+49 40 1234567", by=make.STAFF)
    role = StaffRole.objects.create(key="trainee", name="Trainee", permissions=[])
    pages: dict[str, Arguments] = {
        f"office:import_{name}": {"pk": run.pk} for name in ("run", "mapping", "start", "rejects")
    }
    for name in ("mail", "html", "resending"):
        pages[f"office:settings_sent_{name}"] = {"pk": mail.pk}
    for name in ("", "_sending", "_preview", "_tests", "_reset"):
        pages[f"office:settings_email{name}"] = {"key": "account_claim_received"}
    return pages | {
        "office:job": {"pk": job.pk},
        "office:job_file": {"pk": job.pk},
        "office:settings_company_section": {"slug": "customer-data"},
        "office:settings_audit_entry": {"pk": Event.objects.latest("pk").pk},
        "office:staff_edit": {"pk": people["finance"].pk},
        "office:staff_role": {"pk": role.pk},
        "office:staff_role_reset": {"pk": people["sales"].roles.get().pk},
    }


def _tomorrow() -> datetime:
    return now() + timedelta(days=1)

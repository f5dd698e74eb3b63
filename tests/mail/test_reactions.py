"""Every system e-mail is really sent by its event: the deed is done by its action, the worker does the rest."""

from datetime import timedelta

import pytest

from claimdesk.access.actions.account_claim_questions import ask_claimant
from claimdesk.access.actions.account_claim_reminders import remind_of_account_claim
from claimdesk.access.actions.account_claims import (
    approve_account_claim,
    approve_with_new_customer,
    deny_account_claim,
    make_account_claim,
    undo_decision,
)
from claimdesk.access.actions.customer_status import (
    activate_customer,
    deactivate_customer,
    send_login_details,
)
from claimdesk.access.actions.email_changes import ask_email_change
from claimdesk.access.actions.onboarding import submit_onboarding
from claimdesk.access.actions.password_links import ask_for_password_link, use_password_link
from claimdesk.access.actions.registrations import register, send_code_again
from claimdesk.access.actions.verification import connect_user
from claimdesk.access.models import Onboarding, PasswordLink, Registration
from claimdesk.access.queries import email_changes, password_links, registrations
from claimdesk.conversations.models import OutgoingMail
from claimdesk.customers.matching.writing import reindex
from claimdesk.kernel.actor import SYSTEM, VISITOR
from claimdesk.kernel.clock import now
from claimdesk.people.actions.passwords import change_password
from claimdesk.people.actions.signing_in import note_second_factor
from tests import make
from tests.work import work_off

pytestmark = pytest.mark.django_db


def mails(key: str) -> list[OutgoingMail]:
    """What the worker made of it, when all is done."""
    work_off()
    return list(OutgoingMail.objects.filter(key=key).order_by("pk"))


def newcomer(email: str = "ada@new.example") -> Registration:
    return register(name="Ada <b>", email=email, username="ada", password=make.PASSWORD, by=VISITOR)


def test_who_registers_gets_code_and_link_without_what_he_typed():  # A10 A13
    registration = newcomer()

    [mail] = mails("verify_email")

    assert mail.to == "ada@new.example"
    assert registrations.code_of(registration) in mail.text
    assert registrations.token_of(registration) in mail.text
    assert "Ada" not in mail.text + mail.html


def test_a_new_code_makes_a_new_mail_with_the_new_code_only():  # A13
    registration = newcomer()
    [first] = mails("verify_email")
    first_code = registrations.code_of(registration)

    send_code_again(registration, by=VISITOR)

    second = mails("verify_email")[1]
    registration.refresh_from_db()
    assert first_code in first.text
    assert registrations.code_of(registration) in second.text


def test_the_owner_of_a_known_address_is_told_and_gets_no_code():  # A18
    owner = make.user(email="ada@new.example")

    newcomer()

    [mail] = mails("registration_attempt")
    assert mail.to == owner.email
    assert owner.username in mail.text
    assert not OutgoingMail.objects.filter(key="verify_email").exists()


def test_a_new_account_is_confirmed_with_username_and_number():  # A17 A72
    make.company(new_account_status="new")
    user = make.user()
    onboarding = Onboarding.objects.create(user=user, organization="Zebra Woodworks", country="DE")

    submit_onboarding(onboarding, by=make.actor(user))

    [mail] = mails("new_account_request_confirmation")
    assert mail.to == user.email
    assert user.username in mail.text
    assert "Zebra Woodworks" in mail.text
    assert "We look at it now" in mail.text


def test_a_new_account_that_is_active_at_once_is_told_so():  # A14
    make.company(new_account_status="active")
    user = make.user()
    onboarding = Onboarding.objects.create(user=user, organization="Zebra Woodworks", country="DE")

    submit_onboarding(onboarding, by=make.actor(user))

    [mail] = mails("new_account_request_confirmation")
    assert "you can order at once" in mail.text


def test_a_request_is_confirmed_in_the_words_that_were_typed_and_no_others():  # A32
    user = make.user()
    customer = make.customer(name="Secret Holding GmbH")

    make_account_claim(
        user, customer=customer, requested={"organization": "Secret Hold"}, by=make.actor(user)
    )

    [mail] = mails("account_claim_received")
    assert mail.to == user.email
    assert "Secret Hold" in mail.text
    assert "Holding" not in mail.subject + mail.text + mail.html


def test_an_approval_is_told_by_one_mail():  # A48 A52
    claim = make.account_claim()

    approve_account_claim(claim, note="looked them up", by=make.STAFF)
    work_off()

    [mail] = mails("account_claim_approved")
    assert mail.to == claim.user.email
    assert claim.customer.name in mail.text
    assert "It works at once" in mail.text
    assert "looked them up" not in mail.text + mail.html


def test_a_new_customer_made_of_a_request_is_confirmed_like_any_other():  # A46
    claim = make.account_claim(requested={"organization": "Own Firm"})

    approve_with_new_customer(claim, by=make.STAFF)

    [mail] = mails("new_account_request_confirmation")
    assert "Own Firm" in mail.text
    assert not OutgoingMail.objects.filter(key="account_claim_approved").exists()


def test_a_denial_is_told_in_the_words_for_the_applicant_and_never_the_note():  # A48
    claim = make.account_claim(requested={"organization": "Typed Name"})

    deny_account_claim(claim, words="Please ask your manager.", note="smells", by=make.STAFF)

    [mail] = mails("account_claim_denied")
    assert "Please ask your manager." in mail.text
    assert "Typed Name" in mail.text
    assert "smells" not in mail.text + mail.html
    assert claim.customer.name not in mail.text + mail.html


def test_a_question_reaches_the_applicant():  # A46
    claim = make.account_claim()

    ask_claimant(claim, body="Who is your buyer?", by=make.STAFF)

    [mail] = mails("account_claim_question")
    assert "Who is your buyer?" in mail.text


def test_a_decision_taken_back_is_corrected():  # A55
    claim = make.account_claim()
    deny_account_claim(claim, by=make.STAFF)
    work_off()

    undo_decision(claim, by=make.STAFF)

    [mail] = mails("account_claim_undone")
    assert mail.to == claim.user.email


def test_a_decision_taken_back_before_its_mail_was_written_is_not_told():  # A55
    claim = make.account_claim()
    deny_account_claim(claim, by=make.STAFF)

    undo_decision(claim, by=make.STAFF)

    assert mails("account_claim_denied") == []


def test_staff_who_may_decide_are_reminded_and_others_on_escalation():  # A56
    make.company(escalate_to="boss@example.com")
    seller = make.staff("sales")
    make.staff("finance")
    make.staff("sales", only_own_customers=True)
    claim = make.account_claim()

    remind_of_account_claim(claim, due_at=now(), is_escalation=True, by=SYSTEM)

    reminders = mails("account_claim_reminder")
    assert {mail.to for mail in reminders} == {seller.email, "boss@example.com"}
    assert claim.user.name in reminders[0].text


def test_the_first_activation_sends_login_details_with_a_link_and_no_password():  # A62 A72 A77
    customer = make.customer(state="new", email="desk@fischer.example", name="Fischer")

    activate_customer(customer, by=make.STAFF)

    [mail] = mails("login_details")
    link = PasswordLink.objects.get()
    assert mail.to == "desk@fischer.example"
    assert link.user.username in mail.text
    assert password_links.token_of(link) in mail.text
    assert "Please choose your password" in mail.text
    assert password_links.token_of(link) in mail.secrets[0]


def test_who_chose_a_password_is_told_that_it_still_holds():  # A77
    customer = make.customer(state="new")
    make.membership(make.user(email=customer.email), customer, "manager")

    activate_customer(customer, by=make.STAFF)

    [mail] = mails("login_details")
    assert "still holds" in mail.text


def test_becoming_inactive_and_active_again_is_told_to_the_people():  # A64
    customer = make.customer(first_activated_at=now())
    member = make.membership(at=customer).user

    deactivate_customer(customer, by=make.STAFF)
    [off] = mails("account_disabled")
    activate_customer(customer, by=make.STAFF)
    [on] = mails("account_enabled")

    assert off.to == on.to == member.email
    assert OutgoingMail.objects.count() == 2


def test_the_people_on_file_hear_of_a_new_contact():  # A24
    customer = make.customer(name="Fischer", email="desk@fischer.example")
    make.contact(customer, email="ben@fischer.example")
    make.contact(customer, email="gone@fischer.example", is_enabled=False)
    newcomer = make.user(name="Ada New")

    connect_user(newcomer, customer=customer, by=make.actor(newcomer))

    told = mails("contact_added")
    assert {mail.to for mail in told} == {"desk@fischer.example", "ben@fischer.example"}
    assert "Ada New" in told[0].text
    assert "has access now" in told[0].text


def test_the_people_on_file_hear_of_who_proved_the_account_and_still_waits():  # A24
    make.company(verification_gives="account_claim")
    customer = make.customer(email="desk@fischer.example")
    newcomer = make.user(name="Ada New")

    connect_user(newcomer, customer=customer, by=make.actor(newcomer))

    [mail] = mails("contact_added")
    assert mail.to == "desk@fischer.example"
    assert "We look at it before anybody gets access" in mail.text


def test_a_forgotten_password_is_reset_by_a_link():  # A18
    user = make.user()

    ask_for_password_link(email=user.email.upper(), by=VISITOR)
    ask_for_password_link(email="nobody@example.com", by=VISITOR)

    [mail] = mails("password_reset")
    assert mail.to == user.email
    assert password_links.token_of(PasswordLink.objects.get()) in mail.text


def test_a_new_password_is_told_to_its_owner():  # A81
    user = make.user()

    change_password(user, password="another long password", by=make.actor(user))

    [mail] = mails("password_changed")
    assert mail.to == user.email


def test_a_password_by_link_is_told_but_not_the_first_one():  # A81
    new, old = make.user(password=None), make.user()
    for user in (new, old):
        ask_for_password_link(email=user.email, by=VISITOR)
    for link in PasswordLink.objects.all():
        use_password_link(link, password="another long password", by=VISITOR)

    assert [mail.to for mail in mails("password_changed")] == [old.email]


def test_a_new_address_gets_a_code_and_the_old_one_a_way_to_cancel():  # A82
    user = make.user(email="old@example.com")

    change = ask_email_change(user, new_email="new@example.com", by=make.actor(user))

    [verify], [notice] = mails("email_change_verify"), mails("email_change_notice")
    assert verify.to == "new@example.com"
    assert email_changes.code_of(change) in verify.text
    assert notice.to == "old@example.com"
    assert email_changes.cancel_token_of(change) in notice.text
    assert email_changes.code_of(change) not in notice.text


def test_the_old_address_hears_the_same_whether_the_new_one_is_taken_or_not():  # A18 A82
    owner = make.user(email="taken@example.com")
    user = make.user(email="old@example.com")

    ask_email_change(user, new_email=owner.email, by=make.actor(user))

    assert [mail.to for mail in mails("email_change_notice")] == ["old@example.com"]
    assert [mail.to for mail in mails("registration_attempt")] == [owner.email]
    assert mails("email_change_verify") == []


def test_a_void_link_is_not_mailed():  # A62
    user = make.user()
    ask_for_password_link(email=user.email, by=VISITOR)
    PasswordLink.objects.update(expires_at=now() - timedelta(hours=1))

    assert mails("password_reset") == []


def test_a_mail_that_cannot_be_written_does_not_undo_the_decision(settings):  # A48
    claim = make.account_claim()
    approve_account_claim(claim, by=make.STAFF)
    settings.SMTP_URL = "smtp://127.0.0.1:1"

    [mail] = mails("account_claim_approved")

    claim.refresh_from_db()
    assert claim.state == "approved"
    assert mail.state == "queued"


def test_a_second_factor_that_comes_or_goes_is_told_to_its_owner():  # A81
    user = make.user()

    note_second_factor(user, factor="totp", change="removed", by=make.actor(user))

    [mail] = mails("second_factor_changed")
    assert mail.to == user.email
    assert "The second factor was removed." in mail.text


def test_login_details_sent_again_carry_the_new_link_only():  # A62
    membership = make.membership()
    first = send_login_details(membership.customer, user=membership.user, by=make.STAFF)
    second = send_login_details(membership.customer, user=membership.user, by=make.STAFF)

    [mail] = mails("login_details")

    assert password_links.token_of(second) in mail.text
    assert password_links.token_of(first) not in mail.text


def test_the_people_on_file_hear_of_who_was_let_in_automatically():  # A4 A24
    make.company(auto_approve=True, auto_approve_evidence="verified_contact")
    customer = make.customer(name="Zebra Woodworks", email="desk@zebra.example")
    user = make.user()
    make.contact(customer, email=user.email, name=user.name)
    reindex([customer.pk])
    onboarding = make.onboarding(user, organization="Zebra Woodworks")

    submit_onboarding(onboarding, by=make.actor(user))

    [mail] = mails("contact_added")
    assert mail.to == "desk@zebra.example"
    assert "access was given at once" in mail.text

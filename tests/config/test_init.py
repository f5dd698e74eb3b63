"""`claimdesk init`."""

import pytest
from click.testing import CliRunner

from claimdesk.company.models import Company
from claimdesk.config.commands.init import init
from claimdesk.ledger.models import Event
from claimdesk.people.models import StaffRole, User
from claimdesk.people.queries.staff import permissions_of
from tests import make

pytestmark = pytest.mark.django_db
ADA = ["--email", "Ada@Example.com", "--name", " Ada  Lovelace "]
GOOD = {"CLAIMDESK_PASSWORD": "engines weave algebra"}


def run(*arguments: str, **options):
    return CliRunner().invoke(init, list(arguments), **options)


def test_init_makes_roles_company_and_the_first_administrator():
    outcome = run(*ADA, env=GOOD)

    assert outcome.exit_code == 0, outcome.output
    ada = User.objects.get()
    assert (ada.email, ada.name, ada.is_staff, ada.is_verified) == (
        "ada@example.com",
        "Ada Lovelace",
        True,
        True,
    )
    assert ada.check_password(GOOD["CLAIMDESK_PASSWORD"])
    assert "people.edit_staff" in permissions_of(ada)
    assert set(StaffRole.objects.values_list("key", flat=True)) == {
        "sales",
        "service",
        "finance",
        "administrator",
    }
    assert Company.objects.get().pk == 1
    assert Event.objects.get().kind == "user.created"


def test_init_again_changes_nothing_and_says_so():
    run(*ADA, env=GOOD)
    make.company(name="Werkzeug AG")

    outcome = run(*ADA, env={"CLAIMDESK_PASSWORD": "another long password"})

    assert outcome.exit_code == 0
    assert "one already" in outcome.output
    assert User.objects.get().check_password(GOOD["CLAIMDESK_PASSWORD"])
    assert Company.objects.get().name == "Werkzeug AG"


def test_init_asks_for_the_password_twice():
    outcome = run(*ADA, input="engines weave algebra\nengines weave algebra\n")

    assert outcome.exit_code == 0
    assert User.objects.get().check_password("engines weave algebra")
    assert "engines" not in outcome.output


@pytest.mark.parametrize("password", ["short", "password1234", "99999999999", "ada@example.com"])
def test_init_takes_no_weak_password(password):
    outcome = run(*ADA, env={"CLAIMDESK_PASSWORD": password})

    assert outcome.exit_code == 2
    assert not User.objects.exists()


def test_init_takes_no_address_of_a_user_who_is_no_administrator():
    make.user(email="ada@example.com")

    outcome = run(*ADA, env=GOOD)

    assert outcome.exit_code == 2
    assert "another address" in outcome.output
    assert not User.objects.get().is_staff


@pytest.mark.parametrize(
    "arguments", [["--email", "ada", "--name", "Ada"], ["--email", "a@b.de", "--name", " "]]
)
def test_init_says_what_is_wrong_with_its_arguments(arguments):
    outcome = run(*arguments, env=GOOD)

    assert outcome.exit_code == 2
    assert arguments[0] in outcome.output or "--name" in outcome.output
    assert not User.objects.exists()

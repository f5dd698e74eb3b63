import pytest

from claimdesk.company.models import Company
from claimdesk.config.demo_sign_ins import DEMO_PASSWORD, demo_sign_ins

pytestmark = pytest.mark.django_db


def test_a_demo_database_names_whom_one_can_sign_in_as():
    Company.objects.update_or_create(pk=1, defaults={"is_demo": True})

    lines = "\n".join(demo_sign_ins())

    assert DEMO_PASSWORD in lines
    assert "admin@claimdesk.test" in lines


def test_any_other_database_names_nobody():
    assert demo_sign_ins() == []

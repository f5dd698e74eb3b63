import pytest
from django.utils.functional import SimpleLazyObject

from claimdesk.ledger.models import subject_key
from tests import make

pytestmark = pytest.mark.django_db


def test_a_lazy_row_has_the_key_of_the_row():
    user = make.user()

    assert subject_key(SimpleLazyObject(lambda: user)) == f"user/{user.pk}"

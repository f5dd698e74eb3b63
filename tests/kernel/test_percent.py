import pytest
from django.utils import translation

from claimdesk.kernel.percent import percent


@pytest.mark.parametrize(
    ("language", "whole", "part"), [("en", "97%", "96.5%"), ("de", "97\u00a0%", "96,5\u00a0%")]
)
def test_per_cent_is_written_as_the_language_has_it(language: str, whole: str, part: str):
    with translation.override(language):
        assert (percent(97), percent(96.5, decimals=1)) == (whole, part)

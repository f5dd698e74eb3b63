import pytest
from django.template import Context, Template
from django.utils.translation import override


@pytest.mark.parametrize(
    ("language", "written"), [("en", "€1,234.50"), ("de", "1.234,50\xa0€"), ("xx", "€1,234.50")]
)
def test_pages_write_money_as_the_reader_does(language, written):  # O8
    with override(language):
        shown = Template("{% load web %}{% money amount 'EUR' %}").render(Context({"amount": 123450}))

    assert shown == written

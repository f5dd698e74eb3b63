import pytest
from django.test import RequestFactory

from claimdesk.kernel.client_address import client_address, counted_address


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("203.0.113.9", "", "203.0.113.9"),
        ("203.0.113.9", "198.51.100.7", "203.0.113.9"),
        ("10.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("10.0.0.1", "1.1.1.1, 198.51.100.7, 10.0.0.2", "198.51.100.7"),
        ("::ffff:10.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("10.0.0.1", "nonsense", "0.0.0.0"),
        ("10.0.0.1", "", "10.0.0.1"),
    ],
)
def test_the_client_is_the_last_address_that_no_trusted_proxy_has(settings, peer, forwarded, address):  # A22
    settings.TRUSTED_PROXIES = ["10.0.0.0/8"]
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}

    request = RequestFactory().get("/", REMOTE_ADDR=peer, **headers)

    assert client_address(request) == address


def test_addresses_of_ipv4_are_counted_one_by_one_whichever_way_they_are_written():  # A22
    written = ("198.51.100.7", "::ffff:198.51.100.7", "::ffff:198.51.100.8")

    assert [counted_address(address) for address in written] == [
        "198.51.100.7",
        "198.51.100.7",
        "198.51.100.8",
    ]


def test_an_office_with_a_network_of_ipv6_counts_as_one():  # A22
    assert counted_address("2001:db8:1:2::1") == counted_address("2001:db8:1:2:ffff::9") == "2001:db8:1:2::"

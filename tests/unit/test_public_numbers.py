"""Which numbers are public: whatever is written into a private range, or hidden in another kind of number, is not."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.errors import AddressRefused
from scheduler.fetching.public import REFUSED, is_public
from scheduler.fetching.target import PORTS, target

V4 = st.integers(0, 2**32 - 1).map(IPv4Address)
V6 = st.integers(0, 2**128 - 1).map(IPv6Address)
HIDING = ("::ffff:0:0/96", "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32")


@pytest.mark.parametrize("number", ["93.184.216.34", "1.1.1.1", "2606:2800:220:1:248:1893:25c8:1946", "2a00:1450::1"])
def test_a_public_number_is_public(number: str) -> None:
    assert is_public(number)


@given(st.sampled_from(REFUSED), st.integers(0, 2**128 - 1))
def test_no_number_of_a_refused_range_is_public(network: object, seed: int) -> None:
    refused = ip_network(str(network))
    assert not is_public(str(refused[seed % refused.num_addresses]))


@given(V4, st.sampled_from(HIDING))
def test_no_number_that_hides_another_is_public(hidden: IPv4Address, prefix: str) -> None:
    assert not is_public(str(IPv6Address(int(ip_network(prefix).network_address) + int(hidden))))
    assert not is_public(str(IPv6Address((0x2002 << 112) + (int(hidden) << 80))))


@given(V4 | V6)
def test_what_python_knows_as_private_is_never_public(number: IPv4Address | IPv6Address) -> None:
    assert not is_public(str(number)) or (number.is_global and not number.is_multicast)


@given(st.text(max_size=30))
def test_words_are_no_public_number(words: str) -> None:
    try:
        IPv4Address(words)
    except ValueError:
        assert not is_public(words) or ":" in words


@given(st.text(max_size=60), st.sampled_from(["http://", "https://", "HTTP:", ""]))
def test_an_address_is_refused_or_plain_ascii_on_a_usual_port(words: str, scheme: str) -> None:
    try:
        found = target(scheme + words)
    except AddressRefused:
        return
    assert found.url.isascii()
    assert found.url.isprintable()
    assert " " not in found.url
    assert found.port in PORTS.values()
    assert target(found.url) == found

"""Which numbers are of the public internet: nothing of this machine, its network or its provider is ever read.

Source: the special-purpose address registries of IANA (RFC 6890), as ranges of our own, so that no version of a library
decides. Of IPv6 only what is handed out to the public (2000::/3) is taken, less what in there is a tunnel or a sample.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

PUBLIC_V6 = ip_network("2000::/3")
REFUSED = tuple(
    ip_network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # a provider's own
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # a cloud's own service, at a number that looks public
        "169.254.0.0/16",  # link-local, and clouds' metadata
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocols
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarking
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
        "2001::/23",  # protocols: Teredo, benchmarking, ORCHID
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4, which holds any number of the older kind
        "2620:4f:8000::/48",  # AS112
        "3ffe::/16",  # the test network of old
        "3fff::/20",  # documentation
    )
)


def is_public(number: str) -> bool:
    """Whether an address as the resolver gives it is one of the public internet; one that can't be read is none."""
    try:
        address = ip_address(number)
    except ValueError:
        return False
    return _is_handed_out(address) and not any(address in network for network in REFUSED)


def _is_handed_out(address: IPv4Address | IPv6Address) -> bool:
    """Outside of 2000::/3 are mapped and translated (NAT64) numbers, loopback, link-local, site-local, multicast."""
    return address.version == 4 or address in PUBLIC_V6

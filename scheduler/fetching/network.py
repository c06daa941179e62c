"""The way to the outside: names into numbers, a number into a connection, the certificates that are trusted.

It is a value, so that tests lay the way to servers of their own; what is checked on the way stays the same.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from scheduler.domain.errors import AddressRefused, NoAnswer
from scheduler.fetching.public import is_public

MOST_NUMBERS = 4


def resolve(host: str, port: int) -> Sequence[str]:
    """The numbers of a name, as the machine's resolver says. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


def dial(number: str, port: int, seconds: float) -> socket.socket:
    """A connection to this very number. Raises OSError."""
    return socket.create_connection((number, port), timeout=seconds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Resolver, dialler and trust. No proxy, and nothing of the environment."""

    resolve: Callable[[str, int], Sequence[str]] = resolve
    dial: Callable[[str, int, float], socket.socket] = dial
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    def numbers(self, host: str, port: int) -> Sequence[str]:
        """The name's numbers, asked for once. Raises AddressRefused when one of them isn't public, NoAnswer."""
        try:
            numbers = self.resolve(host, port)
        except (OSError, UnicodeError):
            raise NoAnswer(f"There is no site of the name {host}.", hint="Check the address.") from None
        if not numbers:
            raise NoAnswer(f"There is no site of the name {host}.", hint="Check the address.")
        if not all(map(is_public, numbers)):
            raise AddressRefused(
                "This address leads into a private network.", hint="Only pages of the public internet are read."
            )
        return numbers[:MOST_NUMBERS]

    def connect(self, numbers: Sequence[str], port: int, *, seconds: Callable[[], float]) -> socket.socket:
        """A connection to one of these numbers, each tried for so many seconds. Raises NoAnswer."""
        for number in numbers:
            try:
                return self.dial(number, port, seconds())
            except OSError:
                continue
        raise NoAnswer("The site can't be reached.")

    def secure(self, connection: socket.socket, host: str) -> ssl.SSLSocket:
        """TLS on it, with the certificate checked against the name. Raises NoAnswer."""
        try:
            return self.tls.wrap_socket(connection, server_hostname=host)
        except ssl.SSLCertVerificationError as error:
            hint = "Tell the site's owner; where every site fails, this machine lacks ca-certificates."
            raise NoAnswer(f"The site's certificate is not valid: {error.verify_message}.", hint=hint) from None
        except (OSError, ValueError):
            raise NoAnswer("The site breaks the secured connection off.") from None

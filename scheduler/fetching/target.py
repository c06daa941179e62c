"""From the words of an address to what is asked of whom; anything odd about them is refused before a name is looked up.

Rules: RFC 3986 for the parts, UTS 46 and IDNA 2008 for the host.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from urllib.parse import SplitResult, quote, urlsplit

import idna

from scheduler.domain.errors import AddressRefused
from scheduler.domain.links import without_login

PORTS = {"http": 80, "https": 443}
LONGEST = 2000
SAFE_IN_PATH = "/%:@!$&'()*+,;=~"
SAFE_IN_QUERY = SAFE_IN_PATH + "?"

_ODD = re.compile(r"[\x00-\x20\x7f-\xa0\\\u2028\u2029\ud800-\udfff]")
_NAME = re.compile(r"(?=.{4,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One thing to ask for. `host` is a name in ASCII or a number; `path` begins with a slash, its query included."""

    scheme: str
    host: str
    path: str

    @property
    def port(self) -> int:
        """The scheme's own."""
        return PORTS[self.scheme]

    @property
    def origin(self) -> str:
        """Scheme and host."""
        return f"{self.scheme}://{f'[{self.host}]' if ':' in self.host else self.host}"

    @property
    def url(self) -> str:
        """The whole address."""
        return self.origin + self.path


def target(address: str) -> Target:
    """Raises AddressRefused for anything but http and https to a whole name or a plain number, on the usual port."""
    if len(address) > LONGEST:
        shown = f"{without_login(address)[:80]}…"
        raise AddressRefused(f"This address is longer than {LONGEST} characters.", path=shown)
    try:
        return _target(address)
    except AddressRefused as error:
        error.path = _ODD.sub("�", without_login(address))
        raise


def _target(address: str) -> Target:
    if _ODD.search(address):
        raise AddressRefused("An address has no blanks, backslashes or controls.")
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise AddressRefused("This is not a web address.") from None
    if parts.scheme not in PORTS:
        raise AddressRefused(f"Only http and https are read, not '{parts.scheme[:20]}'.")
    if "@" in parts.netloc:
        raise AddressRefused(
            "This address carries a name or a password.", hint="Write it without what is before the @."
        )
    if port not in (None, PORTS[parts.scheme]):
        raise AddressRefused(f"Port {port} is not where websites are.", hint="Only the ports 80 and 443 are read.")
    host = _number(host) if "[" in parts.netloc else _host(host)
    return Target(scheme=parts.scheme, host=host, path=_path(parts))


def _path(parts: SplitResult) -> str:
    query = f"?{quote(parts.query, safe=SAFE_IN_QUERY)}" if parts.query else ""
    return (quote(parts.path, safe=SAFE_IN_PATH) or "/") + query


def _number(host: str) -> str:
    try:
        address = IPv6Address(host)
    except AddressValueError:
        raise AddressRefused("This is not a web address.") from None
    if address.scope_id:
        raise AddressRefused("This address is of one machine's own network.")
    return str(address)


def _host(host: str) -> str:
    """In ASCII. A last part that is a number makes the whole a number: it is taken only as four plain ones."""
    name = _in_ascii(host).lower().removesuffix(".")
    if _NUMBER.fullmatch(name.rpartition(".")[2]):
        try:
            return str(IPv4Address(name))
        except AddressValueError:
            raise AddressRefused("This number is written so that it hides where it leads.") from None
    if not _NAME.fullmatch(name):
        raise AddressRefused("This is not the whole name of a public site.")
    return name


def _in_ascii(host: str) -> str:
    if host.isascii() and "xn--" not in host.lower():
        return host
    try:
        return idna.encode(host, uts46=True, std3_rules=True).decode()
    except (idna.IDNAError, UnicodeError):
        raise AddressRefused("No site can have this name.") from None

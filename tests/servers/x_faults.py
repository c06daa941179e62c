"""How the stand-in for X fails on demand: which call, and in which way."""

from __future__ import annotations

import re
from enum import Enum, auto


class Call(Enum):
    """A call of X's API, by method and path."""

    UPLOAD = ("POST", r"/2/media/upload")
    INITIALIZE = ("POST", r"/2/media/upload/initialize")
    APPEND = ("POST", r"/2/media/upload/(\d+)/append")
    FINALIZE = ("POST", r"/2/media/upload/(\d+)/finalize")
    STATUS = ("GET", r"/2/media/upload")
    ALT = ("POST", r"/2/media/metadata")
    POST = ("POST", r"/2/tweets")
    ME = ("GET", r"/2/users/me")
    TIMELINE = ("GET", r"/2/users/(\d+)/tweets")

    @classmethod
    def of(cls, method: str, path: str) -> tuple[Call, str] | None:
        """The call and the id in its path."""
        for call in cls:
            expected, pattern = call.value
            if method == expected and (found := re.fullmatch(pattern, path)):
                return call, "".join(found.groups())
        return None


BEFORE = {
    Call.APPEND: Call.INITIALIZE,
    Call.FINALIZE: Call.APPEND,
    Call.STATUS: Call.UPLOAD,
    Call.ALT: Call.UPLOAD,
    Call.POST: Call.ALT,
    Call.TIMELINE: Call.ME,
}
"""What is called just before: its answer is the last thing before the port closes."""


class Fault(Enum):
    """How one call goes wrong. `…_AFTER` and those in AFTER take effect on X first."""

    CLOSED = auto()
    HANG_BEFORE = auto()
    HANG_AFTER = auto()
    DRIP_AFTER = auto()
    DROP_BEFORE = auto()
    DROP_AFTER = auto()
    TRUNCATED = auto()
    ERROR_BEFORE = auto()
    ERROR_AFTER = auto()
    HTML_BEFORE = auto()
    HTML_AFTER = auto()
    HTML_OK = auto()
    HTML_FORBIDDEN = auto()
    WRONG_JSON = auto()
    NO_ID = auto()
    HUGE = auto()
    REDIRECT = auto()
    REDIRECT_AWAY = auto()
    HUGE_HEADERS = auto()
    STEERING = auto()
    LIMITED = auto()
    LIMITED_BARE = auto()
    LIMITED_ABSURD = auto()
    BAD_REQUEST = auto()
    UNAUTHORIZED = auto()
    NO_CREDITS = auto()
    FORBIDDEN = auto()
    READ_ONLY = auto()
    SUSPENDED = auto()
    LOCKED = auto()
    DUPLICATE = auto()
    TOO_LARGE = auto()


AFTER = frozenset(
    {
        *(Fault.HANG_AFTER, Fault.DRIP_AFTER, Fault.DROP_AFTER, Fault.TRUNCATED, Fault.ERROR_AFTER, Fault.HTML_AFTER),
        *(Fault.HTML_OK, Fault.WRONG_JSON, Fault.NO_ID, Fault.HUGE, Fault.HUGE_HEADERS),
    }
)
ANSWERS: dict[Fault, tuple[int, str]] = {
    Fault.ERROR_BEFORE: (503, "Service Unavailable"),
    Fault.ERROR_AFTER: (500, "Internal Server Error"),
    Fault.LIMITED: (429, "Too Many Requests"),
    Fault.LIMITED_BARE: (429, "Too Many Requests"),
    Fault.LIMITED_ABSURD: (429, "Too Many Requests"),
    Fault.BAD_REQUEST: (400, "One or more parameters to your request was invalid."),
    Fault.UNAUTHORIZED: (401, "Unauthorized"),
    Fault.NO_CREDITS: (402, "Your account has no credits."),
    Fault.FORBIDDEN: (403, "You are not permitted to perform this action."),
    Fault.READ_ONLY: (403, "Your client app is not configured with the appropriate oauth1 app permissions."),
    Fault.SUSPENDED: (403, "Your account is suspended and is not permitted to access this feature."),
    Fault.STEERING: (400, "\x1b[2J\x1b]0;owned\x07\u202egnp.exe"),
    Fault.DUPLICATE: (403, "You are not allowed to create a post with duplicate content."),
    Fault.TOO_LARGE: (413, "Payload Too Large"),
}
"""Faults that are an honest answer: status and words."""

BODIES: dict[Fault, tuple[int, bytes]] = {
    Fault.HTML_BEFORE: (502, b"<html><h1>Bad gateway</h1></html>"),
    Fault.HTML_AFTER: (502, b"<html><h1>Bad gateway</h1></html>"),
    Fault.HTML_OK: (200, b"<html>All is well.</html>"),
    Fault.HTML_FORBIDDEN: (403, b"<html>Access denied.</html>"),
    Fault.WRONG_JSON: (200, b'["not", "what", "was", "asked"]'),
    Fault.NO_ID: (200, b'{"data": {"text": "no id"}}'),
    Fault.HUGE: (200, b'{"data": "' + b"x" * 3_000_000 + b'"}'),
    Fault.REDIRECT: (307, b""),
    Fault.REDIRECT_AWAY: (308, b""),
    Fault.HUGE_HEADERS: (200, b"{}"),
    Fault.LOCKED: (403, b'{"errors": [{"code": 326, "message": "To protect our users, this account is locked."}]}'),
}
"""Faults that are a body of their own."""

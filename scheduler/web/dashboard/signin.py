"""Signing in: a password kept as an Argon2 hash, sessions that the server can end, and guesses that get slower."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from scheduler.domain.errors import NotAllowedNow
from scheduler.domain.session import Session
from scheduler.domain.shown import shown
from scheduler.ports import Sessions

COOKIE = "session"
LASTS = timedelta(days=7)
GUESSES = 10
WITHIN = timedelta(minutes=5)
SHORTEST, LONGEST_NAME = 10, 80
# What OWASP's password storage cheat sheet asks of Argon2id; the library's 64 MiB are half of what the worker may use.
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def hashed(password: str) -> str:
    """What the settings keep. Raises NotAllowedNow for one that is guessed too easily."""
    if len(password) < SHORTEST:
        raise NotAllowedNow(f"A password has at least {SHORTEST} characters.", hint="Four words are easy to keep.")
    return HASHER.hash(password)


@dataclass(kw_only=True)
class Door:
    """Who may come in. Without a `password` hash everybody on this machine may, as `host_user`.

    One that is not `is_local` can be reached by strangers, and never loses its lock.
    """

    sessions: Sessions
    password: str
    host_user: str
    is_local: bool = True
    guesses: deque[datetime] = field(default_factory=deque)
    _one_at_a_time: Lock = field(default_factory=Lock)

    @property
    def is_locked(self) -> bool:
        """Whether one has to sign in."""
        return bool(self.password)

    def relock(self, password: str) -> None:
        """Another hash holds, or none; nobody stays in by the one before."""
        if password != self.password and (password or self.is_local):
            self.password = password
            self.sessions.end_all()

    def enter(self, name: str, password: str, *, now: datetime) -> str:
        """A new session's token, which nobody knew before. Raises NotAllowedNow."""
        if not name.strip():
            raise NotAllowedNow("Who are you?", hint="Your name stands beside what you decide.")
        with self._one_at_a_time:
            self._try(password, now=now)
        token = secrets.token_urlsafe(32)
        who = " ".join(shown(name).split())[:LONGEST_NAME]
        self.sessions.add(Session(key=key_of(token), who=who, since=now, until=now + LASTS), now=now)
        return token

    def _try(self, password: str, *, now: datetime) -> None:
        """One guess after the other: neither their number nor the memory of a hash grows by asking at once."""
        while self.guesses and self.guesses[0] <= now - WITHIN:
            self.guesses.popleft()
        if len(self.guesses) >= GUESSES:
            raise NotAllowedNow("Too many wrong passwords.", hint=f"Wait {WITHIN.seconds // 60} minutes.")
        if not _matches(self.password, password):
            self.guesses.append(now)
            raise NotAllowedNow("That is not the password.", hint="Whoever set up the dashboard knows it.")

    def who(self, token: str, *, now: datetime) -> str:
        """Whose session it is; empty when it is none or over."""
        if not self.is_locked:
            return self.host_user
        session = self.sessions.get(key_of(token)) if token else None
        return session.who if session and session.until > now else ""

    def leave(self, token: str) -> None:
        """Ends a session for good, wherever its cookie still lies."""
        self.sessions.end(key_of(token))


def key_of(token: str) -> str:
    """What the database knows a session by: nobody can come in with what stands there."""
    return hashlib.sha256(token.encode()).hexdigest()


def form_token(secret: bytes, token: str) -> str:
    """What proves that a form was made for this session."""
    return hmac.new(secret, token.encode(), hashlib.sha256).hexdigest()


def is_form_token(secret: bytes, token: str, given: str) -> bool:
    """Compared in a time that tells nothing."""
    return hmac.compare_digest(form_token(secret, token).encode(), given.encode("utf-8", "replace"))


def _matches(kept: str, password: str) -> bool:
    try:
        return HASHER.verify(kept, password)
    except (Argon2Error, InvalidHashError):
        return False

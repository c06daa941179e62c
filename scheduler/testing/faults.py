"""How a request to a network goes wrong: every fault that we mean to survive, what the network has then, what we hear.

`Script` says which request fails and how; `Storm` draws faults from a seed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import Enum, auto
from random import Random


class Effect(Enum):
    """Whether the network takes the post although the request fails."""

    NEVER = auto()
    AT_ONCE = auto()
    LATER = auto()


class Heard(Enum):
    """What a well-made channel makes of it."""

    REFUSED = auto()
    TRY_AGAIN = auto()
    PAUSE = auto()
    ACCOUNT = auto()
    TIMEOUT = auto()
    RESET = auto()
    NONSENSE = auto()
    NO_ID = auto()


class Fault(Enum):
    """Words, effect on the network, what is heard. Only what never takes effect may sound like a refusal."""

    BUSY = ("connection refused", Effect.NEVER, Heard.TRY_AGAIN)
    DNS = ("no such host", Effect.NEVER, Heard.TRY_AGAIN)
    TLS = ("no secure connection", Effect.NEVER, Heard.TRY_AGAIN)
    TIMEOUT_BEFORE = ("no answer, not taken", Effect.NEVER, Heard.TIMEOUT)
    TIMEOUT_AFTER = ("no answer, but taken", Effect.AT_ONCE, Heard.TIMEOUT)
    LATE = ("no answer, taken a while later", Effect.LATER, Heard.TIMEOUT)
    DRIP = ("an answer that never ends", Effect.AT_ONCE, Heard.TIMEOUT)
    DROP_BEFORE = ("dropped before accepting", Effect.NEVER, Heard.RESET)
    DROP_AFTER = ("dropped after accepting", Effect.AT_ONCE, Heard.RESET)
    ERROR_BEFORE = ("503, not taken", Effect.NEVER, Heard.NONSENSE)
    ERROR_AFTER = ("500, but taken", Effect.AT_ONCE, Heard.NONSENSE)
    TRUNCATED = ("half an answer", Effect.AT_ONCE, Heard.NONSENSE)
    NO_ID = ("an answer without an id", Effect.AT_ONCE, Heard.NO_ID)
    LIMITED = ("429 with a reset", Effect.NEVER, Heard.PAUSE)
    LIMITED_BARE = ("429 without a reset", Effect.NEVER, Heard.TRY_AGAIN)
    UNAUTHORIZED = ("401, the token is not valid", Effect.NEVER, Heard.ACCOUNT)
    NO_CREDITS = ("402, the credits are used up", Effect.NEVER, Heard.ACCOUNT)
    SUSPENDED = ("403, the account is suspended", Effect.NEVER, Heard.ACCOUNT)
    REFUSE = ("400, not this post", Effect.NEVER, Heard.REFUSED)

    @property
    def words(self) -> str:
        """What happened."""
        return self.value[0]

    @property
    def effect(self) -> Effect:
        """What the network has."""
        return self.value[1]

    @property
    def heard(self) -> Heard:
        """What its client can know."""
        return self.value[2]


class Step(Enum):
    """A request of the channel's."""

    PREPARE = auto()
    PUBLISH = auto()
    FIND = auto()


Faults = Callable[[Step], Fault | None]
"""Asked at each request: how it fails, None where it doesn't."""


class Script:
    """For each step the fates of its requests, one after the other; when they are used up, all is well."""

    def __init__(self, steps: Mapping[Step, Iterable[Fault | None]]) -> None:
        self._steps = {step: iter(fates) for step, fates in steps.items()}

    def __call__(self, step: Step) -> Fault | None:
        """The next one's."""
        return next(self._steps.get(step, iter(())), None)


class Storm:
    """A share `rate` of the requests fails, each in any of the ways `among`; the same seed, the same weather."""

    def __init__(self, seed: object, *, rate: float, among: Iterable[Fault] = Fault) -> None:
        self._chance = Random(str(seed))  # noqa: S311 - chance, not secrecy
        self._rate = rate
        self._among = tuple(among)

    def __call__(self, _: Step) -> Fault | None:
        """By chance."""
        return self._chance.choice(self._among) if self._chance.random() < self._rate else None

"""One request as a page sees it, and what pages answer: a page is a plain function from a Visit to an Answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from zoneinfo import ZoneInfo

from scheduler.bootstrap import App
from scheduler.web.dashboard.signin import Door


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that came with a form. Its name is a stranger's words."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Who asks for what. `query` and `form` hold the last value of each name, `lists` all of them.

    `token` proves that a form is ours; `renew` takes up settings that the page itself has changed.
    """

    app: App
    door: Door
    path: str
    method: str
    now: datetime
    who: str
    token: str = ""
    signed_in: bool = False
    theme: str = ""
    params: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, Sequence[str]] = field(default_factory=dict)
    files: Mapping[str, Upload] = field(default_factory=dict)
    cookies: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    renew: Callable[[], object] = lambda: None

    @property
    def zone(self) -> ZoneInfo:
        """The workspace's zone."""
        return ZoneInfo(self.app.settings.time_zone)

    @property
    def local_now(self) -> datetime:
        """On the clocks of the workspace."""
        return self.now.astimezone(self.zone)

    @property
    def is_change(self) -> bool:
        """Whether it asks for something to be done."""
        return self.method == "POST"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What goes back. `cookies` are set, an empty value takes one away; each is HttpOnly and SameSite=Lax.

    `chunks` are sent as they come, in place of a `body`: what is long is never in memory as a whole.
    """

    body: bytes = b""
    chunks: Iterator[bytes] | None = None
    kind: str = "text/html; charset=utf-8"
    status: int = HTTPStatus.OK
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: Mapping[str, str] = field(default_factory=dict)


View = Callable[[Visit], Answer]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Where a view is found. `open` ones need no signing in; `largest` is how many bytes a form may bring."""

    path: str
    view: View
    methods: tuple[str, ...] = ("GET",)
    open: bool = False
    largest: int = 100_000


def redirect(to: str, *, message: str = "", cookies: Mapping[str, str] | None = None) -> Answer:
    """After a change: look at `to`, a path of ours, where `message` is told once."""
    said = {"said": message} if message else {}
    return Answer(status=HTTPStatus.SEE_OTHER, headers={"location": to}, cookies={**said, **(cookies or {})})

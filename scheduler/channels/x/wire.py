"""The wire to X: each call is bounded in time and size, and a failure says whether any of the request has left.

Tweepy sets no timeout, follows redirects with the whole request, and its reading of errors trips over answers that are
no JSON objects. So its session is ours: what is no success never reaches it.
"""

from __future__ import annotations

import http.client
import io
import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
import urllib3
from requests.adapters import HTTPAdapter

HOST = "https://api.x.com"
TWEEPYS_HOST = "https://api.twitter.com"
LARGEST_ANSWER = 2_000_000
TALKATIVE = ("tweepy", "requests_oauthlib", "oauthlib", "urllib3")
"""Libraries that write headers, bodies or signatures into the log at DEBUG."""

Send = Callable[[], requests.Response]
InTime = Callable[[], bool]


def always() -> bool:
    """For what may leave whenever it does."""
    return True


_IN_TIME: ContextVar[InTime] = ContextVar("in_time", default=always)


@contextmanager
def only(in_time: InTime) -> Iterator[None]:
    """No body of a request within leaves unless `in_time` says so in the moment in which it would."""
    token = _IN_TIME.set(in_time)
    try:
        yield
    finally:
        _IN_TIME.reset(token)


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long we wait, in seconds: for a connection, between two pieces of an answer, for a whole call, for all of
    preparing to begin its last call, and between two looks at a picture that is being processed.

    `call` + `prepare` stay under the lease of a delivery.
    """

    connect: float = 5
    read: float = 15
    call: float = 20
    prepare: float = 60
    poll: float = 1


class Failed(Exception):
    """A call without success."""


class Unreached(Failed):
    """None of the request's body has left, and none of it ever will: X can't have taken anything."""


class Unanswered(Failed):
    """The request may have arrived, but there is no answer that can be understood."""


class Rejected(Failed):
    """X answered with something else than success; `headers` and `body` as they came."""

    def __init__(self, response: requests.Response) -> None:
        self.status = response.status_code
        self.headers: Mapping[str, str] = response.headers
        self.body: bytes = response.content
        super().__init__(f"status {self.status}")


class Session(requests.Session):
    """What tweepy sends its requests with. `server` is another address to send them to, signed for X all the same."""

    def __init__(self, *, patience: Patience, server: str = "") -> None:
        super().__init__()
        # A connection that was kept open may be dead already, and then nobody knows what has left.
        self.headers["Connection"] = "close"
        self.trust_env = not server
        self.mount("https://", _Adapter(patience=patience, server=server))
        for name in TALKATIVE:
            logging.getLogger(name).setLevel(logging.INFO)

    def request(self, method: str | bytes, url: str | bytes, *args: Any, **options: Any) -> requests.Response:
        """One call, no redirects. Raises Unreached, Unanswered or Rejected."""
        address = str(url).replace(TWEEPYS_HOST, HOST, 1)
        response = super().request(method, address, *args, **options | {"allow_redirects": False})
        if not 200 <= response.status_code < 300:
            raise Rejected(response)
        return response


class _Adapter(HTTPAdapter):
    def __init__(self, *, patience: Patience, server: str) -> None:
        super().__init__()
        self._patience = patience
        self._server = server

    def send(self, request: requests.PreparedRequest, *_: Any, **options: Any) -> requests.Response:
        """The whole answer, within the time and the size that we grant."""
        outward = request.copy()
        body = _Body(request.body or b"", _IN_TIME.get())
        outward.body = body if request.body else None  # type: ignore[assignment]
        if self._server:
            outward.url = f"{self._server}{request.path_url}"
            outward.headers["Host"] = urlsplit(HOST).netloc
        options |= {"stream": True, "timeout": (self._patience.connect, self._patience.read)}
        send = super().send
        call = _Call(lambda: _whole(send(outward, **options)))
        return call.within(self._patience.call, body)


class _Body(io.BytesIO):
    """A request's body that knows whether any of it has left. After `give_up` no more of it leaves."""

    def __init__(self, data: bytes | str, in_time: InTime) -> None:
        super().__init__(data.encode() if isinstance(data, str) else data)
        self._in_time = in_time
        self._lock = threading.Lock()
        self._given_up = False
        self._has_left = False

    def read(self, size: int | None = -1, /) -> bytes:
        """The next piece, about to be sent."""
        with self._lock:
            if self._given_up or not (self._has_left or self._in_time()):
                raise OSError("Nobody waits for this request any more.")
            self._has_left = True
            return super().read(size)

    def give_up(self) -> bool:
        """Whether any of it has left."""
        with self._lock:
            self._given_up = True
            return self._has_left


class _Call(threading.Thread):
    """A call in a thread of its own: a server may drip its answer for ever, and every byte starts a timeout anew."""

    def __init__(self, send: Send) -> None:
        super().__init__(daemon=True)
        self._send = send
        self._response: requests.Response | None = None
        self._error: Exception | None = None

    def run(self) -> None:
        """In the thread."""
        try:
            self._response = self._send()
        except (requests.RequestException, urllib3.exceptions.HTTPError, http.client.HTTPException, OSError) as error:
            self._error = error

    def within(self, seconds: float, body: _Body) -> requests.Response:
        """The answer, if it comes in time."""
        self.start()
        self.join(seconds)
        if self._response is not None:
            return self._response
        has_left = body.give_up()
        failure = Unanswered if has_left else Unreached
        raise failure(f"after {seconds:g} s" if self._error is None else type(self._error).__name__) from self._error


def _whole(response: requests.Response) -> requests.Response:
    body = response.raw.read(LARGEST_ANSWER + 1, decode_content=True)
    response.raw.close()
    if len(body) > LARGEST_ANSWER:
        raise requests.exceptions.ContentDecodingError("The answer is too long.")
    response.raw = io.BytesIO(body)
    return response

"""What every answer carries, and which names and pages no request may come from."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Collection
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "content-security-policy": "; ".join(
        (
            "default-src 'self'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
LOCAL = ("localhost", "127.0.0.1", "[::1]")


class Guard:
    """An ASGI middleware around everything, static files included. `hosts()` are our names; before one that is none of
    them is refused, `renew` looks whether it is by now."""

    def __init__(self, app: ASGIApp, *, hosts: Callable[[], Collection[str]], renew: Callable[[], object]) -> None:
        self._app = app
        self._hosts = hosts
        self._renew = renew

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuses a name that isn't ours, by which another page could read this one, before anything is read."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        host = Headers(scope=scope).get("host", "")
        if not self._is_ours(host):
            await run_in_threadpool(self._renew)
        if not self._is_ours(host):
            await PlainTextResponse("This name is not one of the dashboard's.", 421)(scope, receive, _guarded(send))
            return
        await self._app(scope, receive, _guarded(send))

    def _is_ours(self, host: str) -> bool:
        name = host.lower().rpartition(":")[0] if _has_port(host) else host.lower()
        return name in LOCAL or name in (each.lower() for each in self._hosts())


def _has_port(host: str) -> bool:
    return host.rpartition(":")[2].isdigit() and not host.endswith("]")


def _guarded(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("cache-control", "no-store")
        await send(message)

    return sent


def is_loopback(address: str) -> bool:
    """Whether only this machine can reach what listens there."""
    try:
        return ipaddress.ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return address == "localhost"


def comes_from_us(headers: Headers, *, host: str) -> bool:
    """Whether a form was sent from one of our pages, as the browser says: a page elsewhere can't say so."""
    site = headers.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc.lower() == host.lower()

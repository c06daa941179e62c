"""Somebody with a browser that has no screen: asks the dashboard in this process, and keeps its cookies."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import httpx

from scheduler.bootstrap import App
from scheduler.bootstrap.renewal import Renewal
from scheduler.web.dashboard.signin import Door, hashed
from scheduler.web.dashboard.site import site

HERE = "http://127.0.0.1:8470"
PASSWORD = "correct horse battery"
HASH = hashed(PASSWORD)
OURS = {"origin": HERE, "sec-fetch-site": "same-origin"}


class Visitor:
    """One browser. With `locked` there is a password, and it hasn't signed in yet; else it is Ann, at the machine."""

    def __init__(self, app: App, *, locked: bool = False, hosts: tuple[str, ...] = ()) -> None:
        door = Door(sessions=app.store.sessions, password=HASH if locked else "", host_user="Ann")
        self._settle(httpx.ASGITransport(site(Renewal(app=app), door, hosts=hosts), raise_app_exceptions=False))

    def _settle(self, transport: httpx.ASGITransport) -> None:
        self._transport = transport
        self._client = httpx.AsyncClient(transport=transport, base_url=HERE, trust_env=False)

    @property
    def cookies(self) -> httpx.Cookies:
        """What the browser keeps."""
        return self._client.cookies

    def another(self) -> Visitor:
        """A second browser on the same site."""
        other = object.__new__(Visitor)
        other._settle(self._transport)
        return other

    def ask(self, method: str, path: str, **how: Any) -> httpx.Response:
        """One request, as it is."""
        return asyncio.run(self._client.request(method, path, **how))

    def get(self, path: str, **headers: str) -> httpx.Response:
        """A page."""
        return self.ask("GET", path, headers=headers)

    def token(self, path: str = "/signin") -> str:
        """What our forms carry."""
        found = re.search(r'name="?token"? value="([^"]*)"', self.get(path).text) or re.search(
            r'name="?token"? value="([^"]*)"', self.get("/").text
        )
        assert found, f"{path} has no form"
        return found[1]

    def post(self, path: str, files: Any = None, **fields: str) -> httpx.Response:
        """A form of ours, sent as a browser does."""
        data = {"token": self.token(), **fields}
        return self.ask("POST", path, data=data, files=files, headers=OURS)

    def sign_in(self, name: str = "Ann", password: str = PASSWORD) -> httpx.Response:
        """Tries to come in."""
        return self.post("/signin", name=name, password=password, to="/")

"""The dashboard's server: on this machine only, unless there is a password."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from scheduler.bootstrap import App
from scheduler.bootstrap.renewal import Renewal
from scheduler.domain.errors import SettingsUnusable
from scheduler.usecases.decide import named
from scheduler.web.dashboard.guard import is_loopback
from scheduler.web.dashboard.patience import Impatient
from scheduler.web.dashboard.signin import Door
from scheduler.web.dashboard.site import site

STOP_SECONDS = 3
LOOK_SECONDS = 0.5


class Calm(uvicorn.Server):
    """Looks twice a second whether it is to stop, not ten times: that was half of what an idle worker cost."""

    async def main_loop(self) -> None:
        """As uvicorn's own; each look renews the date of answers."""
        while not await self.on_tick(0):
            await asyncio.sleep(LOOK_SECONDS)


def must_be_locked(app: App, *, host: str) -> None:
    """Raises SettingsUnusable where strangers could come in without a password."""
    if not is_loopback(host) and not app.settings.dashboard_password.get_secret_value():
        words = f"The dashboard would be open to everybody who reaches {host}."
        raise SettingsUnusable(words, hint="Set a password first: quotidian dashboard --set-password.")


def server(renewal: Renewal, *, host: str, port: int, host_user: str) -> uvicorn.Server:
    """Ready to run. Raises SettingsUnusable where strangers could come in without a password."""
    app = renewal.app
    must_be_locked(app, host=host)
    password = app.settings.dashboard_password.get_secret_value()
    user, is_local = named(host_user), is_loopback(host)
    door = Door(sessions=app.store.sessions, password=password, host_user=user, is_local=is_local)
    config = uvicorn.Config(
        site(renewal, door, hosts=(host,)),
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=STOP_SECONDS,
        limit_concurrency=64,
        h11_max_incomplete_event_size=32_000,
        http=Impatient,
        ws="none",
        loop="asyncio",
        lifespan="off",
    )
    return Calm(config)


def listening(host: str, port: int) -> socket.socket:
    """A socket that is ours. Raises SettingsUnusable when the address is taken or not of this machine."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((host.strip("[]"), port))
        sock.listen()
    except OSError as error:
        sock.close()
        words = f"The dashboard can't listen on {host}, port {port}: {error.strerror}."
        raise SettingsUnusable(words, hint="Name another port in DASHBOARD.", setting="DASHBOARD") from None
    return sock


@contextmanager
def in_a_thread(renewal: Renewal, *, host: str, port: int, host_user: str) -> Iterator[int]:
    """Serves beside other work until the block ends; the port it got."""
    made, sock = server(renewal, host=host, port=port, host_user=host_user), listening(host, port)
    thread = threading.Thread(target=made.run, kwargs={"sockets": [sock]}, name="dashboard", daemon=True)
    thread.start()
    try:
        yield sock.getsockname()[1]
    finally:
        made.should_exit = True
        thread.join(STOP_SECONDS + 1)
        sock.close()

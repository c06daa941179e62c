"""Tells systemd that the worker is ready, lives, or stops; where no systemd has started it, nobody listens."""

from __future__ import annotations

import os
import socket
from contextlib import suppress

READY, ALIVE, STOPPING = "READY=1", "WATCHDOG=1", "STOPPING=1"


def tell(state: str) -> None:
    """One datagram to the socket that systemd names; a listener that is gone or busy is no reason to stop."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notify, suppress(OSError):
        notify.setblocking(False)
        # An @ stands for the null byte of an address outside the file system.
        notify.sendto(state.encode(), f"\0{address[1:]}" if address.startswith("@") else address)

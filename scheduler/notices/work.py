"""The child's part: one message to one address. It must not tell the address to anybody, not even in an error."""

from __future__ import annotations

from apprise import Apprise, AppriseAsset, NotifyFormat, PersistentStoreMode

from scheduler.domain.notice import Ending, Telling

NAME = "Quotidian"


def send(telling: Telling) -> Ending:
    """Tries once."""
    asset = AppriseAsset(app_id=NAME, app_desc=NAME, storage_mode=PersistentStoreMode.MEMORY, async_mode=False)
    receivers = Apprise(asset=asset)
    if not receivers.add(telling.address):
        return Ending.UNKNOWN_ADDRESS
    sent = receivers.notify(title=telling.title, body=telling.body, body_format=NotifyFormat.TEXT)
    return Ending.SENT if sent else Ending.FAILED

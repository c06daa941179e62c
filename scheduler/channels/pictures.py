"""The picture of a post as every channel takes it: the very bytes that people said yes to, or a refusal."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from scheduler.domain.channel import Capabilities, Outgoing
from scheduler.domain.errors import Refused
from scheduler.domain.pixels import shape_of

REPAINT = "`quotidian retry` paints it again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The bytes of a card. `suffix` is its format: lower case, without the dot, `jpg` for every JPEG.

    Width and height are in pixels.
    """

    suffix: str
    data: bytes
    width: int
    height: int


def picture_of(outgoing: Outgoing, can: Capabilities) -> Picture | None:
    """The very picture that was planned; None for a post without one.

    Raises Refused for a format or a weight that the network doesn't take, a missing file, one that changed since, and
    one that is no picture.
    """
    if not outgoing.card_path:
        return None
    suffix = Path(outgoing.card_path).suffix.lower().removeprefix(".").replace("jpeg", "jpg")
    if suffix not in can.picture_formats:
        raise Refused(f"A picture can't be '{suffix}' here.", hint=f"Choose {_listed(can.picture_formats)}.")
    try:
        with Path(outgoing.card_path).open("rb") as file:
            data = file.read(can.picture_bytes + 1)
    except OSError as error:
        raise Refused(f"The post's card can't be read: {error.strerror}.", hint=REPAINT) from error
    if len(data) > can.picture_bytes:
        raise Refused(
            f"The post's card is over {can.picture_bytes / 1_000_000:g} MB.",
            hint="CARD_FORMAT=auto keeps new cards lighter.",
        )
    if hashlib.sha256(data).hexdigest() != outgoing.card_sha256:
        raise Refused("The post's card is not the picture that was planned.", hint=REPAINT)
    shape = shape_of(suffix, data)
    if shape is None:
        raise Refused(f"The post's card is no {suffix} picture.", hint=REPAINT)
    return Picture(suffix=suffix, data=data, width=shape[0], height=shape[1])


def _listed(formats: tuple[str, ...]) -> str:
    *others, last = formats
    return f"{', '.join(others)} or {last}" if others else last

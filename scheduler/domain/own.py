"""What a person set for one post alone, which counts before what its row, its campaign and the settings say."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """None and an empty `template` or `alt_text` mean: as otherwise.

    `link` is an address, empty for the booking page, or `readymade.NO_LINK`. `expires` is a wall time in the brand's
    zone, after which the post must not go out, empty for never.
    """

    template: str = ""
    alt_text: str = ""
    link: str | None = None
    expires: str | None = None


NOTHING = Own()
"""Everything as otherwise."""

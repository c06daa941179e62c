"""One account on X as the engine sees it."""

from __future__ import annotations

from datetime import date, datetime

from scheduler.channels.pictures import picture_of
from scheduler.channels.x.api import Api, Keys
from scheduler.channels.x.media import put_up
from scheduler.channels.x.timeline import found
from scheduler.channels.x.verdicts import of_asking, of_publishing
from scheduler.channels.x.wire import Failed, Patience
from scheduler.domain.channel import Capabilities, Measure, Outgoing, Prepared, Receipt
from scheduler.domain.errors import Refused
from scheduler.domain.pricing import PriceList, Prices

PRICES = PriceList(
    (
        Prices(since=date(2026, 2, 6), post_usd=0.01, link_post_usd=0.01, read_usd=0.005),
        Prices(since=date(2026, 4, 20), post_usd=0.015, link_post_usd=0.20, alt_text_usd=0.005, read_usd=0.001),
    )
)
"""Source: X's price list for pay-per-use, as it began and as it was changed."""
CAPABILITIES = Capabilities(
    text_limit=280,
    measure=Measure.WEIGHTED,
    alt_text_limit=1000,
    picture_formats=("png", "jpg", "webp"),
    picture_bytes=5_000_000,
    exact=False,
    settle_seconds=600,
    picture_sizes=("square", "landscape", "portrait"),
    prices=PRICES,
    threads=True,
)
PATIENCE = Patience()


class X:
    """Keeps ports.Publisher and ports.Finder."""

    def __init__(self, keys: Keys, *, server: str = "", patience: Patience = PATIENCE) -> None:
        self._api = Api(keys, patience=patience, server=server)
        self._patience = patience
        self._user_id = ""

    def capabilities(self) -> Capabilities:
        """The same for every account."""
        return CAPABILITIES

    def verify(self) -> str:
        """Our name on X. Raises Refused, AccountRefused or TryAgain."""
        try:
            self._user_id, name = self._api.me()
        except Failed as failure:
            raise of_asking(failure) from failure
        return f"@{name} on X"

    def prepare(self, outgoing: Outgoing) -> Prepared:
        """Picture and alt text go up. Nothing can be seen of it yet, so no failure is unknown."""
        picture = picture_of(outgoing, CAPABILITIES)
        if picture is None:
            return Prepared(outgoing=outgoing)
        if len(outgoing.alt_text) > CAPABILITIES.alt_text_limit:
            raise Refused(f"The alt text has {len(outgoing.alt_text)} of {CAPABILITIES.alt_text_limit} characters.")
        try:
            media_id = put_up(self._api, picture, outgoing.alt_text, self._patience)
        except Failed as failure:
            raise of_asking(failure) from failure
        return Prepared(outgoing=outgoing, media=(media_id,))

    def publish(self, prepared: Prepared) -> Receipt:
        """The post, or the next part of a thread. Raises what is proof of a refusal, otherwise Unknown."""
        try:
            post = prepared.outgoing
            return _receipt(self._api.post(post.text, prepared.media, reply_to=post.reply_to, in_time=prepared.in_time))
        except Failed as failure:
            raise of_publishing(failure) from failure

    def find(self, outgoing: Outgoing, since: datetime) -> Receipt | None:
        """Looks through our own posts.

        Raises Refused where we may not, AccountRefused or TryAgain where it isn't certain now.
        """
        try:
            if not self._user_id:
                self._user_id, _ = self._api.me()
            post_id = found(self._api.posts(self._user_id, since), outgoing, since)
        except Failed as failure:
            raise of_asking(failure) from failure
        return _receipt(post_id) if post_id else None


def _receipt(post_id: str) -> Receipt:
    return Receipt(remote_id=post_id, url=f"https://x.com/i/web/status/{post_id}")

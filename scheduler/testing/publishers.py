"""The contract of every channel, as a suite that its author subclasses.

With pytest, in the author's own tests::

    class TestMyNetwork(PublisherContract):
        def publisher(self) -> Publisher:
            return MyNetwork(self.server.url)

        def record(self) -> Sequence[str]:
            return [post.text for post in self.server.posts]

        @pytest.fixture(autouse=True)
        def _network(self, tmp_path: Path) -> None:
            self.folder = tmp_path
            self.server = ...

Each test gets a fresh network. Ours keep the same suite.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from scheduler.domain.channel import Measure, Outgoing
from scheduler.domain.errors import Refused
from scheduler.ports import Finder, Publisher
from scheduler.testing.samples import outgoing, picture

FORMATS = {"png", "jpg", "webp", "gif"}


class PublisherContract:
    """What the delivery engine relies on. Subclasses set `folder` (for pictures) and give the two methods below."""

    folder: Path

    def publisher(self) -> Publisher:
        """The channel, connected to the test's network."""
        raise NotImplementedError

    def record(self) -> Sequence[str]:
        """The texts that the network itself holds now, oldest first; not asked of the channel."""
        raise NotImplementedError

    def test_its_capabilities_make_sense(self) -> None:
        """Limits are positive, formats are known, and asking costs no request."""
        can = self.publisher().capabilities()
        expect(min(can.text_limit, can.alt_text_limit, can.picture_bytes) > 0, "Every limit is over nought.")
        expect(set(can.picture_formats) <= FORMATS, f"Picture formats are among {sorted(FORMATS)}.")
        expect(isinstance(can.measure, Measure), "The text is measured in a known unit.")
        expect(can.settle_seconds >= 0, "Settling takes no negative time.")

    def test_it_says_in_words_who_it_is(self) -> None:
        """`verify` names the account."""
        expect(bool(self.publisher().verify().strip()), "verify() answers with words.")

    def test_a_post_is_published_once_with_a_receipt(self) -> None:
        """The text arrives as it is, the receipt has an id and an address."""
        post = self._post()
        publisher = self.publisher()
        receipt = publisher.publish(publisher.prepare(post))
        expect(list(self.record()) == [post.text], "The network holds exactly the text that was sent.")
        expect(bool(receipt.remote_id and receipt.url), "The receipt has an id and an address.")

    def test_preparing_publishes_nothing_and_may_be_repeated(self) -> None:
        """A worker that died while preparing starts again from the beginning."""
        publisher = self.publisher()
        first, second = publisher.prepare(self._post()), publisher.prepare(self._post())
        expect(not self.record(), "prepare() publishes nothing.")
        expect(first.outgoing == second.outgoing == self._post(), "prepare() hands the post on unchanged.")

    def test_two_posts_are_two_posts(self) -> None:
        """Even with the same words: the code makes the difference."""
        publisher = self.publisher()
        posts = [self._post("first01"), self._post("second2")]
        receipts = [publisher.publish(publisher.prepare(post)) for post in posts]
        expect(list(self.record()) == [post.text for post in posts], "Both are there, in order.")
        expect(receipts[0] != receipts[1], "Each has a receipt of its own.")

    def test_a_post_without_a_picture_goes_out(self) -> None:
        """Not every post has a card."""
        bare = replace(self._post(), card_path="", card_sha256="", alt_text="")
        publisher = self.publisher()
        publisher.publish(publisher.prepare(bare))
        expect(list(self.record()) == [bare.text], "The post is there.")

    def test_a_picture_that_changed_since_is_refused_before_anything_goes_out(self) -> None:
        """What people said yes to is what is published."""
        post = self._post()
        Path(post.card_path).write_bytes(picture(shade=0))
        expect(self._is_refused(post), "A changed picture is Refused.")
        Path(post.card_path).unlink()
        expect(self._is_refused(post), "A missing picture is Refused.")
        expect(not self.record(), "Nothing went out.")

    def test_the_same_key_again_has_the_effect_of_once_where_that_is_promised(self) -> None:
        """Only for channels whose capabilities say `exact`."""
        publisher = self.publisher()
        if not publisher.capabilities().exact:
            return
        receipts = {publisher.publish(publisher.prepare(self._post())) for _ in range(3)}
        expect(len(self.record()) == 1, "The network holds it once.")
        expect(len(receipts) == 1, "The receipt is the same each time.")

    def test_reading_back_finds_what_is_there_and_nothing_else(self) -> None:
        """Only for channels that keep Finder."""
        publisher = self.publisher()
        if not isinstance(publisher, Finder):
            return
        there, absent = self._post("there01"), self._post("absent2")
        receipt = publisher.publish(publisher.prepare(there))
        since = there.created_at - timedelta(minutes=2)
        expect(publisher.find(there, since) == receipt, "find() gives the receipt again.")
        expect(publisher.find(absent, since) is None, "find() answers None for what is not there.")

    def _post(self, code: str = "k3f9x2a") -> Outgoing:
        return outgoing(self.folder, code=code)

    def _is_refused(self, post: Outgoing) -> bool:
        publisher = self.publisher()
        try:
            publisher.publish(publisher.prepare(post))
        except Refused:
            return True
        return False


def expect(holds: bool, sentence: str) -> None:
    """Fails the test with the sentence that does not hold."""
    if not holds:
        raise AssertionError(sentence)

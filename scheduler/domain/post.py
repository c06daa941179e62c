"""A post: one excerpt's message, channel-neutral, with what the checks say and who said yes to what."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from scheduler.domain.article import Excerpt, listed
from scheduler.domain.card import PaintedCard
from scheduler.domain.findings import Finding, Severity
from scheduler.domain.own import NOTHING, Own
from scheduler.domain.readymade import BOOKING, ReadyMade
from scheduler.domain.thread import parts_of

BY_SETTINGS = "settings (approval = flagged)"


class PostStatus(StrEnum):
    """A person's decision about a post."""

    DRAFT = "draft"
    APPROVED = "approved"
    HELD = "held"


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """A named person's yes, bound to the words and picture they saw.

    `confirmed` is true when the person also said yes to the `confirm` findings; `override` holds the written reason
    for letting a `block` finding pass.
    """

    by: str
    at: datetime
    content_hash: str
    confirmed: bool = False
    override: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One excerpt of one article. `id` is 0 until stored; `card` is None until painted.

    `edited` is what a person made of the excerpt's words, empty as long as nobody did; the excerpt stays as it was cut.
    A post that somebody wrote out in a queue file is `ready`: its excerpt holds the words of its row. A campaign gives
    its posts a card `template` and a `call`, the words before the link, in turn; empty means: as the settings say.
    What a person set for it alone is its `own`.
    """

    id: int = 0
    article_id: int = 0
    excerpt: Excerpt
    hashtags: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    status: PostStatus = PostStatus.DRAFT
    approval: Approval | None = None
    card: PaintedCard | None = None
    card_refusal: str = ""
    edited: str = ""
    ready: ReadyMade | None = None
    template: str = ""
    call: str = ""
    own: Own = NOTHING

    @property
    def lacks_card(self) -> bool:
        """Whether it should have a picture, and has none yet; a ready-made post has one where its row asks for it."""
        asks = self.ready is None or self.ready.wants_picture or (self.own.template and not self.ready.removed)
        return self.card is None and bool(asks)

    @property
    def card_template(self) -> str:
        """The template of its card; empty means as the settings say."""
        return self.own.template or (self.ready.template if self.ready else "") or self.template

    @property
    def alt_text(self) -> str:
        """What somebody wrote for those who can't see its card; empty means as the card says."""
        return self.own.alt_text or (self.ready.alt_text if self.ready else "")

    @property
    def link(self) -> str:
        """An address, BOOKING or NO_LINK."""
        if self.own.link is not None:
            return self.own.link
        return self.ready.link if self.ready else BOOKING

    @property
    def expires(self) -> str:
        """The wall time in the brand's zone after which it must not go out; empty means never."""
        if self.own.expires is not None:
            return self.own.expires
        return self.ready.expires if self.ready else ""

    @property
    def words(self) -> str:
        """What the post says: the edited words, or the excerpt's."""
        return self.edited or self.excerpt.words

    @property
    def parts(self) -> tuple[str, ...]:
        """What it says, part by part: a ready-made post may be a thread."""
        return parts_of(self.words) if self.ready else (self.words,)

    @property
    def on_card(self) -> str:
        """What its card shows as one text: the first part, the edited words, a list's heading, or the headline."""
        if len(self.parts) > 1:
            return self.parts[0]
        return listed(self.edited)[0] or self.edited or self.excerpt.headline

    @property
    def content_hash(self) -> str:
        """SHA-256 of words, hashtags and picture: what a yes is bound to."""
        content = [self.words, *self.hashtags, self.card.sha256 if self.card else ""]
        return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()

    def has(self, severity: Severity) -> bool:
        """Whether a finding of this severity stands."""
        return any(finding.severity is severity for finding in self.findings)

    @property
    def blocked(self) -> bool:
        """A `block` finding stands and nobody has overridden it in writing for this very content."""
        return self.has(Severity.BLOCK) and not (self._approval_holds and self.approval and self.approval.override)

    @property
    def may_go_out(self) -> bool:
        """Approved as it stands now, confirmed where a finding asks for it, and not blocked."""
        if self.status is not PostStatus.APPROVED or self.blocked or not self._approval_holds:
            return False
        return not self.has(Severity.CONFIRM) or bool(self.approval and self.approval.confirmed)

    @property
    def is_promised(self) -> bool:
        """A person said yes to it, and expects it where it is planned."""
        return self.may_go_out and self.approval is not None and self.approval.by != BY_SETTINGS

    @property
    def _approval_holds(self) -> bool:
        return self.approval is not None and self.approval.content_hash == self.content_hash

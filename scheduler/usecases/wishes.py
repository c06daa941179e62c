"""What somebody wants of a post when they edit it: what isn't named stays as it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from scheduler.domain.post import Post, PostStatus
from scheduler.domain.readymade import BOOKING, NO_LINK


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """None leaves as it is. An empty `template` or `alt_text` gives it back to the settings and the card, an empty
    `expires` (a wall time in the brand's zone) means never; `link` is an address, BOOKING or NO_LINK."""

    words: str | None = None
    hashtags: tuple[str, ...] | None = None
    template: str | None = None
    alt_text: str | None = None
    link: str | None = None
    expires: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether everything stays."""
        return self == Wishes()

    def on(self, post: Post) -> Post:
        """The post as it is wanted, with the findings, the yes and the card that it had."""
        named = {"template": self.template, "alt_text": self.alt_text, "link": self.link, "expires": self.expires}
        changes = {name: value for name, value in named.items() if value is not None and value != _now(post, name)}
        words = post.words if self.words is None else self.words
        return replace(
            post,
            edited="" if words == post.excerpt.words else words,
            hashtags=post.hashtags if self.hashtags is None else self.hashtags,
            own=replace(post.own, **changes) if changes else post.own,
        )


def _now(post: Post, name: str) -> str:
    if name == "template":
        return post.card_template
    return str(getattr(post, name))


def unapproved(post: Post) -> Post:
    """Without its yes, which was said to something else."""
    status = PostStatus.DRAFT if post.status is PostStatus.APPROVED else post.status
    return replace(post, approval=None, status=status)


def says_other(before: Post, after: Post) -> bool:
    """Whether what goes out is another; its end is no matter of that."""
    return _content(before) != _content(after)


def _content(post: Post) -> tuple[object, ...]:
    return post.words, post.hashtags, post.card_template, post.alt_text, post.link


def told(before: Post, after: Post) -> str:
    """The change in words, for the audit log."""
    parts = list(_told(before, after))
    return f"changed {', '.join(parts[:-1])}{' and ' if len(parts) > 1 else ''}{parts[-1]}" if parts else "changed it"


def _told(before: Post, after: Post) -> Iterator[str]:
    if after.words != before.words:
        yield f"the words from “{before.words}” to “{after.words}”"
    if after.hashtags != before.hashtags:
        yield f"the hashtags to {' '.join(after.hashtags) or 'none'}"
    if after.card_template != before.card_template:
        yield f"the card template to {after.card_template or 'that of the settings'}"
    if after.alt_text != before.alt_text:
        yield f"the alt text to “{after.alt_text}”" if after.alt_text else "the alt text to the card's own"
    if after.link != before.link:
        yield f"the link to { {BOOKING: 'the booking page', NO_LINK: 'none'}.get(after.link, after.link) }"
    if after.expires != before.expires:
        yield f"the expiry to {after.expires.replace('T', ' ') or 'never'}"

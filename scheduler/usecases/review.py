"""What people see: posts with their deliveries, the log, a delivery's story."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.domain.audit import AuditEntry
from scheduler.domain.delivery import LIVE, Attempt, Delivery, State
from scheduler.domain.post import Post
from scheduler.ports import Journal, Listing, Posts, Selection

COMING = LIVE | {State.FAILED}
"""What may still go out, if somebody says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A post, the title of its article, and its deliveries by due instant."""

    post: Post
    article: str
    deliveries: tuple[Delivery, ...]


def waiting(listing: Listing, selection: Selection) -> list[Post]:
    """Posts that have something to come but no valid yes; not those that stay back as their article changed."""
    numbers = listing.waiting(COMING)
    found = selection.posts(numbers)
    return [found[number] for number in numbers if number in found]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Everything that is known of one delivery: its post, every try, and who did what."""

    delivery: Delivery
    post: Post
    attempts: tuple[Attempt, ...]
    audit: tuple[AuditEntry, ...]


def story(delivery: Delivery, *, posts: Posts, journal: Journal) -> Story:
    """A delivery's story, oldest first."""
    subjects = (f"post {delivery.post_id}", f"delivery {delivery.code}")
    entries = [entry for subject in subjects for entry in journal.audit(subject)]
    return Story(
        delivery=delivery,
        post=posts.get(delivery.post_id),
        attempts=tuple(journal.attempts(code=delivery.code)),
        audit=tuple(sorted(entries, key=lambda entry: entry.at)),
    )

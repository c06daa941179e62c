"""What people see: posts with their deliveries, the log, a delivery's story."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.domain.audit import AuditEntry
from scheduler.domain.delivery import Attempt, Delivery, State
from scheduler.domain.post import Post
from scheduler.domain.revision import is_stale
from scheduler.ports import Deliveries, Journal, Library, Posts


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A post, the title of its article, and its deliveries by due instant."""

    post: Post
    article: str
    deliveries: tuple[Delivery, ...]


def entries(posts: Posts, deliveries: Deliveries, library: Library) -> tuple[Entry, ...]:
    """Every post, the soonest delivery first; posts without a delivery last."""
    titles = library.titles()
    by_post: dict[int, list[Delivery]] = defaultdict(list)
    for delivery in deliveries.select():
        by_post[delivery.post_id].append(delivery)
    found = [
        Entry(post=post, article=titles.get(post.article_id, ""), deliveries=tuple(by_post[post.id]))
        for post in posts.all()
    ]
    planned = sorted((entry for entry in found if entry.deliveries), key=lambda entry: entry.deliveries[0].due_at)
    return (*planned, *(entry for entry in found if not entry.deliveries))


def waiting(found: Sequence[Entry]) -> list[Post]:
    """Posts that have something to come but no valid yes; not those that stay back as their article changed."""
    return [entry.post for entry in found if _is_coming(entry) and not entry.post.may_go_out]


def _is_coming(entry: Entry) -> bool:
    over = (State.PUBLISHED, State.CANCELLED)
    return not is_stale(entry.post) and any(delivery.state not in over for delivery in entry.deliveries)


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

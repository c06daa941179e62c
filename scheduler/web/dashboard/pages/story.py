"""One delivery's story: where it stands and what to do, the post, and everything that happened, in plain words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

from scheduler.domain.audit import AuditEntry
from scheduler.domain.delivery import Attempt, Delivery, State
from scheduler.domain.errors import NotAllowedNow, NotFound, QuotidianError
from scheduler.domain.pause import WORKER
from scheduler.domain.post import Post
from scheduler.domain.revision import is_stale
from scheduler.usecases import review
from scheduler.usecases.cancelling import cancelled_last
from scheduler.usecases.happened import OVERDUE, happened, is_asked, seconds
from scheduler.usecases.review import Story
from scheduler.web.dashboard import deeds, outcomes
from scheduler.web.dashboard.looks import shown, words
from scheduler.web.dashboard.naming import called
from scheduler.web.dashboard.networks import split
from scheduler.web.dashboard.pages.signin import ours
from scheduler.web.dashboard.pictures import card_url, thumb_url
from scheduler.web.dashboard.source import place_of
from scheduler.web.dashboard.telling import story_words
from scheduler.web.dashboard.visit import Answer, Page, Visit, redirect
from scheduler.web.pages import may_be_link

HEADINGS: Mapping[str, str] = {
    "draft": "Waits for your yes",
    "confirm": "Waits for your yes",
    "scheduled": "Goes out at its time",
    "sending": "On its way",
    "published": "It is out",
    "held": "Kept back",
    "failed": "It did not go out",
    "cancelled": "It never goes out",
}
LOOK = re.compile(r"[Ll]ook whether it is there, then say so: `quotidian resolve \w+`\.?")
"""What the page says by itself, with its steps."""
MOVED_ON = "This delivery moved on while you were reading."


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One line of what happened."""

    at: datetime
    icon: str
    title: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A story as the page shows it. `standing` is a word of domain.standing; `deeds` what can be done now; `text` is
    what stands before the link, the link in short, and what stands after it; `place` is that in the article."""

    story: Story
    standing: str
    heading: str
    words: str
    next_step: str
    events: tuple[Event, ...]
    deeds: frozenset[str]
    seen: str
    thumb: str
    card: str
    link: str
    text: tuple[str, str, str]
    place: str

    @property
    def delivery(self) -> Delivery:
        """What it is about."""
        return self.story.delivery


def read(visit: Visit) -> Answer:
    """A page of its own."""
    return _page(visit, visit.params["code"])


def act(visit: Visit) -> Answer:
    """What a person decides; then the story as it goes on, or why not."""
    code, wanted = visit.params["code"], visit.form.get("do", "")
    delivery = visit.app.store.deliveries.get(code)
    try:
        if wanted not in DEEDS:
            raise NotAllowedNow("This can't be done here.", hint="Use one of the buttons.")
        if visit.form.get("seen") != _seen(delivery):
            raise NotAllowedNow(MOVED_ON, hint="Look again.")
        said = DEEDS[wanted](visit, delivery)
    except QuotidianError as error:
        return _page(visit, code, trouble=error)
    return redirect(ours(visit.form.get("to", "")) if visit.form.get("to") else f"/log/{code}", message=said)


def story_of(visit: Visit, code: str) -> Told | None:
    """None when there is no such delivery."""
    store = visit.app.store
    try:
        delivery = store.deliveries.get(code)
    except NotFound:
        return None
    return _told(review.story(delivery, posts=store.posts, journal=store.journal), visit)


def _page(visit: Visit, code: str, *, trouble: QuotidianError | None = None) -> Answer:
    told = story_of(visit, code)
    if told is None:
        raise NotFound(f"There is no delivery {code}.", hint="Look for it in the log.")
    status = HTTPStatus.CONFLICT if trouble else HTTPStatus.OK
    return shown(visit, "story.html", place="log", status=status, story=told, trouble=trouble, **story_words(visit))


def _told(story: Story, visit: Visit) -> Told:
    delivery, post = story.delivery, story.post
    asked = is_asked(delivery.state, delivery.sent_at)
    standing = _standing(story, asked=asked)
    last = story.attempts[-1] if story.attempts else None
    hint = last.hint if last and last.words in delivery.words else ""
    late = visit.now - delivery.due_at
    said = " ".join(part for part in (LOOK.sub("", delivery.words).strip(), hint) if part)
    return Told(
        story=story,
        standing=standing,
        heading=_heading(visit, delivery, standing, late),
        words=said or happened(delivery.state, "", story.attempts, may_go_out=post.may_go_out, late=late),
        next_step=_next_step(visit, delivery, asked=asked, may_go_out=post.may_go_out, late=late),
        events=tuple(sorted(_events(story), key=lambda event: event.at)),
        deeds=_deeds(delivery, asked=asked) | _way_back(visit, delivery),
        seen=_seen(delivery),
        thumb=thumb_url(delivery.card_path, 160),
        card=card_url(delivery.card_path),
        link=delivery.url if may_be_link(delivery.url) else "",
        text=split(delivery.text, delivery.link),
        place=_place(visit, post),
    )


def _place(visit: Visit, post: Post) -> str:
    if post.ready or is_stale(post):
        return ""
    return place_of(visit.app.store.library.article(post.article_id), post.excerpt)


def _standing(story: Story, *, asked: bool) -> str:
    state = story.delivery.state
    if asked:
        return State.UNKNOWN.value
    if state is State.SCHEDULED and not story.post.may_go_out:
        return "confirm" if story.post.findings else "draft"
    return State.SENDING.value if state is State.CLAIMED else state.value


def _heading(visit: Visit, delivery: Delivery, standing: str, late: timedelta) -> str:
    if standing == State.UNKNOWN:
        return f"Did this post reach {called(visit.app, delivery.channel)}?"
    return "It is late" if standing == State.SCHEDULED and late >= OVERDUE else HEADINGS[standing]


def _next_step(visit: Visit, delivery: Delivery, *, asked: bool, may_go_out: bool, late: timedelta) -> str:
    """What comes next, whoever does it."""
    if asked and delivery.state is State.UNKNOWN:
        return "We are looking for it there. If you find it first, say so; it is not sent again before that is clear."
    if asked:
        return "It may be there. It is not sent again until you say so."
    if delivery.state is State.SCHEDULED and may_go_out and delivery.not_before and delivery.not_before > visit.now:
        return f"The next try comes {words(visit)['when'](delivery.not_before)}."
    if delivery.state is State.SCHEDULED and may_go_out and late >= OVERDUE:
        return "It leaves as soon as the worker comes to it."
    if delivery.state is State.SCHEDULED and not may_go_out:
        return "Without your yes it moves on to the next free slot."
    return {
        State.SCHEDULED: "Nothing to do: it leaves by itself.",
        State.CLAIMED: "A worker is preparing it.",
        State.SENDING: "The answer comes within a minute or two.",
        State.PUBLISHED: "Nothing to do.",
        State.HELD: "Release it into the next free slot, or drop it.",
        State.FAILED: "Nothing of it went out. Mend what the network asks for, then send it in the next free slot.",
        State.CANCELLED: "Nothing to do.",
        State.UNKNOWN: "",
    }[delivery.state]


def _deeds(delivery: Delivery, *, asked: bool) -> frozenset[str]:
    if asked:
        return frozenset({"there", "again"})
    return {
        State.SCHEDULED: frozenset({"hold", "move", "cancel"}),
        State.CLAIMED: frozenset({"hold"}),
        State.HELD: frozenset({"release", "move", "cancel"}),
        State.FAILED: frozenset({"retry"}),
    }.get(delivery.state, frozenset())


def _way_back(visit: Visit, delivery: Delivery) -> frozenset[str]:
    if delivery.state is not State.CANCELLED or delivery.part:
        return frozenset()
    ended = cancelled_last([delivery], visit.app.store.journal)
    return frozenset() if deeds.cannot_take_back(visit, ended) else frozenset({"undrop"})


def _events(story: Story) -> Iterator[Event]:
    for entry in story.audit:
        yield _change(entry)
    for one in story.attempts:
        yield _try(one)


def _change(entry: AuditEntry) -> Event:
    who, what = "The worker" if entry.who == WORKER else entry.who, entry.what
    return Event(at=entry.at, icon=_icon_of(what), title=who, words=f"{what[:1].upper()}{what[1:]}")


def _icon_of(what: str) -> str:
    icons = {"approved": "published", "held": "held", "cancelled": "cancelled", "planned": "calendar"}
    return next((icon for word, icon in icons.items() if what.startswith(word)), "note")


def _try(one: Attempt) -> Event:
    took = seconds(one.started_at, one.ended_at)
    said = " ".join(part for part in (one.words, one.hint, f"Try {one.number}, {took}.") if part)
    return Event(at=one.started_at, icon=outcomes.ICONS[one.outcome], title=outcomes.WORDS[one.outcome], words=said)


def _seen(delivery: Delivery) -> str:
    """What a decision was made by: it holds only while this is so."""
    return f"{delivery.state.value} {delivery.fence} {delivery.due_at.timestamp():.0f}"


def _hold(visit: Visit, delivery: Delivery) -> str:
    deeds.hold(visit, delivery.code)
    return "Held. It stays back until somebody releases it."


def _release(visit: Visit, delivery: Delivery) -> str:
    deeds.release(visit, delivery.code)
    return _goes_out(visit, delivery)


def _retry(visit: Visit, delivery: Delivery) -> str:
    deeds.retry(visit, delivery.code)
    return _goes_out(visit, delivery)


def _cancel(visit: Visit, delivery: Delivery) -> str:
    deeds.cancel(visit, delivery.code)
    return "Dropped. It never goes out."


def _undrop(visit: Visit, delivery: Delivery) -> str:
    deeds.take_back(visit, cancelled_last([delivery], visit.app.store.journal))
    return "Taken back. It is as it was before it was dropped."


def _there(visit: Visit, delivery: Delivery) -> str:
    url = visit.form.get("url", "").strip()
    if url and not may_be_link(url):
        raise NotAllowedNow("This is not the address of a post.", hint="It begins with https://. Or leave it empty.")
    deeds.is_there(visit, delivery.code, url)
    return "Marked as published."


def _again(visit: Visit, delivery: Delivery) -> str:
    name = called(visit.app, delivery.channel)
    if not visit.form.get("looked"):
        refusal = f"Look first whether it is on {name}: sent again, it could stand there twice."
        raise NotAllowedNow(refusal, hint="Then tick “I looked: it is not there”.")
    if delivery.state is State.UNKNOWN:
        hint = "If you see it, say “It is there”. When the search is over and it was not found, you are asked again."
        raise NotAllowedNow(f"We are still looking for it on {name}.", hint=hint)
    deeds.send_again(visit, delivery.code)
    return _goes_out(visit, delivery)


def _goes_out(visit: Visit, delivery: Delivery) -> str:
    after = visit.app.store.deliveries.get(delivery.code)
    return f"Goes out {words(visit)['when'](after.due_at)} on {called(visit.app, after.channel)}."


DEEDS: Mapping[str, Callable[[Visit, Delivery], str]] = {
    "hold": _hold,
    "release": _release,
    "retry": _retry,
    "cancel": _cancel,
    "undrop": _undrop,
    "there": _there,
    "again": _again,
}
PAGES = (Page(path="/log/{code}", view=read), Page(path="/log/{code}", view=act, methods=("POST",)))

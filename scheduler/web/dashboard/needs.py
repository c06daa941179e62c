"""What needs somebody, in the order in which people should look: first what may be out there, then by deadline."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from scheduler.bootstrap.linkwatch import LOOKED, gone
from scheduler.domain.brief import brief
from scheduler.domain.delivery import State
from scheduler.store.screens.frame import NEWS
from scheduler.store.screens.today import Trouble
from scheduler.usecases.preflight import Verdict, booking
from scheduler.web.dashboard.accounts import Account, accounts_of
from scheduler.web.dashboard.naming import called, place_here
from scheduler.web.dashboard.telling import gist
from scheduler.web.dashboard.visit import Visit

SINGLY, MOST = 3, 100
"""So many troubles of a kind are told one by one; what is more is counted, up to `MOST`."""
AHEAD = timedelta(days=730)
When = Callable[[datetime], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One row: `sign` is a state or an icon, `when` since or by which time, `word` what the button says."""

    sign: str
    title: str
    sentence: str
    when: str
    word: str
    href: str


def needs_of(visit: Visit, when: When) -> list[Need]:
    """All there is to do."""
    return [
        *_unusable(visit),
        *_unknown(visit, when),
        *_failed(visit, when),
        *_to_review(visit, when),
        *_held(visit),
        *(need for one in accounts_of(visit.app, now=visit.now) if (need := _account(visit, one, when))),
        *_gone(visit, when),
        *_booking(visit),
    ]


def _unusable(visit: Visit) -> Iterator[Need]:
    """Settings that were changed and can't be used; the ones before them hold."""
    if error := visit.app.unusable:
        place = f" ({place_here(visit.app, error.place)})" if error.place else ""
        words = f"{error.message}{place} {error.hint} The settings before it hold.".replace("  ", " ")
        title = "The changed settings can’t be used"
        yield Need(sign="failed", title=title, sentence=words, when="", word="See how", href="/help#settings")


def _unknown(visit: Visit, when: When) -> Iterator[Need]:
    for one in visit.app.store.today_screen.troubles(State.UNKNOWN, most=SINGLY):
        sent_at = one.sent_at or one.due_at
        words = f"{_said(one)} The answer was lost. We wait for your word."
        title, since = f"Did a post reach {called(visit.app, one.channel)}?", f"since {when(sent_at)}"
        yield Need(sign="unknown", title=title, sentence=words, when=since, word="Look at it", href=f"/log/{one.code}")
    yield from _more(visit, State.UNKNOWN, None, "unknown posts")


def _failed(visit: Visit, when: When) -> Iterator[Need]:
    since = visit.now - NEWS
    for one in visit.app.store.today_screen.troubles(State.FAILED, since=since, most=SINGLY):
        yield Need(
            sign="failed",
            title=f"A post did not go out on {called(visit.app, one.channel)}",
            sentence=f"{_said(one)} {one.words}".strip(),
            when=f"since {when(one.due_at)}",
            word="See what to do",
            href=f"/log/{one.code}",
        )
    yield from _more(visit, State.FAILED, since, "posts that failed")


def _more(visit: Visit, state: State, since: datetime | None, what: str) -> Iterator[Need]:
    rest = visit.app.store.today_screen.count(state, since=since, most=MOST) - SINGLY
    if rest > 0:
        words = f"{rest}{'+' if rest == MOST - SINGLY else ''} more {what}"
        sentence, href = "The log tells of each what became of it.", _log(visit, state)
        yield Need(sign=state.value, title=words, sentence=sentence, when="", word="Open the log", href=href)


def _to_review(visit: Visit, when: When) -> Iterator[Need]:
    turns = visit.app.store.review_screen.queue(most=MOST)
    number = len(turns)
    if not number:
        return
    blocked = sum(turn.due_at is None for turn in turns)
    first = next((turn.due_at for turn in turns if turn.due_at), None)
    title = f"{number}{'+' if number == MOST else ''} posts need your yes" if number > 1 else "A post needs your yes"
    stops = f"{blocked} of them {'is' if blocked == 1 else 'are'} blocked. " if blocked else ""
    overdue = first is not None and first <= visit.now
    yield Need(
        sign="confirm",
        title=title,
        sentence=f"{stops}None goes out before somebody has read it.",
        when=(f"since {when(first)}" if overdue else f"by {when(first)}") if first else "",
        word="Review",
        href="/review",
    )


def _held(visit: Visit) -> Iterator[Need]:
    screen = visit.app.store.today_screen
    number = screen.count(State.HELD, most=MOST)
    if not number:
        return
    words = next((one.words for one in screen.troubles(State.HELD, most=SINGLY) if one.words), "")
    title = f"{number}{'+' if number == MOST else ''} posts are held" if number > 1 else "A post is held"
    sentence = words or "It stays until somebody releases it."
    yield Need(sign="held", title=title, sentence=sentence, when="", word="See why", href=_log(visit, State.HELD))


def _account(visit: Visit, one: Account, when: When) -> Need | None:
    if not one.needs_you:
        return None
    href, name = f"/channels#channel-{one.name}", called(visit.app, one.name)
    if one.pause and one.pause.by_network:
        words = f"{one.pause.why} {one.pause.hint}".strip()
        title, since = f"{name} lets us in no more", f"since {when(one.pause.since)}"
        return Need(sign="failed", title=title, sentence=words, when=since, word="Open channels", href=href)
    if one.ends:
        return _login(visit, one, one.ends, when, href)
    words = f"{one.refusal} {one.hint}".strip()
    return Need(
        sign="failed", title=f"{name} can't be used yet", sentence=words, when="", word="Open channels", href=href
    )


def _login(visit: Visit, one: Account, ends: datetime, when: When, href: str) -> Need:
    after = visit.app.store.today_screen.after(one.name, ends, most=1_000)
    is_over = ends <= visit.now
    posts = f"{after} {'post is' if after == 1 else 'posts are'} planned after that."
    title = f"The login of {called(visit.app, one.name)} {'has ended' if is_over else 'ends'}"
    by = f"{'since' if is_over else 'by'} {when(ends)}"
    return Need(sign="scheduled", title=title, sentence=posts, when=by, word="Log in again", href=href)


def _gone(visit: Visit, when: When) -> Iterator[Need]:
    """Booking pages that are there no more."""
    addresses, store = visit.app.settings.booking, visit.app.store
    for office, seen in gone(addresses, store):
        yield Need(
            sign="failed",
            title="Posts lead to a page that is gone" if len(addresses) == 1 else f"The page of {office} is gone",
            sentence=f"{addresses[office]}: {seen.what.removeprefix(LOOKED)}",
            when=f"since {when(seen.at)}",
            word="See how",
            href="/help#booking",
        )


def _booking(visit: Visit) -> Iterator[Need]:
    for one in booking(visit.app.settings.booking):
        if one.verdict is not Verdict.GOOD:
            title = "Posts lead to an example address"
            yield Need(
                sign="note",
                title=title,
                sentence=f"{one.words} {one.hint}",
                when="",
                word="See how",
                href="/help#booking",
            )


def _log(visit: Visit, state: State) -> str:
    """All in this state, past and to come."""
    until = visit.local_now.date() + AHEAD
    return f"/log?state={state.value}&since=&until={until.isoformat()}"


def _said(one: Trouble) -> str:
    """The first words of a post, as a quotation."""
    return f"“{brief(gist(one.said, one.link))}”"

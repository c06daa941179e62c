"""What is told after a decision: read from what is stored, so that the address can't make a page say anything else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from babel.dates import format_date, format_time
from babel.lists import format_list

from scheduler.domain.delivery import Delivery, State
from scheduler.domain.post import Post
from scheduler.usecases.takeback import ON_ITS_WAY
from scheduler.web.dashboard.deeds import cannot_take_back
from scheduler.web.dashboard.naming import called
from scheduler.web.dashboard.reviewing import A_PAGE, desk
from scheduler.web.dashboard.visit import Visit

LONGEST_NUMBER = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """`undo` is the decision that takes it back, empty where nothing does; `posts` are those it was about."""

    lead: str
    words: str
    undo: str = ""
    posts: tuple[Post, ...] = ()


def verdict_of(visit: Visit) -> Told | None:
    """As the address names what was done (`did`) and to which posts (`on`)."""
    numbers = [int(each) for each in visit.query.get("on", "").split(",") if _is_number(each)][:A_PAGE]
    if not numbers or (tell := TOLD.get(visit.query.get("did", ""))) is None:
        return None
    found = visit.app.store.selection.posts(numbers)
    posts = [found[each] for each in numbers if each in found]
    return tell(visit, posts) if posts else None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER


def _approved(visit: Visit, posts: Sequence[Post]) -> Told | None:
    posts = [post for post in posts if post.may_go_out]
    if not posts:
        return None
    coming = visit.app.store.review_screen.coming([post.id for post in posts])
    mine = all(post.approval and post.approval.by == visit.who and not post.approval.override for post in posts)
    undo = "undo" if mine and not any(one.state in ON_ITS_WAY for one in coming) else ""
    lead = "Approved." if len(posts) == 1 else f"Approved {len(posts)} posts."
    return Told(lead=lead, words=_when(visit, coming, many=len(posts) > 1), undo=undo, posts=tuple(posts))


def _when(visit: Visit, coming: Sequence[Delivery], *, many: bool) -> str:
    waiting = [one for one in coming if one.state is State.SCHEDULED]
    if not waiting:
        held = any(one.state is State.HELD for one in coming)
        return "It is held: release it when it shall go out." if held else "It gets the next free slot."
    locale, at = visit.app.settings.locale, waiting[0].due_at.astimezone(visit.zone)
    day, time = format_date(at, "EEEE d MMMM", locale=locale), format_time(at, "short", locale=locale)
    where = format_list(
        _names(visit, [one.channel for one in waiting if one.due_at == waiting[0].due_at]), locale=locale
    )
    return f"The first goes out {day}, {time}." if many else f"Goes out {day}, {time}, on {where}."


def _names(visit: Visit, channels: Sequence[str]) -> list[str]:
    return [called(visit.app, one) for one in dict.fromkeys(channels)]


def _held(visit: Visit, posts: Sequence[Post]) -> Told | None:
    return Told(lead="Held.", words="It stays back until you release it.", undo="release", posts=tuple(posts))


def _released(visit: Visit, posts: Sequence[Post]) -> Told | None:
    coming = visit.app.store.review_screen.coming([post.id for post in posts])
    words = _when(visit, coming, many=False) if posts[0].may_go_out else "It waits for a yes, in its slot."
    return Told(lead="Released.", words=words, posts=tuple(posts))


def _dropped(visit: Visit, posts: Sequence[Post]) -> Told | None:
    about = desk(visit, posts[0].id)
    if about.deliveries or not about.dropped:
        return None
    why = cannot_take_back(visit, about.dropped)
    words = f"Nothing more of it goes out. {why and f'{why} It stays so.'}".strip()
    return Told(lead="Dropped.", words=words, undo="" if why else "undrop", posts=tuple(posts))


def _undropped(visit: Visit, posts: Sequence[Post]) -> Told | None:
    coming = visit.app.store.review_screen.coming([post.id for post in posts])
    words = _when(visit, coming, many=False) if posts[0].may_go_out else "It waits for a yes, in its slot."
    if any(one.state is State.HELD for one in coming):
        words = "It is held, as it was."
    return Told(lead="Taken back.", words=words, posts=tuple(posts)) if coming else None


def _left(visit: Visit, posts: Sequence[Post]) -> Told | None:
    return Told(lead="Left out.", words="You are not asked about it any more.", undo="release", posts=tuple(posts))


def _saved(visit: Visit, posts: Sequence[Post]) -> Told | None:
    words = "It is approved as it is now." if posts[0].may_go_out else "It is a draft again and waits for a yes."
    return Told(lead="Saved.", words=words, posts=tuple(posts))


def _undone(visit: Visit, posts: Sequence[Post]) -> Told | None:
    words = "It waits for a yes again." if len(posts) == 1 else f"{len(posts)} posts wait for a yes again."
    return Told(lead="Taken back.", words=words, posts=tuple(posts))


TOLD = {
    "approved": _approved,
    "held": _held,
    "released": _released,
    "dropped": _dropped,
    "undropped": _undropped,
    "left": _left,
    "saved": _saved,
    "undone": _undone,
}

"""What people decide on the review page. Each decision is about what they saw: the form carries a hash of that."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from http import HTTPStatus

from scheduler.domain.errors import NotAllowedNow, QuotidianError
from scheduler.domain.post import Post
from scheduler.usecases import takeback
from scheduler.usecases.decide import approve, refuse_unseen
from scheduler.usecases.select import post_number
from scheduler.web.dashboard import deeds
from scheduler.web.dashboard.pages.review import number, sheet
from scheduler.web.dashboard.reviewing import Desk, desk, queue, seen
from scheduler.web.dashboard.typed import wishes_of
from scheduler.web.dashboard.visit import Answer, Page, Visit, redirect

CHANGED = ("The post changed while you were reading.", "Look again.", "title")
SHORTEST_REASON = 10
CONFLICT = HTTPStatus.CONFLICT
INNER = str.maketrans("“”", "‘’")
"""Quotation marks within others."""


def yes(visit: Visit) -> Answer:
    """Approve: with every confirmation ticked, as it was seen."""
    about = desk(visit, number(visit))
    if not _is_seen(visit, about):
        return sheet(visit, about, trouble=CHANGED, status=CONFLICT)
    still_open = [each for tick, each in about.confirms if tick not in visit.lists.get("checked", ())]
    if about.post.blocked:
        words = "A finding blocks it: edit the post, or override it in writing."
        return sheet(visit, about, trouble=("Not approved.", words, "findings"), status=CONFLICT)
    if still_open:
        return sheet(visit, about, trouble=_open(still_open), status=CONFLICT)
    return _approved(visit, about, override="")


def _open(still_open: Sequence[object]) -> tuple[str, str, str]:
    first = getattr(still_open[0], "message", "").rstrip(".").translate(INNER)
    many = "One confirmation is open" if len(still_open) == 1 else f"{len(still_open)} confirmations are open"
    return "Not approved yet.", f"{many}: “{first}”.", "findings"


def override(visit: Visit) -> Answer:
    """Approve a blocked post against the finding, for a written reason."""
    about = desk(visit, number(visit))
    if not _is_seen(visit, about):
        return sheet(visit, about, trouble=CHANGED, status=CONFLICT)
    reason = " ".join(visit.form.get("reason", "").split())
    if len(reason) < SHORTEST_REASON:
        error = NotAllowedNow("Write at least one sentence.", setting="reason")
        return sheet(visit, about, error=error, status=CONFLICT)
    return _approved(visit, about, override=reason)


def _approved(visit: Visit, about: Desk, *, override: str) -> Answer:
    app, onward = visit.app, _after(visit, about.post)
    try:
        post = _with_card(visit, about.post)
        approve(post, posts=app.store.posts, by=visit.who, confirm=not override, override=override, now=visit.now)
    except QuotidianError as error:
        return _refused(visit, error)
    if override:
        app.intake.schedule(who=visit.who, now=visit.now)
    return redirect(f"{onward}?did=approved&on={about.post.id}")


def _with_card(visit: Visit, post: Post) -> Post:
    """A card that is missing is painted by now, but nobody has seen it. Raises NotAllowedNow."""
    app = visit.app
    if not post.lacks_card and post.card and app.shelf.has(post.card):
        return post
    mended = app.intake.mended([post], who=visit.who, now=visit.now).get(post.id, post)
    refuse_unseen(post, mended)
    return mended


def together(visit: Visit) -> Answer:
    """Approve those of the list in which nothing was found, each as it was seen."""
    waiting = {row.post.id: row for row in queue(visit, _number(visit.form.get("from", ""))).rows}
    done: list[int] = []
    asked = [each.partition(":") for each in visit.lists.get("plain", ())]
    for name, _, hashed in asked:
        row = waiting.get(_number(name))
        if row is None or not row.is_plain or not secrets.compare_digest(hashed.encode(), row.seen.encode()):
            continue
        try:
            post = _with_card(visit, row.post)
            approve(post, posts=visit.app.store.posts, by=visit.who, confirm=False, override="", now=visit.now)
            done.append(row.post.id)
        except NotAllowedNow:
            continue
    left = len(asked) - len(done)
    said = f"{left} of them changed meanwhile and wait still." if left else ""
    return redirect(f"/review?did=approved&on={','.join(map(str, done))}", message=said)


def undo(visit: Visit) -> Answer:
    """Takes one's own yes back, as long as nothing is on its way."""
    store = visit.app.store
    done: list[int] = []
    for name in visit.lists.get("post", ()):
        post = store.posts.get(_number(name))
        if post.approval and post.approval.by == visit.who:
            takeback.take_back(post, posts=store.posts, deliveries=store.deliveries, by=visit.who, now=visit.now)
            done.append(post.id)
    to = f"/review/{done[0]}" if done else "/review"
    return redirect(f"{to}?did=undone&on={','.join(map(str, done))}")


def hold(visit: Visit) -> Answer:
    """Keeps back what is planned; a post of which nothing is, is left out."""
    about = desk(visit, number(visit))
    onward = _after(visit, about.post)
    if not about.deliveries:
        return _left_out(visit, about, onward)
    try:
        deeds.hold(visit, str(about.post.id))
    except QuotidianError as error:
        if not (about.post.blocked and about.held):
            return _refused(visit, error)
        return _left_out(visit, about, onward)
    return redirect(f"{onward}?did=held&on={about.post.id}")


def release(visit: Visit) -> Answer:
    """What was held gets the next free slot, or its own back; what was left out is asked about again."""
    about = desk(visit, number(visit))
    store = visit.app.store
    takeback.ask_again(about.post, posts=store.posts, by=visit.who, now=visit.now)
    if about.held and not about.post.blocked:
        is_early = all(one.due_at > visit.now for one in about.held)
        again = deeds.put_back if is_early and "back" in visit.form else deeds.release
        again(visit, str(about.post.id))
    return redirect(f"/review/{about.post.id}?did=released&on={about.post.id}")


def drop(visit: Visit) -> Answer:
    """Nothing of it goes out, for good."""
    about = desk(visit, number(visit))
    onward = _after(visit, about.post)
    if not about.deliveries:
        return _left_out(visit, about, onward)
    deeds.cancel(visit, str(about.post.id))
    return redirect(f"{onward}?did=dropped&on={about.post.id}")


def undrop(visit: Visit) -> Answer:
    """What was dropped is as before, as long as its time is to come and free."""
    about = desk(visit, number(visit))
    try:
        deeds.take_back(visit, about.dropped)
    except QuotidianError as error:
        return _refused(visit, error)
    return redirect(f"/review/{about.post.id}?did=undropped&on={about.post.id}")


def edit(visit: Visit) -> Answer:
    """New words, hashtags, link, alt text, end or template: checked, painted and composed anew."""
    about = desk(visit, number(visit))
    typed = {name: visit.form.get(name, "") for name in ("words", "hashtags", "link", "alt", "expires")}
    edited = typed if "words" in visit.form else None
    if not _is_seen(visit, about):
        return sheet(visit, about, trouble=CHANGED, edited=edited, status=CONFLICT)
    try:
        wishes = wishes_of(visit, about.post)
        _, refused = visit.app.editor.edit_all([about.post], wishes, who=visit.who, now=visit.now)
        for error in refused:
            raise error
    except QuotidianError as error:
        return sheet(visit, about, edited=edited, error=error, status=CONFLICT)
    return redirect(f"/review/{about.post.id}?did=saved&on={about.post.id}")


def _left_out(visit: Visit, about: Desk, onward: str) -> Answer:
    takeback.leave_out(about.post, posts=visit.app.store.posts, by=visit.who, now=visit.now)
    return redirect(f"{onward}?did=left&on={about.post.id}")


def _is_seen(visit: Visit, about: Desk) -> bool:
    given = visit.form.get("seen", "")
    return secrets.compare_digest(given.encode(), seen(about.post, about.deliveries).encode())


def _refused(visit: Visit, error: QuotidianError) -> Answer:
    about = desk(visit, number(visit))
    return sheet(visit, about, trouble=("Not done.", f"{error.message} {error.hint}".strip(), "title"), status=CONFLICT)


def _after(visit: Visit, post: Post) -> str:
    """Where to go on: the next that waits, asked before anything changes."""
    screen = visit.app.store.review_screen
    turn = screen.turn(post.id)
    following = screen.queue(after=turn, most=1) if turn else ()
    return f"/review/{following[0].post_id}" if following else "/review"


def _number(name: str) -> int:
    try:
        return post_number(name) or 0
    except QuotidianError:
        return 0


PAGES = (
    Page(path="/review/together", view=together, methods=("POST",)),
    Page(path="/review/undo", view=undo, methods=("POST",)),
    Page(path="/review/{post}/approve", view=yes, methods=("POST",)),
    Page(path="/review/{post}/override", view=override, methods=("POST",)),
    Page(path="/review/{post}/hold", view=hold, methods=("POST",)),
    Page(path="/review/{post}/release", view=release, methods=("POST",)),
    Page(path="/review/{post}/drop", view=drop, methods=("POST",)),
    Page(path="/review/{post}/undrop", view=undrop, methods=("POST",)),
    Page(path="/review/{post}/edit", view=edit, methods=("POST",)),
)

"""Review: the posts that wait for a yes, one beside its sentence, with what was found and how each network shows it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus

from scheduler.domain.errors import NotFound, QuotidianError
from scheduler.domain.post import Post
from scheduler.domain.pricing import dollars
from scheduler.domain.readymade import BOOKING
from scheduler.usecases.select import post_number
from scheduler.usecases.typed import TO_BOOKING
from scheduler.web.dashboard import networks
from scheduler.web.dashboard.looks import shown
from scheduler.web.dashboard.reviewing import COUNTED, Desk, Queue, desk, queue
from scheduler.web.dashboard.typed import wishes_of
from scheduler.web.dashboard.verdicts import verdict_of
from scheduler.web.dashboard.visit import Answer, Page, Visit


def first(visit: Visit) -> Answer:
    """What waits first, or that nothing does."""
    waiting = queue(visit)
    if not waiting.rows:
        said = visit.app.store.review_screen.last_yes()
        return shown(visit, "review_empty.html", place="review", told=verdict_of(visit), last=said)
    return sheet(visit, desk(visit, waiting.rows[0].post.id), waiting=waiting)


def one(visit: Visit) -> Answer:
    """One post, waiting or not."""
    return sheet(visit, desk(visit, number(visit)))


def number(visit: Visit) -> int:
    """The post that the address names. Raises NotFound."""
    found = post_number(visit.params["post"])
    if found is None:
        raise NotFound("There is no such post.", hint="Review shows those that wait.")
    return found


def sheet(
    visit: Visit,
    about: Desk,
    *,
    waiting: Queue | None = None,
    trouble: tuple[str, str, str] | None = None,
    edited: Mapping[str, str] | None = None,
    error: QuotidianError | None = None,
    status: int = HTTPStatus.OK,
) -> Answer:
    """The page of one post. `trouble` is a lead, a sentence and the part of the page that it speaks of; `edited` are
    the fields of the edit form, `error` what is wrong with them."""
    waiting = waiting or queue(visit, about.post.id)
    doing = "edit" if edited is not None else visit.query.get("do", "")
    return shown(
        visit,
        "review.html",
        place="review",
        status=status,
        about=about,
        post=about.post,
        queue=waiting,
        **_place(waiting, about.post.id),
        told=verdict_of(visit),
        trouble=trouble,
        doing=doing,
        fields=edited if edited is not None else fields_of(about.post),
        error=error,
        templates=("auto", *visit.app.folders.templates),
        blocked=about.post.blocked,
        ticked=visit.lists.get("checked", ()),
        counted=COUNTED,
        money=dollars,
    )


def _place(waiting: Queue, post_id: int) -> dict[str, object]:
    """Its number among those that wait, and those beside it."""
    at = waiting.place(post_id)
    rows = waiting.rows
    before = rows[at - 1].post.id if at else 0
    after = 0 if at is None else rows[at + 1].post.id if at + 1 < len(rows) else waiting.beyond
    if at is None and rows:
        after = rows[0].post.id
    return {"nth": at + 1 if at is not None and waiting.is_first else 0, "before": before, "after": after}


def fields_of(post: Post) -> dict[str, str]:
    """A post as the edit form has it."""
    return {
        "words": post.words,
        "hashtags": ", ".join(tag.removeprefix("#") for tag in post.hashtags),
        "link": TO_BOOKING if post.link == BOOKING else post.link,
        "alt": post.alt_text,
        "expires": post.expires.replace("T", " "),
    }


def count(visit: Visit) -> Answer:
    """How long the typed words would be on each network, and what would be found in them, as JSON."""
    about = desk(visit, number(visit))
    try:
        wanted = wishes_of(visit, about.post).on(about.post)
    except QuotidianError as error:
        return _json([{"channel": FOUND, "words": error.message}])
    app = visit.app
    counted = networks.would_be(app, wanted, about.article, about.deliveries)
    found = app.check(about.post.excerpt.reworded(wanted.words), about.article)
    told = [each.trouble for each in counted if each.trouble]
    told += [f"{each.severity.value.capitalize()}: {each.message}" for each in found]
    lengths = [{"channel": each.key, "words": each.said, "percent": each.percent} for each in counted]
    return _json([*lengths, {"channel": FOUND, "words": " ".join(dict.fromkeys(told))}])


FOUND = "found"


def _json(data: object) -> Answer:
    return Answer(body=json.dumps(data, ensure_ascii=False).encode(), kind="application/json")


PAGES = (
    Page(path="/review", view=first),
    Page(path="/review/{post}", view=one),
    Page(path="/review/{post}/count", view=count, methods=("POST",)),
)

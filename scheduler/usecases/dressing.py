"""What a campaign gives its posts in turn: card templates and calls to action, so that neighbours look different."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from scheduler.domain.campaign import Campaign
from scheduler.domain.card import suiting
from scheduler.domain.post import Post
from scheduler.domain.variety import varied


def dressed(posts: Sequence[Post], campaign: Campaign, *, before: Sequence[Post] = ()) -> tuple[Post, ...]:
    """New posts of one article in the order given, each with its template and call; `before` are those it has.

    The turns follow the order in which the posts will come; those that a finding blocks come last.
    """
    free = varied([post for post in posts if not post.blocked])
    looks = dict(_looks([*free, *(post for post in posts if post.blocked)], campaign, before))
    return tuple(replace(post, template=looks[id(post)][0], call=looks[id(post)][1]) for post in posts)


def _looks(posts: Iterable[Post], campaign: Campaign, before: Sequence[Post]) -> Iterator[tuple[int, tuple[str, str]]]:
    last = _shown(before[-1]) if before else ""
    for turn, post in enumerate(posts, len(before)):
        template = _template(campaign.templates, turn, post, last)
        call = campaign.calls[turn % len(campaign.calls)] if campaign.calls else ""
        last = suiting(template, post.excerpt.kind)
        yield id(post), (template, call)


def _template(templates: Sequence[str], turn: int, post: Post, last: str) -> str:
    """The one whose turn it is, or the next that looks other than the last card."""
    in_turn = [templates[(turn + step) % len(templates)] for step in range(len(templates))]
    other = (name for name in in_turn if suiting(name, post.excerpt.kind) != last)
    return next(other, in_turn[0] if in_turn else "")


def _shown(post: Post) -> str:
    return post.card.template if post.card else suiting(post.template, post.excerpt.kind)

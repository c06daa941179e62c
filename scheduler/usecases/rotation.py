"""In which wordings and looks a post comes again: every one true to its article, none generated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from scheduler.domain.fatigue import Airing, Evergreen
from scheduler.domain.post import Post

NO_WORDS = " "
"""The call of a run whose link stands alone: one more wording, and nothing made up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rotation:
    """The rules of a post's later runs, and the `calls` (words before the link) and card `templates` that take turns
    in them; where there are none, each run has the post's own. The last call of all is none.

    Where it names a `category`, they take its slots; `campaign` is whose rules these are, where they are one's.
    """

    rules: Evergreen
    calls: Sequence[str] = ()
    templates: Sequence[str] = ()
    category: str = ""
    campaign: str = ""

    def variants(self, post: Post, run: int) -> Iterator[Post]:
        """The post as it may look at its run of this number, the one whose turn it is first."""
        templates, calls = self.templates or (post.template,), (*(self.calls or (post.call,)), NO_WORDS)
        template = templates[(_place(post.template, templates) + run - 1) % len(templates)]
        first = _place(post.call, calls) + run - 1
        for step in range(len(calls)):
            yield replace(post, template=template, call=calls[(first + step) % len(calls)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """What a later run is beside its delivery: the post as it `look`s then, when it ran `last` (UTC), and how often it
    comes at the `most`."""

    look: Post
    last: datetime
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """A later run that may not go out any more, and why, as an end of a sentence."""

    airing: Airing
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Over:
    """A post that never comes again on a channel, and why."""

    post_id: int
    channel: str
    reason: str


def _place(own: str, among: Sequence[str]) -> int:
    """Where the first run stood; a post without a choice of its own had the first."""
    return among.index(own) if own in among else 0

"""quotidian edit."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from scheduler.cli.changing import confirm, finish
from scheduler.cli.common import as_data, command, count, emit, opened, say, tell
from scheduler.cli.decide import post_named
from scheduler.cli.look import as_document, entry_of, show_entry
from scheduler.cli.selecting import IDS, Wanted, editing
from scheduler.domain.delivery import LIVE
from scheduler.domain.errors import QuotidianError, WordsUnusable
from scheduler.domain.post import Post
from scheduler.usecases.decide import named
from scheduler.usecases.edit import Draft
from scheduler.usecases.typed import (
    read_alt_text,
    read_expiry,
    read_hashtags,
    read_link,
    read_template,
    read_words,
)
from scheduler.usecases.wishes import Wishes, told

if TYPE_CHECKING:
    from scheduler.bootstrap import App

SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """The new values as they were typed; None for what stays."""

    words: str | None
    hashtags: str | None
    link: str | None
    template: str | None
    alt: str | None
    expires: str | None

    @property
    def is_for_one(self) -> bool:
        """Whether several posts would say the same."""
        return any(value is not None for value in (self.words, self.alt, self.expires))

    def wishes(self, app: App) -> Wishes:
        """Read. Raises WordsUnusable, TimeUnusable."""
        return Wishes(
            words=None if self.words is None else read_words(self.words),
            hashtags=None if self.hashtags is None else read_hashtags(self.hashtags),
            link=None if self.link is None else read_link(self.link),
            template=None if self.template is None else read_template(self.template, app.folders.templates),
            alt_text=None if self.alt is None else read_alt_text(self.alt),
            expires=None if self.expires is None else read_expiry(self.expires),
        )


@command(example='quotidian edit 3 --text "Go to bed and get up at the same hour." --hashtags "sleep, good habits"')
@IDS
@click.option(
    "--text", "words", metavar="WORDS", help="The new words, of one post; without any option an editor opens."
)
@click.option("--hashtags", metavar="TAGS", help='Such as "neck pain, sleep"; "" for none.')
@click.option("--link", metavar="URL", help="Where it leads: an address, `booking`, or `none`.")
@click.option("--template", metavar="NAME", help="Its card's template, `auto`, or `default` for that of the settings.")
@click.option("--alt", metavar="WORDS", help='What its card shows, of one post, for who can\'t see it; "" as painted.')
@click.option("--expires", metavar="WHEN", help="When one post must not go out any more, or `never`.")
@editing
@click.pass_context
def edit(
    ctx: click.Context,
    /,
    wanted: Wanted,
    words: str | None,
    hashtags: str | None,
    link: str | None,
    template: str | None,
    alt: str | None,
    expires: str | None,
    by: str,
    yes: bool,
    dry_run: bool,
    workspace: str,
    as_json: bool,
) -> None:
    """Change what posts say, by their numbers, the codes of their deliveries, or a filter.

    The new words are checked for claims, get a new card, and every delivery that has not gone out is composed anew in
    its place. An earlier yes is void. What is too long for a channel changes nothing. The article's own words
    are kept: `show` tells them. Hashtags, link and template can be given to many posts at once; a filter asks first.
    """
    typed = Typed(words=words, hashtags=hashtags, link=link, template=template, alt=alt, expires=expires)
    named(by)
    with opened(workspace) as app:
        posts, errors = _meant(app, wanted)
        alone = len(wanted.ids) == 1
        if typed.is_for_one and not alone:
            raise click.UsageError("--text, --alt and --expires are for one post: name it.")
        wishes = typed.wishes(app)
        if wishes.is_empty:
            wishes = _asked(posts, alone=alone)
        if alone and not dry_run:
            for error in errors:
                raise error
            _edit_one(app, posts, wishes, by, as_json)
            return
        if dry_run or (wanted.is_filter and len(posts) > 1 and not yes):
            drafts, refused = app.editor.look(posts, wishes, now=app.clock.now())
            if dry_run:
                _show(ctx, drafts, [*errors, *refused], as_json)
            say("\n".join(_preview(drafts, refused)), err=True)
            confirm(ctx)
        done, refused = app.editor.edit_all(posts, wishes, who=by, now=app.clock.now())
    lines = [f"Post {post.id} edited by {by}.{_lacks(post)}" for post in done]
    finish(ctx, lines, [*errors, *refused], as_json, [post.id for post in done])


def _edit_one(app: App, posts: Sequence[Post], wishes: Wishes, by: str, as_json: bool) -> None:
    (post,) = posts
    done, refused = app.editor.edit_all(posts, wishes, who=by, now=app.clock.now())
    for error in refused:
        raise error
    entry = entry_of(app, done[0] if done else post)
    if as_json:
        emit(as_document(entry))
        return
    say(f"Edited by {by}.{_void(post, done[0])}\n" if done else "Nothing was changed.\n")
    show_entry(entry)


def _meant(app: App, wanted: Wanted) -> tuple[list[Post], list[QuotidianError]]:
    """A filter that names no status means posts that are still to come."""
    fits = wanted.filter(app)
    errors: list[QuotidianError] = []
    if wanted.ids and fits.is_empty:
        return _named(app, wanted, errors), errors
    found = app.deciding.selector.entries(fits)
    posts = [one.post for one in found if fits.statuses or any(each.state in LIVE for each in one.deliveries)]
    if wanted.ids:
        numbers = {post.id for post in _named(app, wanted, errors)}
        posts = [post for post in posts if post.id in numbers]
    return posts, errors


def _named(app: App, wanted: Wanted, errors: list[QuotidianError]) -> list[Post]:
    found: dict[int, Post] = {}
    for name in wanted.ids:
        try:
            post = post_named(app, name)
            found[post.id] = post
        except QuotidianError as error:
            errors.append(error)
    return list(found.values())


def _asked(posts: Sequence[Post], *, alone: bool) -> Wishes:
    """What somebody makes of the words of one post in their editor."""
    if not alone:
        raise click.UsageError("Say --hashtags, --link or --template; words are for one post.")
    if not sys.stdin.isatty():
        raise click.UsageError("Say --text or another option; an editor opens only in a terminal.")
    try:
        words = click.edit(posts[0].words) if posts else None
    except click.ClickException as error:
        hint = "Set EDITOR to an editor that is there, or say --text."
        raise WordsUnusable(error.format_message(), hint=hint) from None
    return Wishes(words=None if words is None else read_words(words))


def _show(ctx: click.Context, drafts: Sequence[Draft], refused: Sequence[QuotidianError], as_json: bool) -> None:
    for error in refused:
        tell(error)
    if as_json:
        would = [{"post": draft.before.id, "what": told(draft.before, draft.after)} for draft in drafts]
        emit({"would_change": would, "errors": [as_data(error) for error in refused]})
    else:
        say("\n".join(_preview(drafts, ())))
    ctx.exit(1 if refused else 0)


def _preview(drafts: Sequence[Draft], refused: Sequence[QuotidianError]) -> Iterator[str]:
    yield f"This changes {count(len(drafts), 'post')}{':' if drafts else '.'}"
    yield from (f"  {draft.before.id}: {told(draft.before, draft.after)}" for draft in drafts[:SHOWN])
    if len(drafts) > SHOWN:
        yield f"  and {len(drafts) - SHOWN} more"
    if refused:
        yield f"This can't be: {len(refused)}, such as {refused[0].place}: {refused[0].message}"


def _lacks(post: Post) -> str:
    return "" if post.may_go_out else f" It waits for a yes: `quotidian approve {post.id}`."


def _void(before: Post, after: Post) -> str:
    if after.may_go_out:
        return ""
    return f" {'Its yes is void: ' if before.may_go_out else 'It waits for a yes: '}`quotidian approve {after.id}`."

"""quotidian cut."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from scheduler.cli.common import as_data, command, count, emit, indented, opened, progress, say, tell
from scheduler.cli.reasons import reasons
from scheduler.domain.composing import Composed
from scheduler.domain.errors import DoesNotFit, QuotidianError
from scheduler.domain.findings import Finding, Severity
from scheduler.domain.post import Post
from scheduler.usecases.ingest import make_posts
from scheduler.usecases.plan import Candidate, Outlet, compose_for, first_code, price_of

if TYPE_CHECKING:
    from scheduler.bootstrap import App


@command(example="quotidian cut posts/articles/sleep.md")
@click.argument("files", metavar="FILE|URL…", nargs=-1, required=True)
@click.pass_context
def cut(ctx: click.Context, files: tuple[str, ...], workspace: str, as_json: bool) -> None:
    """Show the excerpts of articles, files or pages of the web, and the posts that would come of them; change nothing.

    Tells length and findings of each post, and why the other sentences can't stand alone. Needs no workspace.
    Exit code 1 when a file is refused.
    """
    documents: list[dict[str, Any]] = []
    errors: list[QuotidianError] = []
    with opened(workspace, anywhere=True) as app:
        for name in progress(files, total=len(files), what="Cutting"):
            try:
                documents.append(document(app, app.named(name)))
            except QuotidianError as error:
                errors.append(error)
                tell(error)
    if as_json:
        emit(documents if len(files) > 1 else documents[0] if documents else {"error": as_data(errors[0])})
    else:
        for each in documents:
            _print(each)
    ctx.exit(1 if errors else 0)


def document(app: App, name: str) -> dict[str, Any]:
    """The contract's document of one article."""
    from scheduler.bootstrap import hostile

    article, result = hostile.read_and_cut(app.inbox, name)
    posts = make_posts(article, result, check=app.check, taste=app.taste)
    alt_texts = hostile.alt_texts([app.card_of(post, article) for post in posts])
    return {
        "article": {
            "source": article.source,
            "title": article.title,
            "language": article.language,
            "fingerprint": article.fingerprint,
            "text": article.text,
        },
        "calls_to_action": article.calls_to_action,
        "references": article.references,
        "sentences": result.sentences,
        "excerpts": result.excerpts,
        "notes": result.notes,
        "posts": [
            _composed(app, Candidate(post=post, article=article), outlet) | {"alt_text": alt_text}
            for post, alt_text in zip(posts, alt_texts, strict=True)
            for outlet in app.channels.outlets
        ],
        "rules": reasons(app.claims[1], posts),
    }


def _composed(app: App, candidate: Candidate, outlet: Outlet) -> dict[str, Any]:
    post, code = candidate.post, first_code(candidate, outlet)
    try:
        composed, link = compose_for(
            candidate, outlet, offices=app.offices, code=code, with_link=outlet.link_rule.gives(0)
        )
    except DoesNotFit as error:
        composed = Composed(text=post.words, length=0, limit=outlet.capabilities.text_limit, hashtags=())
        link, problems = "", [_unfit(error, post)]
    else:
        problems = []
    return {
        "channel": outlet.name,
        "text": composed.text,
        "length": composed.length,
        "limit": composed.limit,
        "link": link,
        "hashtags": composed.hashtags,
        "cost_usd": price_of(outlet, composed.text, link, has_card=True, day=app.clock.now().date()).usd,
        "findings": [*post.findings, *problems],
    }


def _unfit(error: DoesNotFit, post: Post) -> Finding:
    return Finding(
        check="fit",
        severity=Severity.BLOCK,
        rule="too-long",
        span=(0, len(post.words)),
        message=error.message,
        hint=error.hint,
    )


def _print(document: dict[str, Any]) -> None:
    say(document["article"]["title"], bold=True)
    for note in document["notes"]:
        say(note)
    for post in document["posts"]:
        say(f"\n{post['channel']}, {post['length']} of {post['limit']}")
        say(indented(post["text"]))
        for finding in post["findings"]:
            say(f"  {finding.severity}: {finding.message} {finding.hint}", fg=_colour(finding.severity))
            if rule := document["rules"].get(finding.rule):
                say(f"    {rule['reason']} ({rule['source']})")
    left = [sentence for sentence in document["sentences"] if not sentence.eligible]
    say(f"\n{count(len(document['sentences']), 'sentence')}, {len(left)} can't stand alone as a post:")
    text = document["article"]["text"]
    for sentence in left:
        words = " ".join(text[sentence.start : sentence.end].split())
        say(f"  {words[:60]}{'…' if len(words) > 60 else ''} ({sentence.why_not})")
    say()


def _colour(severity: Severity) -> str:
    return {Severity.BLOCK: "red", Severity.CONFIRM: "yellow"}.get(severity, "blue")

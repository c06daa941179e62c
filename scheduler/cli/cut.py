"""quotidian cut."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from scheduler.cli.common import command, emit, opened, progress, tell
from scheduler.domain.composing import Composed
from scheduler.domain.errors import DoesNotFit, QuotidianError
from scheduler.domain.findings import Finding, Severity
from scheduler.domain.post import Post
from scheduler.usecases.ingest import make_posts
from scheduler.usecases.plan import Candidate, Outlet, compose_for, first_code

if TYPE_CHECKING:
    from scheduler.bootstrap import App


@command()
@click.argument("files", metavar="FILE…", nargs=-1, required=True)
@click.pass_context
def cut(ctx: click.Context, files: tuple[str, ...], workspace: str, as_json: bool) -> None:
    """Show the excerpts of articles and the posts that would come of them; change nothing."""
    documents, failed = [], False
    with opened(workspace, anywhere=True) as app:
        for name in progress(files, total=len(files), what="Cutting"):
            try:
                documents.append(document(app, name))
            except QuotidianError as error:
                failed = True
                tell(error)
    if as_json:
        emit(documents[0] if len(files) == 1 and documents else documents)
    else:
        for each in documents:
            _print(each)
    ctx.exit(1 if failed else 0)


def document(app: App, name: str) -> dict[str, Any]:
    """The contract's document of one article."""
    from scheduler.bootstrap import hostile

    article, result = hostile.read_and_cut(app.inbox, name)
    posts = make_posts(article, result.excerpts, check=app.check, taste=app.taste)
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
        "posts": [
            _composed(app, Candidate(post=post, article=article), outlet) | {"alt_text": alt_text}
            for post, alt_text in zip(posts, alt_texts, strict=True)
            for outlet in app.outlets
        ],
    }


def _composed(app: App, candidate: Candidate, outlet: Outlet) -> dict[str, Any]:
    post, code = candidate.post, first_code(candidate, outlet)
    try:
        composed, link = compose_for(candidate, outlet, offices=app.offices, code=code)
    except DoesNotFit as error:
        composed = Composed(text=post.excerpt.text, length=0, limit=outlet.capabilities.text_limit, hashtags=())
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
        "cost_usd": 0,
        "findings": [*post.findings, *problems],
    }


def _unfit(error: DoesNotFit, post: Post) -> Finding:
    return Finding(
        check="fit",
        severity=Severity.BLOCK,
        rule="too-long",
        span=(0, len(post.excerpt.text)),
        message=error.message,
        hint=error.hint,
    )


def _print(document: dict[str, Any]) -> None:
    click.echo(click.style(document["article"]["title"], bold=True))
    for post in document["posts"]:
        click.echo(f"\n{post['channel']}, {post['length']} of {post['limit']}")
        click.echo("\n".join(f"  {line}" for line in post["text"].splitlines()))
        for finding in post["findings"]:
            click.secho(f"  {finding.severity}: {finding.message} {finding.hint}", fg=_colour(finding.severity))
    left = [sentence for sentence in document["sentences"] if not sentence.eligible]
    click.echo(f"\n{len(document['sentences'])} sentences, {len(left)} can't stand alone as a post:")
    text = document["article"]["text"]
    for sentence in left:
        shown = " ".join(text[sentence.start : sentence.end].split())
        click.echo(f"  {shown[:60]}{'…' if len(shown) > 60 else ''} ({sentence.why_not})")
    click.echo()


def _colour(severity: Severity) -> str:
    return {Severity.BLOCK: "red", Severity.CONFIRM: "yellow"}.get(severity, "blue")

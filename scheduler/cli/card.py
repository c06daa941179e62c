"""quotidian card."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scheduler.cli.common import command, emit, opened, progress
from scheduler.domain.article import Article, Excerpt, ExcerptKind
from scheduler.domain.card import CardRequest, PaintedCard, RefusedCard
from scheduler.domain.errors import CardRefused
from scheduler.domain.post import Post
from scheduler.usecases.ingest import make_posts

if TYPE_CHECKING:
    from scheduler.bootstrap import App


@command()
@click.argument("file", required=False)
@click.option("--text", help="The words of one card.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Where the pictures go.")
@click.option("--template", help="A file in assets/templates/, without .toml.")
@click.option("--size", type=click.Choice(["square", "landscape", "portrait"]))
@click.option("--format", "format_", type=click.Choice(["png", "jpg", "webp"]))
@click.option(
    "--brand", type=click.Path(exists=True, file_okay=False, path_type=Path), help="A folder with brand.toml."
)
def card(
    file: str | None,
    text: str | None,
    out: Path,
    template: str | None,
    size: str | None,
    format_: str | None,
    brand: Path | None,
    workspace: str,
    as_json: bool,
) -> None:
    """Paint a card of --text, or one for every post that FILE would give."""
    if bool(text) == bool(file):
        raise click.UsageError("Name a FILE, or give the words with --text.")
    with opened(workspace, anywhere=True) as app:
        requests = [_of_words(app, text)] if text else _of_file(app, file or "")
        look = {"template": template, "size": size, "format": format_, "brand": str(brand.resolve()) if brand else None}
        chosen = {key: value for key, value in look.items() if value}
        wanted = [replace_look(request, out=out, chosen=chosen) for request in requests]
        results = [app.paint([request])[0] for request in progress(wanted, total=len(wanted), what="Painting")]
    painted = [result for result in results if isinstance(result, PaintedCard)]
    refused = [result for result in results if isinstance(result, RefusedCard)]
    if as_json:
        emit(painted)
    else:
        for result in painted:
            click.echo(f"{result.path}  {result.width}x{result.height}, {result.bytes // 1024} KiB")
            for warning in result.warnings:
                click.echo(f"  {warning}", err=True)
    if refused:
        raise CardRefused(refused[0].reason, hint=refused[0].hint)


def replace_look(request: CardRequest, *, out: Path, chosen: dict[str, str]) -> CardRequest:
    """The request with the look that the command line asks for."""
    return replace(request, out=str(out.resolve()), **chosen)


def _of_words(app: App, text: str) -> CardRequest:
    bare = Article(source="", title="", language="en", fingerprint="", text=text, blocks=())
    excerpt = Excerpt(text=text, kind=ExcerptKind.QUOTE, score=0, spans=((0, len(text)),))
    return app.card_of(Post(excerpt=excerpt), bare)


def _of_file(app: App, name: str) -> list[CardRequest]:
    article, result = app.read_and_cut(name)
    posts = make_posts(article, result.excerpts, check=app.check, taste=app.taste)
    return [app.card_of(post, article) for post in posts]

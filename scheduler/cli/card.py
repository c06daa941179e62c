"""quotidian card."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scheduler.cli.common import as_data, command, emit, opened, progress, say, tell
from scheduler.domain.article import Article, Excerpt, ExcerptKind
from scheduler.domain.card import CardRequest, CardResult, PaintedCard, RefusedCard
from scheduler.domain.errors import NothingWorthPosting
from scheduler.domain.post import Post
from scheduler.usecases.ingest import make_posts

if TYPE_CHECKING:
    from scheduler.bootstrap import App


SIZES = ("square", "landscape", "portrait", "story")


@command(example="quotidian card --text 'A bedroom should be dark.' --size story --out cards")
@click.argument("file", required=False)
@click.option("--text", metavar="WORDS", help="The words of one card.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    required=True,
    help="Where the pictures go; needed.",
)
@click.option("--template", metavar="NAME", help="A file in assets/templates/, without .toml.")
@click.option("--size", type=click.Choice(SIZES), metavar="SIZE", help="The picture's shape.")
@click.option("--format", type=click.Choice(["png", "jpg", "webp"]), metavar="FORMAT", help="The file's kind.")
@click.option(
    "--brand",
    type=click.Path(exists=True, file_okay=False, resolve_path=True),
    metavar="DIR",
    help="Another brand: a folder with a logo, photos or brand.toml.",
)
@click.option("every", "--all", is_flag=True, help="Every template in every size, and all of them on one sheet.")
def card(
    file: str | None, text: str | None, out: Path, every: bool, workspace: str, as_json: bool, **look: str | None
) -> None:
    """Paint a card of --text, or one for every post that FILE would give. Needs no workspace.

    What isn't chosen is as the settings say: by themselves, the template that suits the words, and a size and a format
    that suit all channels.
    """

    if bool(text) == bool(file):
        raise click.UsageError("Name a FILE, or give the words with --text.")
    chosen: dict[str, Any] = {key: value for key, value in look.items() if value} | {"out": str(out.resolve())}
    if every or "template" in chosen:
        chosen["fallback"] = ""
    with opened(workspace, anywhere=True) as app:
        requests = [_of_words(app, text)] if text else _of_file(app, app.inbox.named(Path(file or "")))
        forms = _forms(app, chosen) if every else [{}]
    wanted = [replace(request, **chosen | form) for request in requests for form in forms]
    results = _painted(wanted, out.resolve())
    if every and not as_json:
        _show_together(wanted, results, out.resolve())
    _tell(results, [_place(request, every) for request in wanted] if len(wanted) > 1 else [""], as_json=as_json)


def _place(request: CardRequest, every: bool) -> str:
    """Which of many cards it is."""
    return f"{request.template}, {request.size}" if every else f"“{request.heading or request.quote}”"


def _painted(wanted: Sequence[CardRequest], out: Path) -> list[CardResult]:
    """A result each. Who stops it midway finds whole pictures only."""
    from scheduler.bootstrap import hostile
    from scheduler.cards.shelf import CardShelf
    from scheduler.usecases.illustrate import paint_all

    begun = time.time()
    try:
        return list(progress(paint_all(hostile.paint, wanted), total=len(wanted), what="Painting"))
    except KeyboardInterrupt:
        CardShelf(out).remove_parts(since=begun)
        raise


def _show_together(wanted: Sequence[CardRequest], results: Sequence[CardResult], out: Path) -> None:
    """One sheet a text: a template a row, a size a column."""
    from scheduler.bootstrap import hostile

    sizes = tuple(dict.fromkeys(request.size for request in wanted))
    sheets: dict[tuple[object, ...], dict[str, list[str]]] = {}
    for request, result in zip(wanted, results, strict=True):
        row = sheets.setdefault((request.quote, request.heading, request.items), {}).setdefault(request.template, [])
        row.append(result.path if isinstance(result, PaintedCard) else "")
    for number, rows in enumerate(sheets.values(), 1):
        if any(path for row in rows.values() for path in row):
            say(hostile.contact_sheet(sizes, rows, out / f"contact-sheet-{number}.png"))


def _forms(app: App, chosen: Mapping[str, str]) -> list[dict[str, Any]]:
    """Every template in every size, but for what was chosen."""
    names = sorted(path.stem for path in (app.folders.assets / "templates").glob("*.toml"))
    templates = [chosen["template"]] if "template" in chosen else names
    sizes = [chosen["size"]] if "size" in chosen else SIZES
    return [{"template": template, "size": size} for template in templates for size in sizes]


def _tell(results: Sequence[CardResult], places: Sequence[str], *, as_json: bool) -> None:
    painted = [result for result in results if isinstance(result, PaintedCard)]
    refused = [
        replace(result, path=result.path or place).error
        for result, place in zip(results, places, strict=True)
        if isinstance(result, RefusedCard)
    ]
    for error in refused:
        tell(error)
    if as_json:
        emit(painted or {"error": as_data(refused[0])})
    for each in () if as_json else painted:
        say(f"{each.path}  {each.template}, {each.width}x{each.height}, {each.bytes // 1024} KiB")
        for warning in each.warnings:
            say(f"  {warning}", err=True)
    click.get_current_context().exit(1 if refused else 0)


def _of_words(app: App, text: str) -> CardRequest:
    bare = Article(source="", title="", language="en", fingerprint="", text=text, blocks=())
    excerpt = Excerpt(text=text, kind=ExcerptKind.QUOTE, score=0, spans=((0, len(text)),))
    return app.card_of(Post(excerpt=excerpt), bare)


def _of_file(app: App, name: str) -> list[CardRequest]:
    from scheduler.bootstrap import hostile

    article, result = hostile.read_and_cut(app.inbox, name)
    posts = make_posts(article, result, check=app.check, taste=app.taste)
    if not posts:
        raise NothingWorthPosting(path=name)
    return [app.card_of(post, article) for post in posts]

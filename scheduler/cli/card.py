"""quotidian card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scheduler.cli.common import as_data, command, emit, opened, progress, say, tell
from scheduler.domain.article import Article, Excerpt, ExcerptKind
from scheduler.domain.card import CardRequest, CardResult, PaintedCard, RefusedCard
from scheduler.domain.errors import CardRefused, NothingWorthPosting
from scheduler.domain.post import Post
from scheduler.usecases.ingest import make_posts

if TYPE_CHECKING:
    from scheduler.bootstrap import App


_ROWS_ON_A_SHEET = 6
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
    help="A folder with brand.toml.",
)
@click.option("every", "--all", is_flag=True, help="Every template in every size, and all of them on one sheet.")
def card(
    file: str | None, text: str | None, out: Path, every: bool, workspace: str, as_json: bool, **look: str | None
) -> None:
    """Paint a card of --text, or one for every post that FILE would give. Needs no workspace."""
    from scheduler.bootstrap import hostile

    if bool(text) == bool(file):
        raise click.UsageError("Name a FILE, or give the words with --text.")
    chosen: dict[str, Any] = {key: value for key, value in look.items() if value} | {"out": str(out.resolve())}
    if every or "template" in chosen:
        chosen["fallback"] = ""
    with opened(workspace, anywhere=True) as app:
        requests = [_of_words(app, text)] if text else _of_file(app, app.inbox.named(Path(file or "")))
        forms = _forms(app) if every else [{}]
    wanted = [replace(request, **form, **chosen) for request in requests for form in forms]
    painting = (hostile.paint([request])[0] for request in wanted)
    results = list(progress(painting, total=len(wanted), what="Painting"))
    if every and not as_json:
        _show_together(results, out)
    _tell(results, as_json=as_json)


def _show_together(results: Sequence[CardResult], out: Path) -> None:
    """One sheet a text, a template a row."""
    from scheduler.bootstrap import hostile

    rows: dict[tuple[str, str], list[str]] = {}
    for result in results:
        if isinstance(result, PaintedCard):
            rows.setdefault((result.alt_text, result.template), []).append(result.path)
    for start in range(0, len(rows), _ROWS_ON_A_SHEET):
        page = list(rows.values())[start : start + _ROWS_ON_A_SHEET]
        say(hostile.contact_sheet(page, out.resolve() / f"contact-sheet-{start // _ROWS_ON_A_SHEET + 1}.png"))


def _forms(app: App) -> list[dict[str, Any]]:
    templates = sorted(path.stem for path in (app.folders.assets / "templates").glob("*.toml"))
    return [{"template": template, "size": size} for template in templates for size in SIZES]


def _tell(results: Sequence[CardResult], *, as_json: bool) -> None:
    painted = [result for result in results if isinstance(result, PaintedCard)]
    refused = [CardRefused(r.reason, hint=r.hint) for r in results if isinstance(r, RefusedCard)]
    for error in refused:
        tell(error)
    if as_json:
        emit(painted or {"error": as_data(refused[0])})
    for each in () if as_json else painted:
        say(f"{each.path}  {each.width}x{each.height}, {each.bytes // 1024} KiB")
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

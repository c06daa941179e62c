"""Articles: what was read, what posts took of it, what was left and why not, and how more of them come in."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from itertools import islice
from urllib.parse import urlencode

from scheduler import plugins
from scheduler.bootstrap.received import receive
from scheduler.domain.errors import AddressRefused, FileUnusable, NotFound, QuotidianError
from scheduler.domain.findings import Severity
from scheduler.domain.links import is_address
from scheduler.domain.post import Post
from scheduler.domain.standing import standing
from scheduler.readers.sizes import DOCUMENT_BYTES
from scheduler.store.screens.articles import FateRow
from scheduler.usecases.ingest import Fate, Taken
from scheduler.usecases.select import post_number
from scheduler.web.dashboard import reading
from scheduler.web.dashboard.looks import shown
from scheduler.web.dashboard.taking import article_of, may_read, take_in, take_in_sent
from scheduler.web.dashboard.visit import Answer, Page, Visit, redirect

A_PAGE, POSTS, FATES, MARKED, ENTRIES = 20, 25, 3, 200, 20
LOOKED_AT = 2_000
"""Names of files that a page compares with what was read."""
LONGEST_ADDRESS = 2_000


def index(visit: Visit) -> Answer:
    """The newest first, and before them what lies under posts/ unread."""
    app, words = visit.app, visit.query.get("text", "").strip()[:200]
    before = _number(visit.query.get("before", ""))
    rows = app.store.articles_screen.page(words=words, before=before, most=A_PAGE + 1)
    page = rows[:A_PAGE]
    older = urlencode({"text": words, "before": page[-1].id}) if len(rows) > A_PAGE else ""
    return shown(
        visit,
        "articles.html",
        place="articles",
        rows=[(row, reading.source_of(app, row)) for row in page],
        words=words,
        older=older,
        is_first=not before,
        unread=[] if before or words else unread(visit),
    )


def unread(visit: Visit) -> list[str]:
    """Files under posts/ that are no article yet: new ones, and those that can't be read."""
    app = visit.app
    names = list(islice(app.posts_folder.names(), LOOKED_AT))
    known = app.store.articles_screen.known(names)
    return [name for name in names if name not in known][:A_PAGE]


def article(visit: Visit) -> Answer:
    """One article. Raises NotFound."""
    app, screen = visit.app, visit.app.store.articles_screen
    row = screen.row(_number(visit.params["article"]))
    if row is None:
        raise NotFound("There is no such article.", hint="Articles shows those that were read.")
    document = app.store.library.article(row.id)
    posts = screen.posts(row.id, after=_number(visit.query.get("after", "")), most=POSTS + 1)
    fates = screen.fates([post.id for post in posts[:POSTS]])
    taken = {} if any(post.ready for post in posts) else screen.taken(row.id, most=MARKED)
    text, parts = reading.part_of(document, taken, _number(visit.query.get("part", "")))
    return shown(
        visit,
        "article.html",
        place="articles",
        row=row,
        article=document,
        source=reading.source_of(app, row),
        posts=[(post, *fates_of(post, fates.get(post.id, []))) for post in posts[:POSTS]],
        more=posts[POSTS - 1].id if len(posts) > POSTS else 0,
        text=text,
        parts=parts,
        part=max(_number(visit.query.get("part", "")), 1),
        is_table=any(post.ready for post in posts),
        left=reading.left(document, taken) if "why" in visit.query else None,
        history=screen.history(row.source, most=ENTRIES),
        words_read=len(document.text.split()),
    )


def fates_of(post: Post, found: Sequence[FateRow]) -> tuple[list[tuple[str, FateRow]], int]:
    """What became of a post and is to: the latest, each with how it stands, and how many more there are."""
    asks = post.has(Severity.CONFIRM)
    shown = [(standing(one.state, may_go_out=post.may_go_out, asks=asks).value, one) for one in found[:FATES]]
    return shown, len(found) - len(shown)


def add(visit: Visit) -> Answer:
    """Where an article is sent to, or named by its address."""
    return _form(visit)


def _form(visit: Visit, *, error: QuotidianError | None = None, field: str = "", status: int = HTTPStatus.OK) -> Answer:
    return shown(
        visit,
        "articles_add.html",
        place="articles",
        status=status,
        error=error,
        field=field,
        suffixes=sorted(plugins.readers()),
        address=visit.form.get("address", ""),
    )


def add_file(visit: Visit) -> Answer:
    """An article as a file."""
    app = visit.app
    upload = visit.files.get("file")
    if upload is None or not upload.name:
        error = FileUnusable("No file was chosen.", hint="Choose one, then press Read it.")
        return _form(visit, error=error, field="file", status=HTTPStatus.CONFLICT)
    try:
        app.folders.make()
        path = receive(app.folders.articles, upload.name, upload.data, suffixes=tuple(plugins.readers()))
        taken = take_in_sent(app, path, who=visit.who)
    except QuotidianError as error:
        return _form(visit, error=error, field="file", status=HTTPStatus.CONFLICT)
    return _told(visit, taken, field="file")


def add_address(visit: Visit) -> Answer:
    """An article as a page of the web."""
    address = visit.form.get("address", "").strip()
    if not is_address(address) or len(address) > LONGEST_ADDRESS or not address.isprintable():
        return _form(visit, error=AddressRefused(), field="address", status=HTTPStatus.CONFLICT)
    return _told(visit, take_in(visit.app, address, who=visit.who), field="address")


def read_again(visit: Visit) -> Answer:
    """A file under posts/, or where an article came from, as it is now."""
    name = may_read(visit.app, visit.form.get("name", ""))
    return _told(visit, take_in(visit.app, name, who=visit.who), field="again")


def _told(visit: Visit, taken: Taken, *, field: str) -> Answer:
    """On to what came of it, or what is wrong with it."""
    if taken.error and field != "again":
        return _form(visit, error=taken.error, field=field, status=HTTPStatus.CONFLICT)
    number = article_of(visit.app, taken)
    if taken.error or taken.complaints or not number:
        status = HTTPStatus.CONFLICT if taken.error else HTTPStatus.OK
        return shown(visit, "articles_read.html", place="articles", status=status, taken=taken, number=number)
    return redirect(f"/articles/{number}", message=_words(taken))


def _words(taken: Taken) -> str:
    if taken.fate is Fate.NEW:
        many = f"{len(taken.posts)} posts were" if len(taken.posts) != 1 else "One post was"
        return f"Read. {many} cut from it; look at them in Review."
    if taken.revision:
        return f"Read again. {taken.revision.counts or 'Nothing changed for its posts'}."
    return "It was read before and says the same."


def _number(text: str) -> int:
    try:
        return post_number(text) or 0
    except QuotidianError:
        return 0


PAGES = (
    Page(path="/articles", view=index),
    Page(path="/articles/add", view=add),
    Page(path="/articles/add/file", view=add_file, methods=("POST",), largest=DOCUMENT_BYTES + 100_000),
    Page(path="/articles/add/address", view=add_address, methods=("POST",)),
    Page(path="/articles/read", view=read_again, methods=("POST",)),
    Page(path="/articles/{article}", view=article),
)

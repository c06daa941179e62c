"""Files of ready-made posts in a workspace: where they lie, who reads them, and which pictures they may name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from scheduler.bootstrap import hostile
from scheduler.bootstrap.folders import Folders
from scheduler.domain.card import CardRequest
from scheduler.domain.errors import ChildFailed, FileUnusable
from scheduler.domain.links import is_address, printed
from scheduler.domain.post import Post
from scheduler.domain.readymade import Cell, Complaint, QueueFile
from scheduler.readers.inbox import Inbox
from scheduler.readers.queuefiles.dates import Order
from scheduler.readers.queuefiles.request import NOT_READ, SUFFIXES, QueueRequest
from scheduler.usecases.intake import Intake
from scheduler.usecases.queueing import Queue
from scheduler.usecases.rowcheck import RowCheck
from scheduler.usecases.rowfollow import RowFollower
from scheduler.usecases.rowmove import Mover
from scheduler.usecases.rowrevise import RowReviser

if TYPE_CHECKING:
    from scheduler.store import Store

BATCH_FILES = 200
BATCH_BYTES = 4_000_000
ANYWHERE = frozenset(SUFFIXES) - {".txt"}
"""Files with these names are tables of posts wherever they lie."""
LONGEST_PATH = 250
PICTURES = frozenset({".png", ".jpg", ".jpeg", ".webp"})


def queue_inbox(folders: Folders) -> Inbox:
    """The folder of ready-made posts."""
    return Inbox(root=folders.root, folder=folders.queue, suffixes=(*SUFFIXES, *NOT_READ))


def is_queue_file(folders: Folders, name: str) -> bool:
    """Whether a file holds ready-made posts rather than an article."""
    path = folders.root / name
    return not is_address(name) and (path.suffix.lower() in ANYWHERE or path.is_relative_to(folders.queue))


def queue_of(intake: Intake, store: Store, folders: Folders, *, zone: str, order: Order | None) -> Queue:
    """Taking in ready-made posts, with everything else as for articles."""
    inbox = queue_inbox(folders)
    templates = folders.templates
    picture_at = partial(_picture_at, folders)
    reviser = RowReviser(
        follower=RowFollower(check=intake.check, card_of=intake.card_of),
        recomposer=intake.recomposer,
        mover=Mover(outlets=intake.outlets, calendar=store.calendar),
        zone=zone,
    )
    return Queue(
        library=store.library,
        posts=store.posts,
        deliveries=store.deliveries,
        revisions=store.revisions,
        read=partial(read_queue, inbox, order),
        digest=partial(hostile.digest, inbox),
        is_gone=lambda name: not inbox.version(name),
        check=RowCheck(
            outlets=intake.outlets, templates=templates, picture_at=picture_at, campaigns=intake.taste.campaigns
        ),
        reviser=reviser,
        painter=intake.painter,
    )


def read_queue(inbox: Inbox, order: Order | None, names: Sequence[str]) -> Iterator[QueueFile]:
    """Each file, many in one child; what takes a child down is found by reading one by one, and refused alone."""
    for batch in _batches(inbox, names):
        request = QueueRequest(names=tuple(batch), root=inbox.root, folder=inbox.folder, order=order)
        try:
            yield from hostile.read_queue(request)
        except ChildFailed as error:
            if len(batch) > 1:
                yield from (one for name in batch for one in read_queue(inbox, order, [name]))
                continue
            refusal = Complaint(cell=Cell(row=0), message=error.message, hint=error.hint)
            yield QueueFile(name=batch[0], rows=(), refusal=refusal)


def ready_card(request: CardRequest, post: Post, folders: Folders, address: str) -> CardRequest:
    """The picture that a ready-made post asks for; `request` is as for any other."""
    if post.ready is None:
        return request
    template = post.card_template or request.template
    picture = post.ready.picture
    if picture and not is_address(picture):
        picture = str(folders.root / picture)
    shown = printed(address) if address else ""
    links = request.links if shown == request.address else (address,) if address else ()
    return replace(request, template=template, picture=picture, address=shown, links=links)


def _batches(inbox: Inbox, names: Sequence[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    size = 0
    for name in names:
        path = inbox.root / name
        bytes_here = path.stat().st_size if path.is_file() else 0
        if batch and (len(batch) >= BATCH_FILES or size + bytes_here > BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(name)
        size += bytes_here
    if batch:
        yield batch


def _picture_at(folders: Folders, file: str, words: str) -> str:
    """A picture beside the table, in the posts folder, in the workspace or on the web. Raises FileUnusable."""
    if is_address(words):
        return words
    if len(words) > LONGEST_PATH:
        raise FileUnusable("This is too long for the name of a picture.", hint="Write the name of a file.")
    for folder in ((folders.root / file).parent, folders.posts, folders.root):
        path = Path(folder / words)
        if path.is_file() and path.resolve().is_relative_to(folders.root.resolve()):
            if path.suffix.lower() not in PICTURES:
                raise FileUnusable(f"“{words}” is no PNG, JPEG or WebP.", hint="Save it as one of these.")
            return str(path.resolve().relative_to(folders.root.resolve()))
    raise FileUnusable(
        f"There is no picture “{words}”.", hint="Put it beside the table, and write the name of its file."
    )

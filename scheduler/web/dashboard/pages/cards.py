"""Cards: every template as it looks with this brand, and its logo and photos."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from scheduler.bootstrap.brandfiles import LARGEST_LOGO, LARGEST_PHOTO, LOGOS, PHOTOS, BrandFiles
from scheduler.bootstrap.samples import SIZES, requests_of, samples_of
from scheduler.domain.audit import AuditEntry
from scheduler.domain.card import RefusedCard
from scheduler.domain.errors import CardRefused, ChildFailed, NotAllowedNow, NotFound, QuotidianError
from scheduler.web.dashboard.looks import shown
from scheduler.web.dashboard.pages.thumbs import FOR_GOOD, NOTHING
from scheduler.web.dashboard.visit import Answer, Page, Upload, Visit, redirect

FORM_BYTES = 100_000
"""What a form has besides its file."""


def cards(visit: Visit, *, trouble: QuotidianError | None = None, at: str = "") -> Answer:
    """The templates in one size; `trouble` is told at the field that it is about."""
    size = visit.query.get("size", SIZES[0])
    size = size if size in SIZES else SIZES[0]
    key, requests = requests_of(visit.app, size)
    known = samples_of(visit.app.folders.var / "samples").known(key)
    refused = {name: card for name, card in known.items() if isinstance(card, RefusedCard)}
    brand = BrandFiles(folder=visit.app.folders.assets / "brand")
    status = HTTPStatus.CONFLICT if trouble else HTTPStatus.OK
    templates = [one.template for one in requests]
    return shown(
        visit,
        "cards.html",
        place="cards",
        status=status,
        templates=templates,
        size=size,
        sizes=SIZES,
        key=key,
        refused=refused,
        logo=brand.logo,
        photos=brand.photos,
        kinds={"logo": ",".join(LOGOS), "photo": ",".join(PHOTOS)},
        trouble=trouble,
        at=at,
    )


def sample(visit: Visit) -> Answer:
    """One template as a picture: the first who looks waits until all are painted."""
    size = visit.params["size"]
    try:
        key, requests = requests_of(visit.app, size if size in SIZES else SIZES[0])
        data = samples_of(visit.app.folders.var / "samples").picture(key, requests, visit.params["template"])
    except (NotFound, ChildFailed):
        return Answer(body=NOTHING, kind="image/svg+xml", status=HTTPStatus.NOT_FOUND)
    except NotAllowedNow:
        return Answer(body=NOTHING, kind="image/svg+xml", status=HTTPStatus.SERVICE_UNAVAILABLE)
    return Answer(body=data, kind="image/webp", headers=FOR_GOOD)


def put_logo(visit: Visit) -> Answer:
    """A new one, in the place of the old."""
    return _put(visit, "logo", BrandFiles.put_logo, "The logo is in place. Cards that are painted from now on show it.")


def put_photo(visit: Visit) -> Answer:
    """One more for cards with a photo."""
    return _put(visit, "photo", BrandFiles.put_photo, "The photo is in place. The photo template takes turns with it.")


def _put(visit: Visit, field: str, put: Callable[[BrandFiles, str, bytes], str], words: str) -> Answer:
    upload = visit.files.get(field, Upload(name="", data=b""))
    try:
        if not upload.data:
            raise CardRefused("No file was chosen.", hint="Choose one, then press the button again.")
        note = put(BrandFiles(folder=visit.app.folders.assets / "brand"), upload.name, upload.data)
    except QuotidianError as error:
        return cards(visit, trouble=error, at=field)
    entry = AuditEntry(at=visit.now, who=visit.who, what=f"put in a {field}", subject="brand")
    visit.app.store.remarks.add(entry)
    return redirect("/cards", message=f"{words} {note}".strip())


PAGES = (
    Page(path="/cards", view=cards),
    Page(path="/cards/sample/{size}/{template}", view=sample),
    Page(path="/cards/logo", view=put_logo, methods=("POST",), largest=LARGEST_LOGO + FORM_BYTES),
    Page(path="/cards/photo", view=put_photo, methods=("POST",), largest=LARGEST_PHOTO + FORM_BYTES),
)

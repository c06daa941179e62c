"""Coming in and going out, and the theme."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlsplit

from scheduler.domain.errors import NotAllowedNow
from scheduler.web.dashboard.looks import THEMES, shown
from scheduler.web.dashboard.signin import COOKIE
from scheduler.web.dashboard.visit import Answer, Page, Visit, redirect


def ask(visit: Visit) -> Answer:
    """The form, or straight on for who is in."""
    if visit.signed_in:
        return redirect(ours(visit.query.get("to", "")))
    return shown(visit, "signin.html", to=ours(visit.query.get("to", "")), name="", trouble=None)


def enter(visit: Visit) -> Answer:
    """In, or the form with what is wrong."""
    to, name = ours(visit.form.get("to", "")), visit.form.get("name", "")
    try:
        token = visit.door.enter(name, visit.form.get("password", ""), now=visit.now)
    except NotAllowedNow as error:
        return shown(visit, "signin.html", status=HTTPStatus.FORBIDDEN, to=to, name=name, trouble=error)
    return redirect(to, cookies={COOKIE: token})


def leave(visit: Visit) -> Answer:
    """Out, on the server too."""
    visit.door.leave(visit.cookies.get(COOKIE, ""))
    return redirect("/signin", cookies={COOKIE: ""})


def theme(visit: Visit) -> Answer:
    """Light, dark, or as the system has it."""
    wanted = visit.form.get("theme", "")
    kept = wanted if wanted in THEMES[1:] else ""
    return redirect(ours(visit.form.get("to", "")), cookies={"theme": kept})


def ours(to: str) -> str:
    """A path of this site; the first page where it leads elsewhere."""
    parts = urlsplit(to)
    is_path = to.startswith("/") and not to.startswith(("//", "/\\")) and not parts.netloc and not parts.scheme
    return to if is_path and to.isprintable() else "/"


PAGES = (
    Page(path="/signin", view=ask, open=True),
    Page(path="/signin", view=enter, methods=("POST",), open=True),
    Page(path="/signout", view=leave, methods=("POST",)),
    Page(path="/theme", view=theme, methods=("POST",), open=True),
)

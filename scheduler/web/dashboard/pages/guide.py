"""The keys, a little help, and the verdict on the worker alone, for the script."""

from __future__ import annotations

from dataclasses import replace

from scheduler.web.dashboard.looks import shown
from scheduler.web.dashboard.visit import Answer, Page, Visit, redirect

KEYS = (
    ("J K", "next, previous post or row"),
    ("A", "approve"),
    ("E", "edit"),
    ("H", "hold"),
    ("C", "next confirmation"),
    ("O", "the whole article"),
    ("Enter", "open"),
    ("Esc", "close the story"),
    ("/", "search"),
    ("W M L", "week, month, list"),
    ("V", "move the post in focus to another time"),
    ("T", "today"),
    ("[ ]", "earlier, later"),
    ("?", "this list"),
)


def keyboard(visit: Visit) -> Answer:
    """Which key does what, and the switch for those who speak to their computer or rest on its keys."""
    return shown(visit, "keyboard.html", keys=KEYS, is_on=visit.cookies.get("keys") != "off")


def switch(visit: Visit) -> Answer:
    """Single keys on or off, in this browser."""
    is_off = visit.form.get("keys") == "off"
    words = "Single keys are off. Tab still reaches everything." if is_off else "Single keys are on."
    return redirect("/keyboard", message=words, cookies={"keys": "off" if is_off else ""})


def guide(visit: Visit) -> Answer:
    """How to start the worker, and where what is found."""
    return shown(visit, "help.html")


def pulse(visit: Visit) -> Answer:
    """The verdict as a piece of a page; a message that waits stays for the page it is meant for."""
    return replace(shown(visit, "only-pulse.html"), cookies={})


PAGES = (
    Page(path="/keyboard", view=keyboard),
    Page(path="/keyboard", view=switch, methods=("POST",)),
    Page(path="/help", view=guide),
    Page(path="/pulse", view=pulse),
)

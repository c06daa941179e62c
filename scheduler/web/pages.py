"""How a page is made: one HTML file that needs nothing beside it, in which nothing can run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

TEMPLATES = Path(__file__).parent / "templates"
SAFE_LINKS = ("https://", "http://", "file://")


def page(template: str, **context: object) -> str:
    """The page of a template. Everything in `context` is taken as text."""
    return "".join(stream(template, **context))


def stream(template: str, **context: object) -> Iterator[str]:
    """The same in pieces."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(template).generate(context)


def may_be_link(address: str) -> bool:
    """Whether an address from outside leads to a page rather than runs something."""
    return address.lower().startswith(SAFE_LINKS)

"""Card templates: one TOML file each, a list of elements placed by sums over the frame's edges; no code a template."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from scheduler.cards import tomlfiles
from scheduler.cards.lengths import Length
from scheduler.domain.errors import CardRefused

_Sum = Annotated[Length, BeforeValidator(Length)]
_Role = Literal["paper", "ink", "strong", "accent", "muted", "line", "shape"]
_Words = Literal["quote", "name", "role", "address"]
_Leading = Annotated[float, Field(ge=1, le=3)]
_Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,40}$")]


class _Element(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class BoxElement(_Element):
    """A filled rectangle: a rule or a bar."""

    kind: Literal["box"]
    left: _Sum
    right: _Sum
    top: _Sum
    height: _Sum
    colour: _Role


class ParagraphElement(_Element):
    """Text over several lines, set at the largest size that fits between its edges.

    `leading` is in em, at the largest and at the smallest size. With `mark_colour` the words get quotation marks, the
    opening one hanging left of the axis. Later elements may use its `left`, `baseline` (the last), `leading`.
    """

    kind: Literal["paragraph"]
    words: _Words
    face: _Key
    largest: _Sum
    smallest: _Sum
    leading: tuple[_Leading, _Leading]
    left: _Sum
    right: _Sum
    top: _Sum
    bottom: _Sum
    colour: _Role
    mark_colour: _Role | None = None


class LineElement(_Element):
    """Text on one line, from `left`, or up to `right` with `align = "right"`; it may shrink to `smallest` to fit.

    Later elements may use its `baseline`.
    """

    kind: Literal["line"]
    words: _Words
    face: _Key
    size: _Sum
    smallest: _Sum
    left: _Sum
    right: _Sum
    baseline: _Sum
    align: Literal["left", "right"] = "left"
    colour: _Role


class LockupElement(_Element):
    """The logo with the business's name beside it; `centre` is the height of its middle. Later: `lockup.right`."""

    kind: Literal["lockup"]
    left: _Sum
    centre: _Sum
    height: _Sum
    colour: _Role


Element = Annotated[BoxElement | ParagraphElement | LineElement | LockupElement, Field(discriminator="kind")]


class Template(_Element):
    """What a card of one kind shows, in order; an element may use what those before it came to."""

    ground: _Role
    element: Annotated[tuple[Element, ...], Field(min_length=1, max_length=100)]


def load(assets: Path, name: str) -> Template:
    """`templates/<name>.toml`. Raises CardRefused with file, line and key."""
    known = names(assets)
    if name not in known:
        hint = f"There are {', '.join(known)}." if known else f"Put templates into {assets / 'templates'}."
        raise CardRefused(f"There is no template “{name}”.", hint=hint)
    return tomlfiles.read(assets / "templates" / f"{name}.toml", Template)


def names(assets: Path) -> tuple[str, ...]:
    """The templates at hand, by name."""
    return tuple(sorted(path.stem for path in (assets / "templates").glob("*.toml")))

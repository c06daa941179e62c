"""Card templates: one TOML file each, a list of elements placed by sums over the frame's edges; no code a template."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from scheduler.cards import tomlfiles
from scheduler.cards.elements import AnyElement, Fact, Sum
from scheduler.cards.lengths import Length
from scheduler.cards.roles import Role
from scheduler.domain.errors import CardRefused


class Template(BaseModel):
    """What a card of one kind shows, in order; an element may use what those before it came to.

    `needs` is what a text must have to be shown as this template is meant; other texts take its plain form, or another
    template where the card names a fallback. `settle` is how far the whole moves down once its heights are known (then
    sums may use `settle`; the plain form stays where it is), `squeezes` how often a card that is too full is tried
    again with `squeeze` one higher.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)
    ground: Role
    needs: Fact | None = None
    settle: Sum = Length(0)
    squeezes: Annotated[int, Field(ge=0, le=5)] = 0
    element: Annotated[tuple[AnyElement, ...], Field(min_length=1, max_length=100)]


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

"""Where a workspace keeps what."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePath

from scheduler.domain.errors import WorkspaceUnusable
from scheduler.settings import Settings

MOST_FILES = 1000
"""Of a folder of the look; who keeps more there has to queue by hand once a look is mended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Folders:
    """Absolute folders of one workspace."""

    root: Path
    posts: Path
    assets: Path
    var: Path

    @classmethod
    def of(cls, root: Path, settings: Settings) -> Folders:
        """As the settings say; relative ones are inside `root`."""
        return cls(
            root=root,
            posts=root / settings.posts_folder,
            assets=root / settings.assets_folder,
            var=root / settings.var_folder,
        )

    @property
    def articles(self) -> Path:
        """What the marketer drops."""
        return self.posts / "articles"

    @property
    def queue(self) -> Path:
        """Ready-made posts, in tables."""
        return self.posts / "queue"

    @property
    def bookings(self) -> Path:
        """What posts brought, in tables."""
        return self.posts / "bookings"

    @property
    def campaigns(self) -> Path:
        """A business's own ones."""
        return self.assets / "campaigns"

    @property
    def templates(self) -> tuple[str, ...]:
        """The names of its card templates."""
        return tuple(sorted(path.stem for path in (self.assets / "templates").glob("*.toml")))

    @property
    def cards(self) -> Path:
        """Painted pictures, by the hash of their spec."""
        return self.var / "cards"

    def card(self, path: str) -> str:
        """Where a card lies that was painted to this path; the workspace may have been moved since."""
        return str(self.cards / PurePath(path).name) if path else ""

    def version(self, name: str) -> str:
        """Changes when a file of the workspace does."""
        return _version(self.root / name) if name else ""

    def look(self) -> str:
        """Changes when a file of the brand or a template does."""
        return " ".join(
            _version(path)
            for folder in (self.assets / "brand", self.assets / "templates")
            for path in sorted(islice(folder.rglob("*"), MOST_FILES))
        )

    @property
    def lock(self) -> Path:
        """Held by the workspace's one worker."""
        return self.var / "worker.lock"

    def outbox(self, channel: str) -> Path:
        """Where a folder channel delivers."""
        return self.var / "outbox" / channel

    def make(self) -> None:
        """Makes what the program writes to. Raises WorkspaceUnusable."""
        try:
            for folder in (self.articles, self.queue, self.cards):
                folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise WorkspaceUnusable(
                f"The folder can't be made: {error.strerror}.",
                hint="Check its rights, and that no file stands in its way.",
                path=str(error.filename),
            ) from None


def _version(path: Path) -> str:
    try:
        state = path.stat()
    except OSError:
        return path.name
    return f"{path.name} {state.st_size} {state.st_mtime_ns}"

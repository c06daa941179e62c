"""Where a workspace keeps what."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from scheduler.domain.errors import WorkspaceUnusable
from scheduler.settings import Settings


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
    def cards(self) -> Path:
        """Painted pictures, by the hash of their spec."""
        return self.var / "cards"

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

"""Files that come with the program: assets, sample posts, the settings example."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parent


def shipped(name: str) -> Path:
    """Where a shipped file or folder is: inside the package when installed, beside it in a checkout."""
    packed = PACKAGE / "_shipped"
    return (packed if packed.is_dir() else PACKAGE.parent) / name

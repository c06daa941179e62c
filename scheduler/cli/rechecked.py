"""What changed claim rules did to the posts that are to come, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.cli.common import say, who

if TYPE_CHECKING:
    from scheduler.bootstrap import App


def tell_rechecked(app: App) -> None:
    """Asks the claim rules again and says on standard error what became of which post. Raises SettingsUnusable."""
    for again in app.rechecker.recheck(who=who(), now=app.clock.now()):
        say(f"Post {again.after.id}: {again.words}.", err=True)

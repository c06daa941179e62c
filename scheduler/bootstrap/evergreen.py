"""Which posts come again, as the settings, the campaigns and the authors have it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from scheduler.domain.campaign import Campaign
from scheduler.domain.fatigue import Evergreen, Perennial
from scheduler.settings import Settings
from scheduler.store import Store
from scheduler.usecases.evergreen import Comebacks
from scheduler.usecases.plan import Offices, Outlet
from scheduler.usecases.rotation import Rotation


def comebacks_of(
    store: Store,
    settings: Settings,
    campaigns: Mapping[str, Campaign],
    *,
    outlets: Sequence[Outlet],
    offices: Offices,
    is_gone: Callable[[str], bool],
) -> Comebacks:
    """Later runs in this workspace."""

    def rotation_of(post: Perennial) -> Rotation | None:
        return rotation(post, campaigns.get(post.campaign or settings.campaign), settings.calls)

    return Comebacks(
        evergreens=store.evergreen,
        posts=store.posts,
        library=store.library,
        outlets=outlets,
        offices=offices,
        rotation_of=rotation_of,
        is_gone=is_gone,
        horizon=timedelta(days=settings.evergreen_days),
    )


def rotation(post: Perennial, campaign: Campaign | None, calls: Sequence[str]) -> Rotation | None:
    """As its row or its article says, else as its campaign does; `calls` are the brand's."""
    rules = campaign.evergreen if campaign else None
    if post.evergreen is False or not (post.evergreen or rules):
        return None
    if campaign is None:
        return Rotation(rules=Evergreen(), calls=calls)
    return Rotation(
        rules=rules or Evergreen(),
        calls=campaign.calls or calls,
        templates=campaign.templates,
        category=campaign.category,
    )

"""Which posts come again, as the settings, the campaigns and the authors have it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from scheduler.domain.campaign import Campaigns
from scheduler.domain.fatigue import Evergreen, Perennial
from scheduler.settings import Settings
from scheduler.usecases.evergreen import Comebacks
from scheduler.usecases.plan import Offices, Outlet
from scheduler.usecases.rotation import Rotation

if TYPE_CHECKING:
    from scheduler.store import Store


def comebacks_of(
    store: Store,
    settings: Settings,
    campaigns: Campaigns,
    outlets: Sequence[Outlet],
    offices: Offices,
    is_gone: Callable[[str], bool],
) -> Comebacks:
    """Later runs in this workspace."""

    return Comebacks(
        evergreens=store.evergreen,
        posts=store.posts,
        library=store.library,
        outlets=outlets,
        offices=offices,
        rotation_of=lambda post: rotation(post, campaigns, settings.calls),
        is_gone=is_gone,
        horizon=timedelta(days=settings.evergreen_days),
    )


def rotation(post: Perennial, campaigns: Campaigns, calls: Sequence[str]) -> Rotation | None:
    """As its row or its article says, else as its campaign does; `calls` are the brand's."""
    name = post.campaign or ("" if post.ready else campaigns.everybody)
    campaign = campaigns.known.get(name)
    if post.evergreen is False or not (post.evergreen or (campaign and campaign.evergreen)):
        return None
    if campaign is None:
        return Rotation(rules=Evergreen(), calls=calls)
    return Rotation(
        rules=campaign.evergreen or Evergreen(),
        calls=campaign.calls or calls,
        templates=campaign.templates,
        category=campaign.category,
        campaign=name,
    )

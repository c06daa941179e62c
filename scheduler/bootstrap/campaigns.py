"""The campaigns of a workspace, and what re-planning them needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.bootstrap.channels import Channels
from scheduler.bootstrap.folders import Folders
from scheduler.domain.campaign import Campaigns
from scheduler.readers.campaignfiles import read_campaigns
from scheduler.settings import Settings
from scheduler.shipped import shipped
from scheduler.usecases.campaigning import Campaigner

if TYPE_CHECKING:
    from scheduler.store import Store


def campaigns_of(folders: Folders, settings: Settings) -> Campaigns:
    """Those that ship and the business's own ones, which win. Raises SettingsUnusable."""
    both = (shipped("assets/campaigns"), folders.campaigns)
    return read_campaigns(both, templates=folders.templates, everybody=settings.campaign)


def campaigner_of(store: Store, campaigns: Campaigns, channels: Channels) -> Campaigner:
    """Following what becomes of campaigns."""
    return Campaigner(
        campaigns=campaigns,
        belongings=store.calendar,
        posts=store.posts,
        deliveries=store.deliveries,
        changes=store.changes,
        calendar=store.calendar,
        outlets=lambda: channels.outlets,
    )

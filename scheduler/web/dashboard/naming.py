"""Channels as people call them: who has one account on X reads “X”, not the name that the settings give it."""

from __future__ import annotations

from scheduler.bootstrap import App

NAMES = {"x": "X", "folder": "Folder"}


def called(app: App, channel: str) -> str:
    """The network's name where the channel has no other, else the channel's own."""
    known = app.settings.channels.get(channel)
    return name_of(channel, known.network if known else "")


def name_of(channel: str, network: str) -> str:
    """The same, of a channel whose network is at hand."""
    return NAMES.get(network, network.capitalize()) if channel == network else channel


def place_here(app: App, place: str) -> str:
    """A place in a file of the workspace, told from there."""
    return place.removeprefix(f"{app.folders.root}/")

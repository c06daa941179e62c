"""Fixtures of the dashboard's tests: a workspace that is made once and copied, and a visitor to it."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from scheduler import plugins
from scheduler.bootstrap import App
from scheduler.bootstrap.webfonts import FACES, webfonts_of
from tests.blank import blank_database, quick_databases
from tests.warm import warm_children
from tests.web import clinic as clinics
from tests.web import practice
from tests.web.browse import chromium
from tests.web.visitor import Visitor

__all__ = ["blank_database", "quick_databases", "warm_children"]


@pytest.fixture(scope="session", autouse=True)
def _rough_network() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(plugins.CHANNELS, "rough", "tests.web.rough:open_rough")
        yield


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The clinic on disk, with posts in every state."""
    return _once(tmp_path_factory, worker_id, "clinic", _clinic)


@pytest.fixture(scope="session")
def linden_model(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A practice on disk, with a month of posts behind it."""
    return _once(tmp_path_factory, worker_id, "linden", _linden)


def _linden(root: Path) -> App:
    """With the fonts that its browser will ask for."""
    app = practice.build(root)
    for face in FACES:
        webfonts_of(app.folders.var / "fonts").data(face)
    return app


def _clinic(root: Path) -> App:
    app = clinics.make(root)
    clinics.fill(app)
    clinics.live(app)
    return app


def _once(factory: pytest.TempPathFactory, worker_id: str, name: str, build: clinics.Build) -> Path:
    """A workspace that is made once for all processes that test."""
    base = factory.getbasetemp()
    folder = base if worker_id == "master" else base.parent
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "models" / f"{name}.made").exists():
            build(folder / "models" / name).close()
            (folder / "models" / f"{name}.made").touch()
    return folder / "models" / name


@pytest.fixture
def clinic(model: Path, tmp_path: Path) -> Iterator[App]:
    """A copy of it, opened."""
    shutil.copytree(model, tmp_path / "clinic")
    app = clinics.opened(tmp_path / "clinic")
    clinics.beat(app)
    yield app
    app.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    with chromium() as found:
        yield found


@pytest.fixture
def linden(linden_model: Path, tmp_path: Path) -> Iterator[App]:
    """A copy of the practice, opened on its day."""
    shutil.copytree(linden_model, tmp_path / "linden")
    app = clinics.opened(tmp_path / "linden", now=practice.TODAY)
    yield app
    app.close()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[App]:
    """A workspace in which nothing has happened."""
    app = clinics.make(tmp_path / "clinic")
    yield app
    app.close()


@pytest.fixture
def ann(clinic: App) -> Visitor:
    """At the machine, where no password is asked for."""
    return Visitor(clinic)


@pytest.fixture
def stranger(clinic: App) -> Visitor:
    """Before the locked door."""
    return Visitor(clinic, locked=True)

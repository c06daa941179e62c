"""Channels: the verdict on each, a test that is remembered, and a pause that holds."""

from __future__ import annotations

from scheduler.bootstrap import App
from scheduler.web.dashboard.accounts import Standing, accounts_of
from tests.web.clinic import SECRET, SETTINGS, make
from tests.web.visitor import Visitor


def test_a_test_is_told_and_remembered(clinic: App, ann: Visitor) -> None:
    answer = ann.post("/channels/main/test")
    assert answer.headers["location"] == "/channels"
    page = ann.get("/channels").text
    assert "main lets us in" in page
    assert "Connected, tested today" in page
    assert clinic.store.journal.audit("channel main")[-1].who == "Ann"


def test_a_paused_channel_says_who_paused_it_and_goes_on(clinic: App, ann: Visitor) -> None:
    ann.post("/channels/main/pause", why="Holiday", until="")
    page = ann.get("/channels").text
    assert "Paused by Ann" in page
    assert "Holiday" in page
    assert "main" in clinic.store.pauses.all()
    ann.post("/channels/main/resume")
    assert "main" not in clinic.store.pauses.all()


def test_a_pause_ends_at_the_time_of_the_workspace(clinic: App, ann: Visitor) -> None:
    ann.post("/channels/main/pause", until="2026-11-02T08:00")
    until = clinic.store.pauses.all()["main"].until
    assert until
    assert until.isoformat() == "2026-11-02T13:00:00+00:00"


def test_a_pause_until_yesterday_is_refused_and_changes_nothing(clinic: App, ann: Visitor) -> None:
    for until in ("2026-10-01T08:00", "soon", "9999-99-99T99:99", "9999-12-31T23:59:59.999999"):
        answer = ann.post("/channels/main/pause", until=until)
        assert answer.status_code in (303, 409)
        assert answer.status_code == 303 or "main" not in clinic.store.pauses.all()
    assert ann.post("/channels/main/pause", until="2026-10-01T08:00").status_code == 409


def test_an_unknown_channel_can_not_be_paused(ann: Visitor) -> None:
    assert ann.post("/channels/nobody/pause").status_code == 404


def test_keys_are_never_shown(ann: Visitor) -> None:
    assert SECRET not in ann.get("/channels").text


def test_a_login_that_ends_soon_stands_first(tmp_path_factory: object, empty: App) -> None:
    settings = SETTINGS + "CHANNELS__ROUGH__TOKEN_ENDS=2026-11-10\n"
    app = make(empty.folders.root.parent / "ending", settings)
    first = accounts_of(app, now=app.clock.now())[0]
    assert (first.name, first.standing) == ("rough", Standing.CARE)
    assert "Login ends" in Visitor(app).get("/channels").text
    app.close()


def test_a_channel_that_can_not_be_opened_says_why(empty: App) -> None:
    settings = SETTINGS + "CHANNELS__BIRD__NETWORK=x\n"
    app = make(empty.folders.root.parent / "keyless", settings)
    page = Visitor(app).get("/channels")
    assert page.status_code == 200
    assert "be used yet" in page.text
    app.close()

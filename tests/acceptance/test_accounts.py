"""The accounts of a workspace: which there are, whether they let us in, and keys that nobody else sees."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scheduler import plugins
from scheduler.channels import x
from scheduler.channels.folder import Folder
from scheduler.cli.group import quotidian
from scheduler.domain.channel import Account
from scheduler.domain.errors import Refused
from scheduler.settings import load
from tests.acceptance.walk import Workspace
from tests.servers.x import XServer, stand_in
from tests.servers.x_keys import OPTIONS as KEYS

OPTIONS = {"token": "Token", "secret": "Token secret"}
BEFORE = "# Ours.\nBRAND=Linden # short\n"


class Guarded(Folder):
    """Lets in whoever knows the word."""

    def __init__(self, account: Account) -> None:
        super().__init__(Path(account.folder))
        self._secret = account.options.get("secret", "")

    def verify(self) -> str:
        if self._secret != "open sesame":
            raise Refused("The word is wrong.", hint="Look for it in the cave.")
        return "as Ali"


@pytest.fixture
def guarded(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setitem(plugins.CHANNELS, "guarded", "tests.acceptance.test_accounts:Guarded")
    (workspace.root / "settings.env").write_text(BEFORE, "utf-8")
    return workspace


def login(workspace: Workspace, *typed: str, words: tuple[str, ...] = ()) -> Result:
    command = ["channels", "login", "guarded", *words, "--workspace", str(workspace.root)]
    return CliRunner().invoke(quotidian, command, input="".join(f"{line}\n" for line in typed))


def settings_of(workspace: Workspace) -> str:
    return (workspace.root / "settings.env").read_text("utf-8")


def options_of(workspace: Workspace, channel: str) -> dict[str, str]:
    options = load(workspace.root).channels[channel].options
    return {key: value.get_secret_value() for key, value in options.items()}


def test_login_asks_tries_and_writes_the_keys_without_showing_them(guarded: Workspace) -> None:
    result = login(guarded, "abc", "open sesame")
    assert result.exit_code == 0
    assert result.stdout.startswith("Channel guarded: as Ali.")
    assert "sesame" not in result.output
    assert options_of(guarded, "guarded") == {"token": "abc", "secret": "open sesame"}
    assert settings_of(guarded).startswith(BEFORE)
    assert (guarded.root / "settings.env").stat().st_mode & 0o777 == 0o600


def test_the_channel_that_was_there_by_default_is_still_there_after_a_login(guarded: Workspace) -> None:
    login(guarded, "abc", "open sesame")
    assert set(load(guarded.root).channels) == {"folder", "guarded"}


def test_keys_that_do_not_let_us_in_are_not_written(guarded: Workspace) -> None:
    result = login(guarded, "abc", "open barley", "n")
    assert result.exit_code == 1
    assert "The word is wrong." in result.stderr
    assert "Hint: Look for it in the cave." in result.stderr
    assert settings_of(guarded) == BEFORE


def test_keys_that_do_not_let_us_in_are_written_if_a_person_says_so(guarded: Workspace) -> None:
    assert login(guarded, "abc", "open barley", "y").exit_code == 0
    assert options_of(guarded, "guarded")["secret"] == "open barley"


def test_who_gives_up_in_the_middle_changes_nothing(guarded: Workspace) -> None:
    assert login(guarded, "abc").exit_code == 1
    assert settings_of(guarded) == BEFORE


def test_a_second_login_keeps_what_is_not_typed_anew(guarded: Workspace) -> None:
    login(guarded, "abc", "open barley", "y")
    assert login(guarded, "", "open sesame").exit_code == 0
    assert options_of(guarded, "guarded") == {"token": "abc", "secret": "open sesame"}
    assert settings_of(guarded).count("OPTIONS") == 2


def test_a_login_can_name_its_channel_but_not_that_of_another_network(guarded: Workspace) -> None:
    assert login(guarded, "abc", "open sesame", words=("--channel", "News")).exit_code == 0
    assert options_of(guarded, "news")["token"] == "abc"
    refused = login(guarded, "abc", "open sesame", words=("--channel", "folder"))
    assert refused.exit_code == 3
    assert "The channel 'folder' is one of folder." in refused.stderr


@pytest.mark.parametrize("secret", ["${HOME}", "a\x07b"])
def test_a_key_that_the_file_could_not_give_back_is_refused(guarded: Workspace, secret: str) -> None:
    assert login(guarded, "abc", secret, "y").exit_code != 0
    assert settings_of(guarded) == BEFORE


def at_the_stand_in(workspace: Workspace, server: XServer, keys: dict[str, str]) -> Result:
    settings = f"CHANNELS__X__NETWORK=x\nCHANNELS__X__OPTIONS__SERVER={server.url}\n"
    (workspace.root / "settings.env").write_text(settings, "utf-8")
    typed = "".join(f"{keys[option]}\n" for option in x.OPTIONS)
    return CliRunner().invoke(quotidian, ["channels", "login", "x", "--workspace", str(workspace.root)], input=typed)


def test_a_login_to_x_says_who_we_are_there_and_doctor_agrees(workspace: Workspace) -> None:
    with stand_in() as server:
        result = at_the_stand_in(workspace, server, KEYS)
        assert result.exit_code == 0, result.output
        who = result.stdout.splitlines()[0].removeprefix("Channel x: ").removesuffix(".")
        assert f"✓ channel x: {who}" in workspace.run("channels", "test", "x").stdout
    assert [key for key in KEYS.values() if key in result.output] == []
    assert options_of(workspace, "x").items() >= KEYS.items()


def test_keys_that_x_refuses_are_not_written(workspace: Workspace) -> None:
    with stand_in() as server:
        result = at_the_stand_in(workspace, server, KEYS | {"access_secret": "wrong"})
    assert result.exit_code == 1
    assert "API_KEY" not in settings_of(workspace)


def test_a_folder_wants_no_keys(workspace: Workspace) -> None:
    assert "folder wants no keys" in workspace.run("channels", "login", "folder").stdout


def test_the_list_tells_slots_pauses_missing_keys_and_what_a_channel_takes(guarded: Workspace) -> None:
    login(guarded, "abc", "open sesame")
    guarded.run("pause", "folder", "--by", "Ann")
    lines = guarded.run("channels", "list").stdout.splitlines()
    assert lines[0].split("\t") == ["channel", "network", "slots", "state", "keys", "takes"]
    assert lines[1].split("\t")[3].startswith("paused by Ann since ")
    assert lines[2].split("\t")[3:5] == ["goes out", "2"]
    assert "280 weighted characters; png, jpg, webp up to 5 MB" in lines[2]


def test_a_channel_without_its_keys_is_listed_with_what_it_lacks(guarded: Workspace) -> None:
    (guarded.root / "settings.env").write_text("CHANNELS__A__NETWORK=guarded\nCHANNELS__B__NETWORK=x\n", "utf-8")
    one, other = guarded.json("channels", "list")
    assert one["missing"] == ["token", "secret"]
    assert other["error"] == "X needs the API key."


def test_a_test_asks_every_channel_and_fails_where_one_does_not_let_us_in(guarded: Workspace) -> None:
    login(guarded, "abc", "open barley", "y")
    result = guarded.run("channels", "test")
    assert result.exit_code == 1
    assert "✓ channel folder: the folder " in result.stdout
    assert "✗ channel guarded: The word is wrong.\n    Look for it in the cave." in result.stdout
    assert guarded.run("channels", "test", "folder").exit_code == 0


def test_a_test_of_a_channel_that_is_not_there_names_those_that_are(workspace: Workspace) -> None:
    result = workspace.run("channels", "test", "news")
    assert "The settings name no channel 'news'." in result.stderr
    assert "They name folder." in result.stderr

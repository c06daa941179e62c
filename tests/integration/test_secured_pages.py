"""Over https the number is pinned and the certificate still checked against the name."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from scheduler.domain.errors import AddressRefused, NoAnswer
from scheduler.domain.page import PageRequest
from scheduler.fetching.work import fetch_article
from tests.servers.web import Web, moved, serving

pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="needs openssl")
NAMES = {"safe.test": ["93.184.216.34"], "other.test": ["93.184.216.34"]}


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    """With a certificate of its own for safe.test."""
    folder: Path = tmp_path_factory.mktemp("tls")
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=safe.test"
    extra = ["-addext", "subjectAltName=DNS:safe.test", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*command.split(), *extra], check=True, capture_output=True)
    with serving(Web(names=NAMES, certificate=certificate), key) as served:
        yield served


def test_a_secured_page_is_read_from_the_number_that_was_checked(web: Web) -> None:
    page = fetch_article(PageRequest(address="https://safe.test/article"), network=web.network)
    assert page.url == "https://safe.test/article"
    assert set(web.dialled) == {"93.184.216.34"}
    assert web.resolved == ["safe.test"]


def test_a_certificate_of_another_name_is_refused(web: Web) -> None:
    with pytest.raises(NoAnswer, match=r"certificate is not valid: .*other\.test"):
        fetch_article(PageRequest(address="https://other.test/article"), network=web.network)


def test_a_certificate_that_nobody_vouches_for_is_refused(web: Web) -> None:
    network = replace(web.network, tls=ssl.create_default_context())
    with pytest.raises(NoAnswer, match="certificate is not valid"):
        fetch_article(PageRequest(address="https://safe.test/article"), network=network)


def test_no_variable_of_the_environment_makes_the_trust_wider(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONHTTPSVERIFY", "0")
    monkeypatch.setenv("https_proxy", "http://10.0.0.1:3128")
    with pytest.raises(NoAnswer, match="certificate is not valid"):
        fetch_article(PageRequest(address="https://other.test/article"), network=web.network)


def test_a_secured_page_never_leads_to_an_unsecured_one(web: Web) -> None:
    web.extra["/down"] = lambda: moved("http://safe.test/article")
    with pytest.raises(AddressRefused, match="unsecured"):
        fetch_article(PageRequest(address="https://safe.test/down"), network=web.network)
    web.extra["/up"] = lambda: moved("https://safe.test/article")
    assert (
        fetch_article(PageRequest(address="http://safe.test/up"), network=web.network).url
        == "https://safe.test/article"
    )

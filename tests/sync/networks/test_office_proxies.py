"""A real server with a certificate of the office, behind real proxies, for a whole round of synchronisation."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.sync.machines import Laptop, Office, ServerProcess, found_office
from tests.sync.networks.office_network import ADDRESS, PASSWORD, SERVER, USER, Certificate, Gateway, certify, listening

Join = Callable[..., Laptop]


@pytest.fixture
def certificate(tmp_path: Path) -> Certificate:
    """Return what the server shows, of an authority of the office."""
    return certify(tmp_path, SERVER)


@pytest.fixture
def private_server(
    new_database: Callable[[], str], tmp_path: Path, certificate: Certificate
) -> Iterator[ServerProcess]:
    """Return a server that speaks TLS, under a name that only a proxy knows."""
    tls = ("--certificate", str(certificate.chain), "--certificate-key", str(certificate.key))
    server = ServerProcess(new_database(), tmp_path / "private.log", more=("--origin", ADDRESS, *tls))
    server.start()
    server.address = ADDRESS
    yield server
    server.stop()


@pytest.fixture
def office(private_server: ServerProcess, tmp_path: Path) -> Office:
    """Return an organisation whose laptops know the server by that name."""
    return found_office(private_server, tmp_path / "office", "AZC Dronten", "reception")


@pytest.mark.parametrize(("kind", "setting"), [("http", "http"), ("socks", "socks"), ("socks", "socks5h")])
def test_two_laptops_meet_through_the_proxy_of_the_office(  # the case travels, and comes back
    kind: str, setting: str, office: Office, join: Join, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    gateway = Gateway(office.server.port, (USER, PASSWORD))
    login = f"{quote(USER, safe='')}:{quote(PASSWORD, safe='')}"
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.authority))
    monkeypatch.setenv("NO_PROXY", "localhost,::1,[::1],10.0.0.0/8,fd00::/8")
    anna, bert = join(office, "anna"), join(office, "bert")
    case = anna.open_case()

    with listening(getattr(gateway, kind)) as port:
        monkeypatch.setenv("ALL_PROXY", f"{setting}://{login}@127.0.0.1:{port}/")
        anna.once()
        bert.once()
        bert.answer(case, "Haarlem")
        bert.once()
        anna.once()

    assert anna.answers(case) == {"Haarlem"}
    assert set(gateway.asked) == {(SERVER, 8443)}

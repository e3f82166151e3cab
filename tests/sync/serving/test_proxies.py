"""The sites of `packaging/server` in a real nginx and a real Caddy, where they are installed, before a real server."""

import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from protocol.limits import MOST_BODY_BYTES
from tests import places
from tests.sync.machines import Laptop, Office, ServerProcess, found_office
from tests.sync.raw import plain, refused

Join = Callable[..., Laptop]
_PLACES = "/usr/sbin:/usr/bin:/usr/local/bin"
_SITES = places.ROOT / "packaging" / "server"
_AROUND = """
daemon off;
master_process off;
pid {folder}/pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {site}
}}
"""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _nginx(port: int, behind: int, folder: Path) -> list[str]:
    """Return how to start nginx with the site as it is published, without TLS and at other ports."""
    lines = (_SITES / "nginx.conf").read_text("utf-8").splitlines()
    kept = [line for line in lines if not line.strip().startswith("ssl_")]
    site = "\n".join(kept).replace("listen 443 ssl;", f"listen 127.0.0.1:{port};")
    site = site.replace("127.0.0.1:8443", f"127.0.0.1:{behind}").replace("$host;", "$http_host;")
    (folder / "nginx.conf").write_text(_AROUND.format(folder=folder, site=site), "utf-8")
    return ["-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]


def _caddy(port: int, behind: int, folder: Path) -> list[str]:
    """Return how to start Caddy with the site as it is published, without TLS and at other ports."""
    site = (_SITES / "Caddyfile").read_text("utf-8").replace("127.0.0.1:8443", f"127.0.0.1:{behind}")
    site = site.replace("{\n\tservers", "{\n\tadmin off\n\tauto_https off\n\tservers", 1)
    site = site.replace("\nopmaat.example.nl {", f"\nhttp://127.0.0.1:{port} {{")
    (folder / "Caddyfile").write_text(site, "utf-8")
    return ["run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]


@pytest.fixture(params=["nginx", "caddy"])
def proxied(request: pytest.FixtureRequest, own_server: ServerProcess, tmp_path: Path) -> Iterator[str]:
    """Return the address of a proxy in front of the server."""
    program = shutil.which(request.param, path=_PLACES)
    if program is None:
        pytest.skip(f"{request.param} is not installed")
    port = _free_port()
    how = {"nginx": _nginx, "caddy": _caddy}[request.param](port, own_server.port, tmp_path)
    home = {"HOME": str(tmp_path), "PATH": _PLACES}
    with (tmp_path / "said").open("wb") as said:
        process = subprocess.Popen([program, *how], env=home, stdout=said, stderr=said)  # noqa: S603 - found above
    while not _listens(port):
        assert process.poll() is None, (tmp_path / "said").read_text("utf-8")
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait()


@pytest.fixture
def office(own_server: ServerProcess, tmp_path: Path) -> Office:
    """Return a reception location."""
    return found_office(own_server, tmp_path / "azc", "AZC Dronten", "reception")


def test_a_day_of_large_notes_passes_the_published_site(office: Office, proxied: str, join: Join) -> None:
    anna, bram = join(office, "anna"), join(office, "bram")
    case = anna.open_case()
    for number in range(12):
        anna.answer(case, "x" * 200_000, f"/intake/vraag_{number}")

    for laptop in (anna, bram):
        laptop.online(proxied).rounds()

    assert anna.journal.outbox.waiting() == 0
    assert len(bram.journal.events(case)) == 13


def test_the_longest_body_passes_and_one_byte_more_is_stopped(office: Office, proxied: str) -> None:
    del office
    headers = {"Opmaat-Protocol": "1"}

    passed = plain("POST", f"{proxied}/v1/rows", bytes(MOST_BODY_BYTES), headers)
    stopped = plain("POST", f"{proxied}/v1/rows", bytes(MOST_BODY_BYTES + 1), headers)

    assert refused(passed).code == "sync.signature_wrong"
    assert stopped.status_code == 413

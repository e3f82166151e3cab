"""The sites of `packaging/server`, as they are published, in a real proxy in front of one or more servers."""

import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

from tests import places

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


def _nginx(port: int, behind: Sequence[int], folder: Path) -> list[str]:
    """Return how to start nginx with the site as it is published, without TLS and at other ports."""
    lines = (_SITES / "nginx.conf").read_text("utf-8").splitlines()
    kept = [line for line in lines if not line.strip().startswith("ssl_")]
    site = "\n".join(kept).replace("listen 443 ssl;", f"listen 127.0.0.1:{port};")
    servers = "".join(f"server 127.0.0.1:{each};" for each in behind)
    site = site.replace("server 127.0.0.1:8443;", servers).replace("$host;", "$http_host;")
    (folder / "nginx.conf").write_text(_AROUND.format(folder=folder, site=site), "utf-8")
    return ["-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]


def _caddy(port: int, behind: Sequence[int], folder: Path) -> list[str]:
    """Return how to start Caddy with the site as it is published, without TLS and at other ports."""
    servers = " ".join(f"127.0.0.1:{each}" for each in behind)
    site = (_SITES / "Caddyfile").read_text("utf-8").replace("127.0.0.1:8443", servers)
    site = site.replace("{\n\tservers", "{\n\tadmin off\n\tauto_https off\n\tservers", 1)
    site = site.replace("\nopmaat.example.nl {", f"\nhttp://127.0.0.1:{port} {{")
    (folder / "Caddyfile").write_text(site, "utf-8")
    return ["run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]


_SITE_OF: Mapping[str, Callable[[int, Sequence[int], Path], list[str]]] = MappingProxyType(
    {"nginx": _nginx, "caddy": _caddy}
)


def proxy_program(name: str) -> str | None:
    """Return where the proxy `name` is installed, None where it is not."""
    return shutil.which(name, path=_PLACES)


@contextmanager
def proxy_before(name: str, behind: Sequence[int], folder: Path) -> Iterator[str]:
    """Run `name` with its site as it is published, before servers at the ports `behind`, and give its address."""
    program = proxy_program(name)
    assert program is not None
    port = _free_port()
    home = {"HOME": str(folder), "PATH": _PLACES}
    started = [program, *_SITE_OF[name](port, behind, folder)]
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen(started, env=home, stdout=said, stderr=said)  # noqa: S603 - found above
    try:
        while not _listens(port):
            assert process.poll() is None, (folder / "said").read_text("utf-8")
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()

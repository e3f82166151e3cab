"""The server package on a bare Debian: one command makes it a server that answers, and hardened units go with it."""

import hashlib
import json
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from bare_system import BareSystem, newest_package, system_with

from installers import debian, program
from installers.debian import RELEASES
from installers.server_deb import lay_out, package

MOST_EXPOSED = 2.0
"""Of 10, as systemd counts what a service could do."""
PATIENCE = 60.0


@pytest.fixture(scope="module")
def made() -> Path:
    """Return the package that `make server-deb` made last."""
    return newest_package("opmaat-server_*.deb", "make server-deb")


@pytest.fixture(scope="module")
def installed(made: Path, tmp_path_factory: pytest.TempPathFactory) -> BareSystem:
    """Return a bare system with the package installed."""
    return system_with(made, tmp_path_factory.mktemp("debian"))


@pytest.fixture(scope="module")
def first_start(installed: BareSystem) -> str:
    """Return what the command of the first start prints."""
    said = ("--name", "AZC Proef", "--kind", "reception", "--person", "Anna de Boer")
    files = ("--key-file", "/root/azc.key", "--invitation", "/root/anna.opmaat-invitation")
    command = ("opmaat-server-setup", "--origin", "https://opmaat.example.nl", *said, *files)
    return installed.run(*command, OPMAAT_ADMINISTRATOR_PASSPHRASE="een lange zin voor de sleutel")


@pytest.fixture
def serving(installed: BareSystem, first_start: str) -> Iterator[int]:
    """Let the server serve as the unit does, by the same user, and return its port."""
    assert "code " in first_start
    port = 18443
    command = f"set -a; . /etc/opmaat/server.env; exec runuser -u opmaat-server -- opmaat-server serve --port {port}"
    inside = ["unshare", "--mount", "chroot", str(installed.root), "sh", "-c", command]
    with subprocess.Popen(inside, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603  # fixed arguments
        assert process.stdout is not None
        assert "Listening" in process.stdout.readline()
        yield port
        process.terminate()


def test_one_command_ends_with_fingerprint_code_and_address(first_start: str, installed: BareSystem) -> None:
    for word in ("organisation ", "fingerprint ", "invitation ", "code ", "address      https://opmaat.example.nl"):
        assert word in first_start
    assert json.loads((installed.root / "root/anna.opmaat-invitation").read_text("utf-8"))
    assert (installed.root / "root/azc.key").stat().st_mode & 0o077 == 0
    assert (installed.root / "etc/opmaat/server.env").stat().st_mode & 0o077 == 0


def test_what_root_made_belongs_to_the_service(first_start: str, installed: BareSystem) -> None:
    assert first_start
    owners = installed.run("find", "/var/lib/opmaat", "-printf", "%u %m %f\n").splitlines()
    assert {line.split()[0] for line in owners} == {"opmaat-server"}
    assert all(line.split()[1] in {"600", "700"} for line in owners), owners


def test_the_server_answers(serving: int, installed: BareSystem) -> None:
    ask = f"from urllib.request import urlopen; print(urlopen('http://127.0.0.1:{serving}/v1/ready').status)"
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if installed.run("python3", "-c", ask).strip() == "200":
            return
    pytest.fail("the server does not answer")


@pytest.mark.parametrize("unit", ["opmaat-server", "opmaat-server@", "opmaat-retention"])
def test_a_unit_may_do_little(installed: BareSystem, unit: str) -> None:
    path = installed.root / "usr/lib/systemd/system" / f"{unit}.service"
    listed = subprocess.run(  # noqa: S603  # fixed arguments
        ["systemd-analyze", "security", "--offline=true", path],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    exposure = float(listed.strip().splitlines()[-1].partition(": ")[2].split()[0])
    assert exposure <= MOST_EXPOSED


def test_a_second_build_is_the_same(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMPRESSION", "none")
    release = next(each for each in RELEASES.values() if each.suffix in made.name)
    tree = program.fresh(tmp_path / "tree")
    lay_out(release, tree)
    again = debian.build(package(release), tree, release, tmp_path)
    assert [_content(again, each) for each in ("ctrl", "fsys")] == [_content(made, each) for each in ("ctrl", "fsys")]


def test_removing_keeps_database_and_settings(installed: BareSystem, first_start: str) -> None:
    assert first_start
    installed.run("apt-get", "remove", "--yes", "--quiet=2", "opmaat-server")
    assert not (installed.root / "usr/lib/opmaat-server").exists()
    assert (installed.root / "var/lib/opmaat/server.db").is_file()
    assert (installed.root / "etc/opmaat/server.env").is_file()


def _content(made: Path, archive: str) -> str:
    """Return the digest of an archive of a package before it was compressed."""
    read = subprocess.run(["dpkg-deb", f"--{archive}-tarfile", made], capture_output=True, check=True)  # noqa: S603, S607
    return hashlib.sha256(read.stdout).hexdigest()

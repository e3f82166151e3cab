"""What an administrator does with a running server: look, copy, put back, watch."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from server.store.engine import ServerStore
from tests import warm
from tests.sync.machines import Laptop, Office, ServerProcess, found_office
from tests.sync.raw import plain, refused

Join = Callable[..., Laptop]


def _administer(*arguments: str) -> subprocess.CompletedProcess[str]:
    return warm.run("server", *arguments)


@pytest.fixture
def office(own_server: ServerProcess, tmp_path: Path) -> Office:
    """Return a reception location on a server of its own."""
    return found_office(own_server, tmp_path / "azc", "AZC Dronten", "reception")


def test_devices_and_organisations_are_listed_by_last_contact(office: Office, join: Join) -> None:
    anna, bram = join(office, "anna"), join(office, "bram")
    bram.online().client.enrol(bram.vault.membership.chain)
    anna.once()

    devices = _administer("device", "list", "--database", office.server.database).stdout.splitlines()
    organisations = _administer("organisation", "list", "--database", office.server.database).stdout

    assert [line.split()[1] for line in devices[::2]] == [anna.vault.device.id, bram.vault.device.id]
    assert ["UTC" in devices[1], "never" in devices[3]] == [True, True]
    assert "2 devices" in organisations
    assert "AZC Dronten" in organisations


def test_a_copy_made_in_use_is_put_back_and_loses_nothing_that_a_laptop_has(
    office: Office, join: Join, new_database: Callable[[], str], tmp_path: Path
) -> None:
    anna = join(office, "anna")
    before = anna.open_case()
    anna.once()
    made = _administer("backup", "--database", office.server.database, "--out", str(tmp_path / "copy"))
    assert made.returncode == 0, made.stderr
    assert (tmp_path / "copy").stat().st_mode & 0o077 == 0
    after = anna.open_case()
    anna.once()

    office.server.stop()
    office.server.database = new_database()
    put = _administer("restore", "--database", office.server.database, "--from", str(tmp_path / "copy"))
    assert put.returncode == 0, put.stderr
    office.server.start()
    anna.once()
    bram = join(office, "bram")
    bram.once()

    assert {len(bram.journal.events(case)) for case in (before, after)} == {1}


def test_a_copy_is_put_over_nothing(office: Office, tmp_path: Path) -> None:
    _administer("backup", "--database", office.server.database, "--out", str(tmp_path / "copy"))

    again = _administer("backup", "--database", office.server.database, "--out", str(tmp_path / "copy"))
    over = _administer("restore", "--database", office.server.database, "--from", str(tmp_path / "copy"))

    assert "[server.file_exists]" in again.stderr
    assert "[server.database_not_empty]" in over.stderr


def test_something_else_than_a_copy_is_refused(new_database: Callable[[], str], tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("Geachte heer", "utf-8")
    database = new_database()

    done = _administer("restore", "--database", database, "--from", str(tmp_path / "letter"))

    assert "[server.backup_failed]" in done.stderr
    assert "://" in database or not Path(database).exists()


def test_a_server_without_its_database_is_healthy_and_not_ready(office: Office) -> None:
    address = office.server.address
    assert plain("GET", f"{address}/v1/ready").json() == {"status": "ready"}
    store = ServerStore(office.server.database)
    if store.engine.dialect.name == "sqlite":
        Path(f"{office.server.database}.lock").unlink()
        Path(f"{office.server.database}.lock").mkdir()
        answer = plain("GET", f"{address}/v1/ready")
        assert (answer.status_code, refused(answer).code) == (503, "sync.busy")
    assert plain("GET", f"{address}/v1/health").json()["status"] == "ok"


def test_figures_tell_of_requests_and_of_nobody(new_database: Callable[[], str], tmp_path: Path, join: Join) -> None:
    server = ServerProcess(new_database(), tmp_path / "log", more=("--metrics-port", "0"))
    server.start()
    anna = join(found_office(server, tmp_path / "azc", "AZC Dronten", "reception"), "anna")
    case = anna.open_case()
    anna.once()
    lines = [json.loads(line) for line in server.log.read_text("utf-8").splitlines()]
    port = next(line["port"] for line in lines if line["event"] == "figures")

    figures = httpx.get(f"http://127.0.0.1:{port}/metrics", trust_env=False).text
    server.stop()

    assert 'opmaat_requests_total{method="POST",route="/v1/rows",status="200"} 1.0' in figures
    assert "opmaat_dossiers 1.0" in figures
    assert "opmaat_damaged_entries 0.0" in figures
    for secret in (case, anna.vault.device.id, "AZC"):
        assert secret not in figures

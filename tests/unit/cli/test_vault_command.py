"""`opmaat vault …` in a process of its own, as an administrator runs it."""

import json
import sqlite3
import subprocess
from pathlib import Path

import pytest

from desktop.vault.trust.organisation import create_organisation
from protocol.certificates import RECEPTION
from tests import warm
from tests.keys_on_a_stick import keys_for
from tests.unit.records.cases import CONTEXT, Laptop, new_laptop
from tests.unit.vault.people import PASSPHRASE

CANARY = "kanarie-5d1e"
ORGANISATION = create_organisation("AZC Haarlem", RECEPTION)


@pytest.fixture
def laptop(tmp_path: Path) -> Laptop:
    """A closed vault below `tmp_path/vaults`."""
    (tmp_path / "vaults").mkdir(mode=0o700)
    made = new_laptop(tmp_path / "vaults", ORGANISATION)
    dossier = made.journal.create_dossier(f"{CANARY} naam", ("ti",), CONTEXT)
    made.answer(dossier, "/brede_intake/v1", f"{CANARY} antwoord")
    made.answer(dossier, "/brede_intake/v1", f"{CANARY} ander antwoord")
    made.journal.close()
    made.vault.lock()
    return made


def _run(laptop: Laptop, *arguments: str, passphrase: str = PASSPHRASE) -> subprocess.CompletedProcess[str]:
    data = str(laptop.file.parents[2])
    return warm.run("desktop", "--data", data, "vault", *arguments, typed=f"{passphrase}\n")


def test_verify_says_that_all_is_well(laptop: Laptop) -> None:
    done = _run(laptop, "verify")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0] == "1 cases, 3 rows"
    assert CANARY not in done.stdout


def test_verify_names_what_is_broken_and_never_an_answer(laptop: Laptop) -> None:
    with sqlite3.connect(laptop.file) as raw:
        raw.execute("update events set sealed = zeroblob(60) where id = 2")
    raw.close()
    done = _run(laptop, "verify", "--json")
    report = json.loads(done.stdout)
    assert done.returncode == 1
    assert report["good"] is False
    assert [(found["code"], found["rows"]) for found in report["findings"]] == [("records.row_damaged", [2, 3])]
    plain = _run(laptop, "verify")
    assert "events row 2, 3 of case" in plain.stdout
    assert CANARY not in done.stdout + plain.stdout + plain.stderr


def test_a_wrong_passphrase_or_vault_has_a_code(laptop: Laptop) -> None:
    assert "vault.wrong_passphrase" in _run(laptop, "verify", passphrase="another sentence").stderr
    assert "vault.which_one" in _run(laptop, "verify", "--vault", "f" * 32).stderr
    assert laptop.vault.directory.name in _run(laptop, "verify", "--vault", "f" * 32).stderr
    (laptop.vault.directory / "vault.opv").unlink()
    assert "vault.none_here" in _run(laptop, "verify").stderr


def test_a_vault_that_is_open_elsewhere_is_refused(laptop: Laptop) -> None:
    from desktop.vault.vault import open_vault

    held = open_vault(laptop.vault.directory, PASSPHRASE)
    assert "vault.in_use" in _run(laptop, "verify").stderr
    held.lock()
    assert _run(laptop, "verify").returncode == 0


def test_audit_writes_csv_and_json_without_an_answer(laptop: Laptop, tmp_path: Path) -> None:
    table = _run(laptop, "audit")
    assert table.returncode == 0
    assert [line.split(",")[6] for line in table.stdout.splitlines()] == [
        "kind",
        "dossier_opened",
        *["answer_given"] * 2,
    ]
    assert _run(laptop, "audit", "--format", "json", "--to", str(tmp_path / "trail.json")).stdout == ""
    told = json.loads((tmp_path / "trail.json").read_text("utf-8"))
    assert len(told["events"]) == 3
    assert (tmp_path / "trail.json").stat().st_mode & 0o077 == 0
    assert CANARY not in table.stdout + json.dumps(told)


def test_the_key_of_a_laptop_goes_to_the_administrator_and_comes_back(laptop: Laptop, tmp_path: Path) -> None:
    shown = _run(laptop, "show-key", str(tmp_path / "laptop"))
    assert (shown.returncode, shown.stdout) == (0, f"{tmp_path / 'laptop'}\n")
    (tmp_path / "keys").write_bytes(keys_for(tmp_path / "laptop", ORGANISATION))

    taken = _run(laptop, "take-keys", str(tmp_path / "keys"))
    assert (taken.returncode, taken.stderr) == (0, "")
    assert taken.stdout.splitlines() == ["key          version 2", "still to do  0 keys, 0 cases"]
    assert "trust.document_damaged" in _run(laptop, "take-keys", str(tmp_path / "laptop")).stderr

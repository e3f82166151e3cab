"""`opmaat vault backup, restore, copy` as people run them; processes killed and files cut off in the middle."""

import json
import resource
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.records import TranslationFlagged, open_journal
from desktop.services.backups.backups import Backups
from desktop.vault.trust.organisation import create_organisation
from desktop.vault.vault import open_vault
from protocol.certificates import RECEPTION
from protocol.identifiers import DossierId, case_number
from tests import warm
from tests.unit.cli import killed_copies
from tests.unit.records.cases import CONTEXT, Laptop, new_laptop
from tests.unit.vault.people import PASSPHRASE, still_clock

CANARY = "kanarie-77aa"


@pytest.fixture
def laptop(tmp_path: Path) -> Laptop:
    """A closed vault below `tmp_path/vaults` with two people in it."""
    (tmp_path / "vaults").mkdir(mode=0o700)
    made = new_laptop(tmp_path / "vaults", create_organisation("AZC Haarlem", RECEPTION))
    for name in ("een", "twee"):
        dossier = made.journal.create_dossier(f"{CANARY} {name}", ("ti",), CONTEXT)
        for question in range(30):
            made.answer(dossier, f"/intake/v{question}", f"{CANARY} antwoord {question} " * 30)
    made.journal.close()
    made.vault.lock()
    return made


def _run(
    data: Path, *arguments: str, typed: str = PASSPHRASE, before: Callable[[], None] | None = None
) -> subprocess.CompletedProcess[str]:
    return warm.run("desktop", "--data", str(data), "vault", *arguments, typed=f"{typed}\n", before=before)


def _dossiers(root: Path) -> tuple[DossierId, ...]:
    (directory,) = [path for path in root.iterdir() if not path.name.startswith(".")]
    vault = open_vault(directory, PASSPHRASE)
    journal = open_journal(directory, vault, still_clock())
    found = tuple(each for each in journal.dossiers() if len(journal.view(each).answers) == 30)
    journal.close()
    vault.lock()
    return found


@pytest.mark.usefixtures("laptop")
def test_moving_to_a_new_laptop(tmp_path: Path) -> None:
    stick, new = tmp_path / "stick.opmaatbackup", tmp_path / "new laptop"
    made = _run(tmp_path, "backup", str(stick))
    assert (made.returncode, made.stderr) == (0, "")
    assert made.stdout == "2 cases, 62 rows, 62 of them open. Read back and proven.\n"
    restored = _run(new, "restore", str(stick))
    assert (restored.returncode, restored.stderr) == (0, "")
    assert restored.stdout.startswith("J. de Vries, AZC Haarlem, made ")
    assert "join again with a new invitation" in restored.stdout
    assert _run(new, "verify").returncode == 0
    assert _dossiers(new / "vaults") == _dossiers(tmp_path / "vaults")
    again = _run(new, "restore", str(stick))
    assert (again.returncode, again.stderr.split(":")[0]) == (1, "backup.vault_exists")
    assert CANARY not in made.stdout + restored.stdout + again.stderr


@pytest.mark.usefixtures("laptop")
def test_a_wrong_passphrase_leaves_the_new_laptop_empty(tmp_path: Path) -> None:
    stick, new = tmp_path / "stick", tmp_path / "new"
    _run(tmp_path, "backup", str(stick))
    refused = _run(new, "restore", str(stick), typed="niet deze zin")
    assert (refused.returncode, refused.stderr.split(":")[0]) == (1, "backup.wrong_passphrase")
    assert list((new / "vaults").iterdir()) == []


@pytest.mark.usefixtures("laptop")
def test_a_copy_for_the_person_says_that_it_is_not_sealed(tmp_path: Path) -> None:
    number = case_number(_dossiers(tmp_path / "vaults")[0])
    made = _run(tmp_path, "copy", number, "--to", str(tmp_path))
    assert made.returncode == 0, made.stderr
    assert made.stdout.splitlines() == [str(tmp_path / f"mijn-gegevens-{number}{end}") for end in (".pdf", ".json")]
    assert "not sealed" in made.stderr
    assert json.loads((tmp_path / f"mijn-gegevens-{number}.json").read_bytes())["case"] == number
    unknown = _run(tmp_path, "copy", "OP-0000-0000")
    assert (unknown.returncode, unknown.stderr.split(":")[0]) == (1, "records.dossier_unknown")


def _no_room() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))


@pytest.mark.usefixtures("laptop")
def test_a_disk_that_takes_no_more_leaves_the_older_backup_and_the_vault(tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    _run(tmp_path, "backup", str(stick))
    older = stick.read_bytes()
    assert len(older) > 40_000
    full = _run(tmp_path, "backup", str(stick), before=_no_room)
    assert full.returncode == 1
    assert full.stderr.split(".")[0] in {"files", "records"}
    assert stick.read_bytes() == older
    assert _run(tmp_path, "backup", str(stick)).returncode == 0
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []
    assert len(_dossiers(tmp_path / "vaults")) == 2


@pytest.mark.usefixtures("laptop")
def test_a_new_laptop_without_room_gets_no_half_vault(tmp_path: Path) -> None:
    stick, new = tmp_path / "stick", tmp_path / "new"
    _run(tmp_path, "backup", str(stick))
    full = _run(new, "restore", str(stick), before=_no_room)
    assert full.returncode == 1
    assert full.stderr.split(".")[0] in {"files", "records"}
    assert list((new / "vaults").iterdir()) == []
    assert _run(new, "restore", str(stick)).returncode == 0


def _killed(where: str, directory: Path, stick: Path) -> None:
    done = warm.run(killed_copies.__name__, where, str(directory), str(stick), PASSPHRASE)
    assert done.returncode == -signal.SIGKILL


@pytest.mark.parametrize("where", killed_copies.BACKUP_STEPS)
def test_a_backup_killed_half_way_leaves_the_older_one_and_the_next_is_made(
    laptop: Laptop, tmp_path: Path, where: str
) -> None:
    stick = tmp_path / "stick"
    _run(tmp_path, "backup", str(stick))
    older = stick.read_bytes()
    _killed(where, laptop.vault.directory, stick)
    assert stick.read_bytes() == older
    assert len(_dossiers(tmp_path / "vaults")) == 2
    assert _run(tmp_path, "backup", str(stick)).returncode == 0
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []
    vault = open_vault(laptop.vault.directory, PASSPHRASE)
    journal = open_journal(vault.directory, vault, still_clock())
    Backups(journal, vault, still_clock()).settle()
    journal.close()
    vault.lock()
    assert list(laptop.vault.directory.glob("backup-work*")) == []


@pytest.mark.usefixtures("laptop")
@pytest.mark.parametrize("where", killed_copies.RESTORE_STEPS)
def test_a_restore_killed_half_way_leaves_no_vault_and_the_next_succeeds(tmp_path: Path, where: str) -> None:
    stick, new = tmp_path / "stick", tmp_path / "new"
    _run(tmp_path, "backup", str(stick))
    (new / "vaults").mkdir(mode=0o700, parents=True)
    new.chmod(0o700)
    _killed(where, new / "vaults", stick)
    refused = _run(new, "verify")
    assert refused.stderr.split(":")[0] == "vault.none_here"
    restored = _run(new, "restore", str(stick))
    assert restored.returncode == 0, restored.stderr
    assert [path.name for path in (new / "vaults").iterdir() if path.name.startswith(".")] == []
    assert len(_dossiers(new / "vaults")) == 2


def test_remarks_on_translations_are_written_without_names(laptop: Laptop, tmp_path: Path) -> None:
    none = _run(tmp_path, "remarks", "--to", str(tmp_path))
    assert (none.returncode, none.stdout) == (0, "")
    vault = open_vault(laptop.vault.directory, PASSPHRASE)
    journal = open_journal(vault.directory, vault, still_clock())
    flag = TranslationFlagged("/intake/v1", "ti", f"{CANARY} is too formal")
    journal.append(journal.dossiers()[0], flag, CONTEXT)
    journal.close()
    vault.lock()
    path = tmp_path / "opmaat-vertaling-ti.po"
    assert _run(tmp_path, "remarks", "--to", str(tmp_path)).stdout == f"{path}\n"
    assert "is too formal" in path.read_text("utf-8")
    assert "77aa" not in path.read_text("utf-8")

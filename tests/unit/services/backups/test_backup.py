"""Backups: sealed, proven by opening them, restored as another device; broken, cut off, cancelled, no room."""

import json
import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.records import HEALTH, open_journal
from desktop.records.maintenance.copies import APART, LEFT_OUT
from desktop.records.store.database import FILE_NAME
from desktop.services.backups.backup_file import Cancelled, look, prove, restore
from desktop.services.backups.backups import Backups
from desktop.services.backups.restoring import RestoreService
from desktop.vault.backup_restoring import former_devices, is_certified, unlock_with_passphrase, unlock_with_recovery
from desktop.vault.crypto.chunk_stream import CHUNK
from desktop.vault.file.backup_container import BackupHeader
from desktop.vault.file.slots import SlotKind
from desktop.vault.trust.escrow import EscrowRequest, answer_request
from desktop.vault.trust.organisation import create_organisation
from desktop.vault.vault import Vault, open_vault
from protocol.errors import OpmaatError, UserError
from protocol.identifiers import DossierId
from tests.unit.records.cases import CONTEXT, Laptop, new_laptop
from tests.unit.services.backup_parts import ignore_progress, make_private
from tests.unit.vault.people import CHEAP, PASSPHRASE, new_vault, still_clock

ROOT = create_organisation("AZC", "reception")


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Laptop]:
    made = new_laptop(tmp_path / "vaults", ROOT)
    yield made
    made.journal.close()
    made.vault.lock()


def _fill(laptop: Laptop, people: int = 3, answers: int = 12) -> list[DossierId]:
    found = []
    for number in range(people):
        dossier = laptop.journal.create_dossier(f"Canary Name {number}", ("ti", "nl"), CONTEXT)
        for question in range(answers):
            laptop.answer(dossier, f"/intake/q{question}", f"canary answer {question} " * 20)
        laptop.answer(dossier, "/intake/health", "canary health", HEALTH)
        found.append(dossier)
    return found


def _made(laptop: Laptop, path: Path) -> Backups:
    backups = Backups(laptop.journal, laptop.vault, laptop.clock)
    backups.make(path, ignore_progress, Cancelled())
    return backups


def _restored(path: Path, root: Path) -> Vault:
    root.mkdir(mode=0o700, exist_ok=True)

    def unlock(header: BackupHeader) -> bytes:
        return unlock_with_passphrase(header, PASSPHRASE)

    return restore(path, root, unlock, SlotKind.PASSPHRASE, still_clock())


def test_a_backup_is_proven_private_and_shows_nothing(laptop: Laptop, tmp_path: Path) -> None:
    _fill(laptop)
    path = tmp_path / "stick.opmaatbackup"
    state = _made(laptop, path).state()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert b"anary" not in path.read_bytes()
    assert (state.backups[0].path, state.backups[0].reachable, state.overdue) == (path, True, False)
    assert [each.name for each in laptop.vault.directory.iterdir() if "backup" in each.name] == []
    assert [each.name for each in tmp_path.iterdir() if each.name.endswith(".part")] == []


def test_the_app_goes_on_writing_while_a_backup_is_made(laptop: Laptop, tmp_path: Path) -> None:
    (first, *_) = _fill(laptop)
    backups = Backups(laptop.journal, laptop.vault, laptop.clock)
    prepared = backups.prepare(tmp_path / "stick")
    laptop.answer(first, "/intake/during", "written meanwhile")
    integrity_summary = backups.write(prepared, ignore_progress, Cancelled())
    backups.keep(prepared)
    laptop.answer(first, "/intake/after", "written afterwards")
    assert integrity_summary.events == 3 * 14
    assert len(laptop.journal.view(first).answers) == 15


def test_everything_comes_back_on_another_laptop(laptop: Laptop, tmp_path: Path) -> None:
    dossiers = _fill(laptop)
    _made(laptop, tmp_path / "stick")
    vault = _restored(tmp_path / "stick", tmp_path / "new laptop")
    journal = open_journal(vault.directory, vault, still_clock())
    assert journal.dossiers() == laptop.journal.dossiers()
    for dossier in dossiers:
        assert journal.view(dossier) == laptop.journal.view(dossier)
        assert journal.quarantined(dossier) == ()
    assert vault.get("backups") is not None
    journal.close()
    vault.lock()


def test_the_recovery_key_opens_a_backup_too(tmp_path: Path) -> None:
    vault, words = new_vault(tmp_path / "vaults")
    journal = open_journal(vault.directory, vault, still_clock())
    dossier = journal.create_dossier("Canary", ("ti",), CONTEXT)
    written = journal.view(dossier)
    Backups(journal, vault, still_clock()).make(tmp_path / "stick", ignore_progress, Cancelled())
    journal.close()
    vault.lock()
    (tmp_path / "new").mkdir(mode=0o700)
    back = restore(
        tmp_path / "stick",
        tmp_path / "new",
        lambda header: unlock_with_recovery(header, words),
        SlotKind.RECOVERY,
        still_clock(),
        "een heel nieuwe wachtzin",
    )
    copy = open_journal(back.directory, back, still_clock())
    assert copy.dossiers() == (dossier,)
    assert (copy.view(dossier), copy.view(dossier).name) == (written, "Canary")
    copy.close()
    back.lock()
    open_vault(back.directory, "een heel nieuwe wachtzin", still_clock()).lock()


def test_a_wrong_passphrase_or_sheet_is_told_and_leaves_nothing(laptop: Laptop, tmp_path: Path) -> None:
    _fill(laptop, 1)
    _made(laptop, tmp_path / "stick")
    header = look(tmp_path / "stick")
    _vault, words = new_vault(tmp_path / "other")
    with pytest.raises(UserError) as error:
        unlock_with_passphrase(header, "not this one at all")
    assert error.value.code == "backup.wrong_passphrase"
    with pytest.raises(UserError) as error:
        unlock_with_recovery(header, words)
    assert error.value.code == "backup.wrong_recovery_key"
    with pytest.raises(UserError) as error:
        unlock_with_recovery(header, words[:3])
    assert error.value.code == "vault.recovery_incomplete"
    _vault.lock()


def test_a_restored_copy_is_another_device_and_forks_nothing(laptop: Laptop, tmp_path: Path) -> None:
    (dossier,) = _fill(laptop, 1)
    laptop.journal.outbox.acknowledge(5)
    _made(laptop, tmp_path / "stick")
    before = laptop.rows()
    vault = _restored(tmp_path / "stick", tmp_path / "new")
    journal = open_journal(vault.directory, vault, still_clock())
    assert vault.device.id != laptop.vault.device.id
    assert not is_certified(vault)
    assert [device.id for device, _ in former_devices(vault)] == [laptop.vault.device.id]
    assert (journal.outbox.acknowledged(), journal.outbox.acknowledged_of(laptop.vault.device.id)) == (0, 5)
    new = Laptop(vault, journal, still_clock())
    new.answer(dossier, "/intake/q0", "on the restored copy")
    laptop.answer(dossier, "/intake/q0", "on the old laptop, which is alive")
    laptop.journal.accept_rows(new.rows())
    journal.accept_rows(laptop.rows())
    assert laptop.journal.quarantined(dossier) == journal.quarantined(dossier) == ()
    assert laptop.journal.view(dossier).conflicts() == journal.view(dossier).conflicts() == ("/intake/q0",)
    assert laptop.rows()[: len(before)] == before
    journal.close()
    vault.lock()


def test_what_a_restored_copy_may_not_sign_is_refused_with_a_next_step(laptop: Laptop, tmp_path: Path) -> None:
    (dossier,) = _fill(laptop, 1)
    _made(laptop, tmp_path / "stick")
    vault = _restored(tmp_path / "stick", tmp_path / "new")
    journal = open_journal(vault.directory, vault, still_clock())
    made = journal.create_dossier("Canary", ("ti",), CONTEXT)
    assert journal.view(made).name == "Canary"
    with pytest.raises(UserError) as error:
        journal.keys.export_wraps(dossier, [ROOT.card])
    assert error.value.code == "vault.not_certified"
    journal.close()
    vault.lock()


def test_a_vault_that_is_here_is_never_overwritten(laptop: Laptop, tmp_path: Path) -> None:
    _fill(laptop, 1)
    _made(laptop, tmp_path / "stick")
    before = (laptop.vault.directory / "vault.opv").read_bytes()
    with pytest.raises(UserError) as error:
        _restored(tmp_path / "stick", tmp_path / "vaults")
    assert error.value.code == "backup.vault_exists"
    assert (laptop.vault.directory / "vault.opv").read_bytes() == before


def test_a_backup_inside_its_own_folder_is_refused(laptop: Laptop) -> None:
    with pytest.raises(UserError) as error:
        _made(laptop, laptop.vault.directory / "copy")
    assert error.value.code == "backup.inside"


def test_cutting_off_swapping_and_changing_are_all_noticed(laptop: Laptop, tmp_path: Path) -> None:
    _fill(laptop, 3, 60)
    path = tmp_path / "stick"
    _made(laptop, path)
    whole = path.read_bytes()
    step = CHUNK + 16
    tail = len(whole) - step
    assert tail > 2 * step
    swapped = whole[: tail - step] + whole[tail:] + whole[tail - step : tail]
    broken = {
        "empty": b"",
        "magic": b"X" + whole[1:],
        "newer": whole[:9] + b"\x09" + whole[10:],
        "cut in the front": whole[:300],
        "cut between chunks": whole[: len(whole) - (len(whole) - tail)],
        "cut in a chunk": whole[:-100],
        "last byte": whole[:-1] + bytes((whole[-1] ^ 1,)),
        "longer": whole + b"\0",
        "swapped": swapped,
        "middle": whole[: len(whole) // 2] + bytes((whole[len(whole) // 2] ^ 1,)) + whole[len(whole) // 2 + 1 :],
    }
    for name, data in broken.items():
        path.write_bytes(data)
        with pytest.raises(UserError) as error:
            prove(path, laptop.vault, tmp_path / "work")
        assert error.value.code == ("backup.newer_version" if name == "newer" else "backup.damaged"), name
        with pytest.raises(UserError):
            _restored(path, tmp_path / "new")
        assert list((tmp_path / "new").iterdir()) == [], name


def test_chunks_of_two_backups_do_not_mix(laptop: Laptop, tmp_path: Path) -> None:
    _fill(laptop, 3, 60)
    _made(laptop, tmp_path / "one")
    _made(laptop, tmp_path / "two")
    one, two = (tmp_path / "one").read_bytes(), (tmp_path / "two").read_bytes()
    size = min(len(one), len(two)) // 2
    (tmp_path / "one").write_bytes(one[:size] + two[size:])
    with pytest.raises(UserError) as error:
        prove(tmp_path / "one", laptop.vault, tmp_path / "work")
    assert error.value.code == "backup.damaged"


def test_stopping_leaves_the_older_backup(laptop: Laptop, tmp_path: Path) -> None:
    _fill(laptop)
    path = tmp_path / "stick"
    backups = _made(laptop, path)
    older = path.read_bytes()
    stop = Cancelled()

    def stop_half_way(done: int, total: int) -> None:
        stop.wanted = done > total // 4

    with pytest.raises(UserError) as error:
        backups.make(path, stop_half_way, stop)
    assert error.value.code == "backup.cancelled"
    assert path.read_bytes() == older
    assert [each.id for each in backups.state().backups] == [look(path).metadata.backup]


def test_a_place_that_cannot_be_written_is_told(laptop: Laptop, tmp_path: Path) -> None:
    _fill(laptop, 1)
    with pytest.raises(OpmaatError) as error:
        _made(laptop, tmp_path / "no such folder" / "stick")
    assert error.value.code == "files.not_found"
    assert Backups(laptop.journal, laptop.vault, laptop.clock).state().backups == ()


def test_the_reminder_comes_after_a_week_and_can_be_put_off(laptop: Laptop, tmp_path: Path) -> None:
    backups = Backups(laptop.journal, laptop.vault, laptop.clock)
    laptop.clock.moment += timedelta(days=8)
    assert not backups.state().overdue, "nothing is in this vault"
    _fill(laptop, 1)
    assert backups.state().overdue
    assert not backups.remind_after(0).overdue
    assert backups.remind_after(7).overdue
    backups.make(tmp_path / "stick", ignore_progress, Cancelled())
    assert not backups.state().overdue
    laptop.clock.moment += timedelta(days=7)
    assert backups.state().overdue


def test_every_table_is_known_to_travel_with_or_without_what_opens_it(laptop: Laptop) -> None:
    nothing_opens = {
        "_sqlite_migrations",
        "blobs",
        "chains",
        "cursors",
        "erasures",
        "events",
        "held",
        "held_contents",
        "pieces",
        "quarantine",
        "segments",
        "sqlite_sequence",
        "statements",
        "writers",
    }
    assert set(laptop.journal._store.tables()) <= {*APART, *nothing_opens, *LEFT_OUT}


def test_the_copy_beside_the_journal_holds_no_key(laptop: Laptop, tmp_path: Path) -> None:
    _fill(laptop, 1)
    backups = Backups(laptop.journal, laptop.vault, laptop.clock)
    prepared = backups.prepare(tmp_path / "stick")
    assert (prepared.work / FILE_NAME).is_file()
    backups.write(prepared, ignore_progress, Cancelled())
    assert not prepared.work.exists()
    assert json.loads(look(tmp_path / "stick").metadata.to_bytes())["person"] == "J. de Vries"


def test_what_was_half_typed_does_not_go_along(laptop: Laptop, tmp_path: Path) -> None:
    _fill(laptop, 1)
    laptop.vault.put("draft", {"texts": {"note": "canary half typed"}})
    _made(laptop, tmp_path / "stick")
    vault = _restored(tmp_path / "stick", tmp_path / "new")
    assert vault.get("draft") is None
    assert laptop.vault.get("draft") is not None
    vault.lock()


def test_locking_the_vault_stops_a_backup_and_leaves_the_older_one(tmp_path: Path) -> None:
    laptop = new_laptop(tmp_path / "vaults", ROOT)
    _fill(laptop)
    path = tmp_path / "stick"
    backups = _made(laptop, path)
    older = path.read_bytes()
    prepared = backups.prepare(path)
    laptop.journal.close()

    def lock(_done: int, _total: int) -> None:
        laptop.vault.lock()

    with pytest.raises(UserError) as error:
        backups.write(prepared, lock, Cancelled())
    assert error.value.code == "vault.locked"
    assert path.read_bytes() == older
    assert not prepared.work.exists()


def test_the_organisation_helps_with_a_backup_too(laptop: Laptop, tmp_path: Path) -> None:
    _fill(laptop, 1)
    path, request, answer = (tmp_path / name for name in ("stick", "request", "answer"))
    _made(laptop, path)
    restoring = RestoreService(make_private(tmp_path / "new"), still_clock())
    fingerprint = restoring.save_request(path, request)
    asked = EscrowRequest.from_bytes(request.read_bytes())
    assert (asked.person, asked.fingerprint) == ("J. de Vries", fingerprint)
    data, code = answer_request(asked, ROOT.card.id, ROOT.root, CHEAP)
    answer.write_bytes(data)
    with pytest.raises(UserError) as error:
        restoring.with_answer(path, answer, "0000-0000-0000", "een heel nieuwe wachtzin")
    assert error.value.code == "escrow.wrong_code"
    vault = restoring.with_answer(path, answer, code, "een heel nieuwe wachtzin")
    assert vault.person == "J. de Vries"
    vault.lock()

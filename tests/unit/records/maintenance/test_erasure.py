"""Erasing a dossier or a compartment: nothing left that opens, in file, log or older copy; crashes resume."""

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.records import CORE, HEALTH, Label, NewContent, open_journal
from desktop.records.dossiers.keyring import Keyring
from desktop.records.maintenance.erasure import mark_of
from desktop.records.store.database import FILE_NAME, Store, open_store
from desktop.vault import key_rotation as rotation
from desktop.vault.crypto.wrapping import WrapInfo
from desktop.vault.key_grants import receive
from desktop.vault.trust.organisation import create_organisation
from desktop.vault.vault import open_vault
from protocol.errors import EnvironmentProblem, UserError
from protocol.identifiers import DossierId
from tests import places
from tests.unit.records.cases import CONTEXT, Desk, desk_of, share
from tests.unit.records.maintenance import killed_erasure
from tests.unit.vault.people import PASSPHRASE

ROOT = create_organisation("AZC", "reception")
REASON = "azc_copy"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = desk_of(tmp_path / "vaults", ROOT)
    yield made
    made.journal.close()
    made.vault.lock()


def _dossier(desk: Desk, name: str) -> DossierId:
    dossier = desk.journal.create_dossier(name, ("ti",), CONTEXT)
    for question in range(20):
        desk.answer(dossier, f"/q{question}", f"{name} answers {question}")
    desk.answer(dossier, "/health", f"{name} is ill", HEALTH)
    return dossier


def _files(directory: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(directory.rglob("*")) if path.is_file())


def _opens_anything(directory: Path, desk: Desk, dossier: DossierId) -> bool:
    """Try every kept key and grant of `dossier` in the journal at `directory` with all keys that remain."""
    store = open_store(directory)
    try:
        keys = tuple(Keyring.load(desk.vault, dossier, store.keys(dossier)))
        return bool(keys) or any(_grant_opens(desk, store, dossier))
    finally:
        store.close()


def _grant_opens(desk: Desk, store: Store, dossier: DossierId) -> Iterator[bool]:
    own = desk.vault.belonging.card
    for wrap in store.wraps(0, 1000):
        if wrap.dossier != dossier:
            continue
        info = WrapInfo(dossier, wrap.compartment, wrap.epoch, wrap.recipient)
        for blob in (wrap.blob, _opened(desk, dossier, wrap.blob)):
            try:
                receive(desk.vault, info, blob, {own.id: own.root})
            except UserError:
                continue
            yield True


def _opened(desk: Desk, dossier: DossierId, blob: bytes) -> bytes:
    try:
        return rotation.open_grant(desk.vault, b"grant\0" + bytes.fromhex(dossier), blob)
    except UserError:
        return b""


def test_nothing_of_an_erased_dossier_is_left_and_the_others_stay(desk: Desk) -> None:
    gone, stays = _dossier(desk, "Canary Gone"), _dossier(desk, "Canary Stays")
    sealed = [row.sealed for row in desk.rows() if row.dossier == gone]
    desk.journal.erase(gone, REASON, CONTEXT)
    everything = _files(desk.vault.directory)
    assert not any(each in everything for each in sealed)
    assert bytes.fromhex(gone) not in everything
    assert b"anary" not in everything
    assert desk.journal.dossiers() == (stays,)
    with pytest.raises(UserError) as error:
        desk.journal.view(gone)
    assert error.value.code == "records.dossier_unknown"
    desk.answer(stays, "/after", "still written")
    desk.reopen()
    assert desk.journal.view(stays).register("/after").entries[0].value == "still written"
    assert desk.journal.compartments(stays) == {CORE, HEALTH}


def test_an_older_copy_of_file_and_log_opens_nothing_any_more(desk: Desk, tmp_path: Path) -> None:
    gone, stays = _dossier(desk, "Canary Gone"), _dossier(desk, "Canary Stays")
    thief = tmp_path / "copied before"
    thief.mkdir(mode=0o700)
    for path in desk.vault.directory.glob(f"{FILE_NAME}*"):
        (thief / path.name).write_bytes(path.read_bytes())
    assert (thief / f"{FILE_NAME}-wal").stat().st_size > 0
    assert _opens_anything(thief, desk, gone), "the control: before the erasure the copy opens"
    desk.journal.erase(gone, REASON, CONTEXT)
    assert not _opens_anything(thief, desk, gone)
    assert not _opens_anything(thief, desk, stays), "only the copies are dead"
    assert desk.journal.view(stays).name == "Canary Stays"


def test_the_old_vault_file_is_overwritten_where_it_lay(desk: Desk) -> None:
    gone = _dossier(desk, "Canary Gone")
    path = desk.vault.directory / "vault.opv"
    with path.open("rb") as old:
        before = old.read()
        desk.journal.erase(gone, REASON, CONTEXT)
        old.seek(0)
        assert old.read() == bytes(len(before))
    assert path.read_bytes() != before


def test_the_tombstone_says_when_and_why_not_who(desk: Desk) -> None:
    gone = _dossier(desk, "Canary Gone")
    desk.journal.erase(gone, REASON, CONTEXT, backups=["ab" * 16])
    (stone,) = desk.journal.erasures.tombstones()
    assert (stone.reason, stone.moment, stone.backups) == (REASON, desk.clock.now(), ("ab" * 16,))
    assert stone.mark == mark_of(gone)
    desk.journal.erasures.struck_in("ab" * 16)
    assert desk.journal.erasures.tombstones()[0].backups == ()


def test_what_was_erased_does_not_come_back_from_the_feed(desk: Desk, tmp_path: Path) -> None:
    colleague = desk_of(tmp_path / "colleague", ROOT, "P. Bakker")
    gone = _dossier(colleague, "Canary Gone")
    share(colleague, desk)
    assert desk.journal.view(gone).name == "Canary Gone"
    desk.journal.erase(gone, REASON, CONTEXT)
    keys = desk.journal.keys.import_wraps(colleague.journal.outbox.wraps_waiting(1000))
    rows = desk.journal.accept_rows(colleague.rows())
    assert {code for _, code in keys.refused} == {"records.erased"}
    assert (rows.accepted, rows.quarantined) == (0, ())
    assert desk.journal.dossiers() == ()
    colleague.journal.close()
    colleague.vault.lock()


def test_a_compartment_goes_and_the_core_stays(desk: Desk) -> None:
    dossier = _dossier(desk, "Canary")
    desk.journal.erase(dossier, "health_key", CONTEXT, HEALTH)
    desk.reopen()
    view = desk.journal.view(dossier)
    assert desk.journal.compartments(dossier) == {CORE}
    assert (view.name, view.hidden, len(view.answers)) == ("Canary", {HEALTH: 1}, 20)
    assert (desk.vault.device.id, HEALTH) in view.dropped
    assert desk.journal.quarantined(dossier) == ()


def test_attachments_go_with_their_dossier(desk: Desk) -> None:
    gone, stays = _dossier(desk, "Canary Gone"), _dossier(desk, "Canary Stays")
    data = bytes(range(251)) * 2200
    for dossier in (gone, stays):
        attachments = desk.journal.attachments
        content = NewContent("image/jpeg", data, b"thumbnail")
        sealing = attachments.begin(dossier, CORE, Label("", "canary.jpg", "diploma"), content)
        while attachments.step(sealing):
            pass
        attachments.finish(sealing, CONTEXT)
    desk.reopen()
    before = desk.file.stat().st_size
    desk.journal.erase(gone, REASON, CONTEXT)
    desk.reopen()
    (kept,) = desk.journal.attachments.standing(stays)
    assert desk.journal.attachments.content(stays, kept) == data
    store = desk.journal._store
    assert store.run("select count(*) from pieces where dossier = ?", [bytes.fromhex(gone)]) == [(0,)]
    assert desk.file.stat().st_size < before - len(data) // 2


class _PowerCut(Exception):  # noqa: N818  # it is not an error, it is the end
    """The process ends here."""


def _cut_after(desk: Desk, monkeypatch: pytest.MonkeyPatch, calls: int) -> None:
    """Let every use of the store and of the vault file count, and end everything at number `calls`."""
    left = [calls]

    def counting(owner: type, name: str) -> None:
        original = getattr(owner, name)

        def counted(*arguments: object, **named: object) -> object:
            if left[0] == 0:
                raise _PowerCut
            left[0] -= 1
            return original(*arguments, **named)

        monkeypatch.setattr(owner, name, counted)

    counting(Store, "run")
    counting(Store, "add_key")
    counting(type(desk.vault), "put")


def test_a_crash_at_every_step_leaves_all_of_it_or_an_erasure_that_finishes(tmp_path: Path) -> None:
    outcomes = set()
    for calls in range(80):
        desk = desk_of(tmp_path / str(calls), ROOT)
        gone, stays = _dossier(desk, "Canary Gone"), _dossier(desk, "Canary Stays")
        with pytest.MonkeyPatch.context() as patch:
            _cut_after(desk, patch, calls)
            try:
                desk.journal.erase(gone, REASON, CONTEXT)
            except _PowerCut:
                finished = False
            else:
                finished = True
        desk.journal.close()
        desk.journal = open_journal(desk.vault.directory, desk.vault, desk.clock)
        assert desk.journal.view(stays).name == "Canary Stays", calls
        assert len(desk.journal.view(stays).answers) == 21, calls
        there = gone in desk.journal.dossiers()
        outcomes.add((there, finished))
        if there:
            assert desk.journal.view(gone).name == "Canary Gone", calls
            assert desk.journal.erasures.tombstones() == ()
        else:
            assert bytes.fromhex(gone) not in _files(desk.vault.directory), calls
            assert not rotation.is_under_way(desk.vault)
        desk.journal.close()
        desk.vault.lock()
        if finished:
            break
    assert outcomes == {(True, False), (False, False), (False, True)}


def test_a_full_disk_in_the_middle_is_told_and_finished_later(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = _dossier(desk, "Canary Gone")

    def full(_self: Store) -> None:
        raise EnvironmentProblem("records.disk_full")

    with monkeypatch.context() as patch:
        patch.setattr(Store, "rewrite", full)
        with pytest.raises(EnvironmentProblem):
            desk.journal.erase(gone, REASON, CONTEXT)
        desk.reopen()
        assert [stone.done for stone in desk.journal.erasures.tombstones()] == [False]
        assert desk.journal.create_dossier("Canary Meanwhile", ("ti",), CONTEXT) in desk.journal.dossiers()
    desk.reopen()
    assert [stone.done for stone in desk.journal.erasures.tombstones()] == [True]
    assert gone not in desk.journal.dossiers()
    assert bytes.fromhex(gone) not in _files(desk.vault.directory)


def test_a_journal_from_before_there_was_a_secret_can_be_erased_from(desk: Desk) -> None:
    desk.vault.put(rotation.NOTE, None)
    gone, stays = _dossier(desk, "Canary Gone"), _dossier(desk, "Canary Stays")
    desk.journal.erase(gone, REASON, CONTEXT)
    desk.reopen()
    assert desk.journal.view(stays).name == "Canary Stays"
    assert desk.vault.get(rotation.NOTE) is not None
    for wrap in desk.journal.outbox.wraps_waiting(100):
        assert wrap.blob.startswith(b"{")


def test_the_file_has_no_free_pages_after_an_erasure(desk: Desk) -> None:
    gone = _dossier(desk, "Canary Gone")
    desk.journal.erase(gone, REASON, CONTEXT)
    desk.journal.close()
    with sqlite3.connect(desk.file) as connection:
        assert connection.execute("pragma freelist_count").fetchone() == (0,)
    connection.close()
    desk.journal = open_journal(desk.vault.directory, desk.vault, desk.clock)


def test_killed_at_any_step_an_erasure_finishes_at_the_next_opening(tmp_path: Path) -> None:
    outcomes = set()
    for calls in range(0, 60, 4):
        desk = desk_of(tmp_path / str(calls), ROOT)
        gone, stays = _dossier(desk, "Canary Gone"), _dossier(desk, "Canary Stays")
        desk.journal.close()
        desk.vault.lock()
        done = subprocess.run(  # noqa: S603  # our own program, fixed arguments
            [sys.executable, "-m", killed_erasure.__name__, str(desk.vault.directory), gone, str(calls), PASSPHRASE],
            check=False,
            cwd=places.ROOT,
        )
        vault = open_vault(desk.vault.directory, PASSPHRASE)
        journal = open_journal(vault.directory, vault, desk.clock)
        assert len(journal.view(stays).answers) == 21, calls
        there = gone in journal.dossiers()
        outcomes.add((there, done.returncode))
        if not there:
            assert bytes.fromhex(gone) not in _files(vault.directory), calls
            assert not rotation.is_under_way(vault)
        journal.close()
        vault.lock()
        if done.returncode == 0:
            break
    assert outcomes == {(True, -signal.SIGKILL), (False, -signal.SIGKILL), (False, 0)}

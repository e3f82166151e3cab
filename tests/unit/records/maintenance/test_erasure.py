"""Erasing a dossier or a compartment: nothing left that opens, in file, log or older copy; crashes resume."""

import signal
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.records import CORE, HEALTH, Label, NewContent, open_journal
from desktop.records.dossiers.keyring import Keyring
from desktop.records.maintenance.erasure import hash_of
from desktop.records.maintenance.grants import damaged_grants
from desktop.records.store.database import FILE_NAME, Store, open_store
from desktop.vault import key_rotation as rotation
from desktop.vault.crypto.wrapping import WrapInfo
from desktop.vault.key_grants import receive
from desktop.vault.vault import Vault, open_vault
from protocol.errors import EnvironmentProblem, UserError
from protocol.identifiers import DossierId
from tests import warm
from tests.unit.records.cases import AZC, CONTEXT, Desk, desk_of, share
from tests.unit.records.maintenance import killed_erasure
from tests.unit.vault.people import PASSPHRASE

REASON = "azc_copy"


def _dossier(desk: Desk, name: str) -> DossierId:
    dossier = desk.new_dossier(name)
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
    assert stone.dossier_hash == hash_of(gone)
    desk.journal.erasures.confirm_erased_in("ab" * 16)
    assert desk.journal.erasures.tombstones()[0].backups == ()


def test_what_was_erased_does_not_come_back_from_the_feed(desk: Desk, tmp_path: Path) -> None:
    colleague = desk_of(tmp_path / "colleague", AZC, "P. Bakker")
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
        desk = desk_of(tmp_path / str(calls), AZC)
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


@pytest.mark.expects_log
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
        desk = desk_of(tmp_path / str(calls), AZC)
        gone, stays = _dossier(desk, "Canary Gone"), _dossier(desk, "Canary Stays")
        desk.journal.close()
        desk.vault.lock()
        done = warm.run(killed_erasure.__name__, str(desk.vault.directory), gone, str(calls), PASSPHRASE)
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


def _change_wraps(desk: Desk, statement: str, values: list[object]) -> None:
    desk.journal.close()
    with sqlite3.connect(desk.file) as raw:
        raw.execute(statement, values)
    raw.close()


def _flip(desk: Desk, position: int) -> None:
    """Change one bit of a row of `wraps`, while the journal is closed."""
    (sealed,) = desk.journal._store.run("select blob from wraps where id = ?", [position])[0]
    _change_wraps(
        desk, "update wraps set blob = ? where id = ?", [sealed[:20] + bytes([sealed[20] ^ 1]) + sealed[21:], position]
    )
    desk.journal = open_journal(desk.vault.directory, desk.vault, desk.clock)


def test_a_damaged_grant_stops_no_erasure_and_keeps_nobody_out(desk: Desk) -> None:
    gone, stays = _dossier(desk, "Canary Gone"), _dossier(desk, "Canary Stays")
    last = desk.journal.outbox.wraps_waiting(100)[-1].position
    desk.journal.outbox.acknowledge_wraps(last)
    _flip(desk, last)
    desk.journal.erase(gone, REASON, CONTEXT)
    for _ in range(2):
        desk.reopen()
        assert desk.journal.dossiers() == (stays,)
        assert desk.journal.view(stays).name == "Canary Stays"
        assert [stone.done for stone in desk.journal.erasures.tombstones()] == [True]
    assert not rotation.is_under_way(desk.vault)


def test_a_damaged_grant_is_named_and_made_again_when_it_is_sent(desk: Desk) -> None:
    dossier = _dossier(desk, "Canary")
    before = desk.journal.outbox.wraps_waiting(100)
    _flip(desk, before[-1].position)
    after = desk.journal.outbox.wraps_waiting(100)
    assert [(each.dossier, each.compartment, each.position) for each in after] == [
        (each.dossier, each.compartment, each.position) for each in before
    ]
    own = desk.vault.belonging.card
    info = WrapInfo(dossier, after[-1].compartment, after[-1].epoch, own.id)
    assert receive(desk.vault, info, after[-1].blob, {own.id: own.root})
    assert damaged_grants(desk.journal._store, desk.vault) == (before[-1].position,)


def test_damaged_grants_ahead_of_a_good_one_do_not_hide_it(desk: Desk) -> None:
    _dossier(desk, "Canary One"), _dossier(desk, "Canary Two")
    ahead, *_between, good = (each.position for each in desk.journal.outbox.wraps_waiting(100))
    for position in range(ahead, good):
        lost = "update wraps set recipient = zeroblob(16), blob = zeroblob(90) where id = ?"
        _change_wraps(desk, lost, [position])
        desk.journal = open_journal(desk.vault.directory, desk.vault, desk.clock)
    assert [each.position for each in desk.journal.outbox.wraps_waiting(1)] == [good]


@pytest.mark.parametrize(
    "column", ["blob = 'text'", "dossier = 'text'", "recipient = zeroblob(16), blob = zeroblob(90)"]
)
def test_a_row_of_grants_that_is_none_is_passed_over(desk: Desk, column: str) -> None:
    gone, stays = _dossier(desk, "Canary Gone"), _dossier(desk, "Canary Stays")
    position = desk.journal.outbox.wraps_waiting(100)[-1].position
    _change_wraps(desk, f"update wraps set {column} where id = ?", [position])  # noqa: S608  # from the list above
    desk.journal = open_journal(desk.vault.directory, desk.vault, desk.clock)
    desk.journal.erase(gone, REASON, CONTEXT)
    desk.reopen()
    assert desk.journal.dossiers() == (stays,)
    desk.journal.outbox.wraps_waiting(100)


@pytest.mark.expects_log
@pytest.mark.parametrize(
    "failure", [EnvironmentProblem("records.disk_full"), UserError("vault.seal_broken"), ValueError("a bug")], ids=str
)
def test_whatever_stops_an_erasure_once_a_later_start_completes_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    stays = _dossier(desk, "Canary Stays")
    steps = [(Store, "rewrite"), (Store, "wipe_log"), (Vault, "put"), (Store, "add_key")]
    for owner, name in steps:
        gone = _dossier(desk, f"Canary {name}")

        def fail(*_given: object) -> None:
            raise failure

        with monkeypatch.context() as patch:
            patch.setattr(owner, name, fail)
            with pytest.raises(type(failure)):
                desk.journal.erase(gone, REASON, CONTEXT)
            desk.reopen()
            assert desk.journal.view(stays).name == "Canary Stays"
            desk.answer(stays, f"/{name}", "still written")
        desk.reopen()
        assert desk.journal.dossiers() == (stays,)
        assert all(stone.done for stone in desk.journal.erasures.tombstones())
        assert bytes.fromhex(gone) not in _files(desk.vault.directory)
    assert len(desk.journal.view(stays).answers) == 21 + len(steps)


def test_an_erasure_that_failed_leaves_the_dossier_to_be_written_on(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The event that says a key was dropped is on disk by then: the next answer follows it."""
    dossier = _dossier(desk, "Canary")

    def full(_self: Store) -> None:
        raise EnvironmentProblem("records.disk_full")

    with monkeypatch.context() as patch:
        patch.setattr(Store, "rewrite", full)
        with pytest.raises(EnvironmentProblem):
            desk.journal.erase(dossier, "health_key", CONTEXT, HEALTH)
        desk.answer(dossier, "/after", "written")
    desk.reopen()
    assert desk.journal.view(dossier).answers["/after"][0].text == "written"
    assert desk.journal.quarantined(dossier) == ()
    assert desk.journal.compartments(dossier) == {CORE}

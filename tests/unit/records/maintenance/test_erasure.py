"""Erasing a dossier or a compartment: nothing left that opens, in file, log or older copy; crashes resume."""

import signal
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.records import CORE, HEALTH, AttachmentLabel, NewContent, open_journal
from desktop.records.dossiers.keyring import Keyring
from desktop.records.maintenance.erasure import hash_of
from desktop.records.maintenance.grants import damaged_grants
from desktop.records.store.database import FILE_NAME, Store, open_store
from desktop.vault import key_rotation as rotation
from desktop.vault.crypto.wrapping import WrapInfo
from desktop.vault.key_grants import KeyReceiver
from desktop.vault.vault import Vault, open_vault
from protocol.errors import EnvironmentProblem, UserError
from protocol.identifiers import DossierId
from tests import warm
from tests.unit.records.cases import AZC, CONTEXT, Laptop, new_laptop, share
from tests.unit.records.maintenance import killed_erasure
from tests.unit.vault.people import PASSPHRASE

REASON = "azc_copy"


def _dossier(laptop: Laptop, name: str) -> DossierId:
    dossier = laptop.new_dossier(name)
    for question in range(20):
        laptop.answer(dossier, f"/q{question}", f"{name} answers {question}")
    laptop.answer(dossier, "/health", f"{name} is ill", HEALTH)
    return dossier


def _files(directory: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(directory.rglob("*")) if path.is_file())


def _opens_anything(directory: Path, laptop: Laptop, dossier: DossierId) -> bool:
    """Try every kept key and grant of `dossier` in the journal at `directory` with all keys that remain."""
    store = open_store(directory)
    try:
        keys = tuple(Keyring.load(laptop.vault, dossier, store.keys(dossier)))
        return bool(keys) or any(_grant_opens(laptop, store, dossier))
    finally:
        store.close()


def _grant_opens(laptop: Laptop, store: Store, dossier: DossierId) -> Iterator[bool]:
    own = laptop.vault.membership.card
    for wrap in store.wraps(0, 1000):
        if wrap.dossier != dossier:
            continue
        info = WrapInfo(dossier, wrap.compartment, wrap.epoch, wrap.recipient)
        for blob in (wrap.blob, _opened(laptop, dossier, wrap.blob)):
            try:
                KeyReceiver(laptop.vault, {own.id: own.root}).receive(info, blob)
            except UserError:
                continue
            yield True


def _opened(laptop: Laptop, dossier: DossierId, blob: bytes) -> bytes:
    try:
        return rotation.open_grant(laptop.vault, b"grant\0" + bytes.fromhex(dossier), blob)
    except UserError:
        return b""


def test_nothing_that_was_remembered_of_the_dossier_keeps_its_number(laptop: Laptop) -> None:
    dossier, other = _dossier(laptop, "Zebediah"), _dossier(laptop, "Selam")
    for each in (dossier, other):
        laptop.journal.outbox.keep_cursor(f"messages.read/{each}", "3")
    laptop.journal.erase(dossier, REASON, CONTEXT, compartment=HEALTH)
    assert laptop.journal.outbox.cursor(f"messages.read/{dossier}") == "3"
    laptop.journal.erase(dossier, REASON, CONTEXT)
    assert laptop.journal.outbox.cursor(f"messages.read/{dossier}") is None
    assert laptop.journal.outbox.cursor(f"messages.read/{other}") == "3"
    laptop.journal.close()
    assert dossier.encode() not in _files(laptop.vault.directory)
    assert other.encode() in _files(laptop.vault.directory)


def test_nothing_of_an_erased_dossier_is_left_and_the_others_stay(laptop: Laptop) -> None:
    gone, stays = _dossier(laptop, "Canary Gone"), _dossier(laptop, "Canary Stays")
    sealed = [row.sealed for row in laptop.rows() if row.dossier == gone]
    laptop.journal.erase(gone, REASON, CONTEXT)
    everything = _files(laptop.vault.directory)
    assert not any(each in everything for each in sealed)
    assert bytes.fromhex(gone) not in everything
    assert b"anary" not in everything
    assert laptop.journal.dossiers() == (stays,)
    with pytest.raises(UserError) as error:
        laptop.journal.view(gone)
    assert error.value.code == "records.dossier_unknown"
    laptop.answer(stays, "/after", "still written")
    laptop.reopen()
    assert laptop.journal.view(stays).register("/after").entries[0].value == "still written"
    assert laptop.journal.compartments(stays) == {CORE, HEALTH}


def test_an_older_copy_of_file_and_log_opens_nothing_any_more(laptop: Laptop, tmp_path: Path) -> None:
    gone, stays = _dossier(laptop, "Canary Gone"), _dossier(laptop, "Canary Stays")
    thief = tmp_path / "copied before"
    thief.mkdir(mode=0o700)
    for path in laptop.vault.directory.glob(f"{FILE_NAME}*"):
        (thief / path.name).write_bytes(path.read_bytes())
    assert (thief / f"{FILE_NAME}-wal").stat().st_size > 0
    assert _opens_anything(thief, laptop, gone), "the control: before the erasure the copy opens"
    laptop.journal.erase(gone, REASON, CONTEXT)
    assert not _opens_anything(thief, laptop, gone)
    assert not _opens_anything(thief, laptop, stays), "only the copies are dead"
    assert laptop.journal.view(stays).name == "Canary Stays"


def test_the_old_vault_file_is_overwritten_where_it_lay(laptop: Laptop) -> None:
    gone = _dossier(laptop, "Canary Gone")
    path = laptop.vault.directory / "vault.opv"
    with path.open("rb") as old:
        before = old.read()
        laptop.journal.erase(gone, REASON, CONTEXT)
        old.seek(0)
        assert old.read() == bytes(len(before))
    assert path.read_bytes() != before


def test_the_tombstone_says_when_and_why_not_who(laptop: Laptop) -> None:
    gone = _dossier(laptop, "Canary Gone")
    laptop.journal.erase(gone, REASON, CONTEXT, backups=["ab" * 16])
    (stone,) = laptop.journal.erasures.tombstones()
    assert (stone.reason, stone.moment, stone.backups) == (REASON, laptop.clock.now(), ("ab" * 16,))
    assert stone.dossier_hash == hash_of(gone)
    laptop.journal.erasures.confirm_erased_in("ab" * 16)
    assert laptop.journal.erasures.tombstones()[0].backups == ()


def test_what_was_erased_does_not_come_back_from_the_feed(laptop: Laptop, tmp_path: Path) -> None:
    colleague = new_laptop(tmp_path / "colleague", AZC, "P. Bakker")
    gone = _dossier(colleague, "Canary Gone")
    share(colleague, laptop)
    assert laptop.journal.view(gone).name == "Canary Gone"
    laptop.journal.erase(gone, REASON, CONTEXT)
    keys = laptop.journal.keys.import_wraps(colleague.journal.outbox.wraps_waiting(1000))
    rows = laptop.journal.accept_rows(colleague.rows())
    assert {code for _, code in keys.refused} == {"records.erased"}
    assert (rows.accepted, rows.quarantined) == (0, ())
    assert laptop.journal.dossiers() == ()
    colleague.journal.close()
    colleague.vault.lock()


def test_a_compartment_goes_and_the_core_stays(laptop: Laptop) -> None:
    dossier = _dossier(laptop, "Canary")
    laptop.journal.erase(dossier, "health_key", CONTEXT, HEALTH)
    laptop.reopen()
    view = laptop.journal.view(dossier)
    assert laptop.journal.compartments(dossier) == {CORE}
    assert (view.name, view.hidden, len(view.answers)) == ("Canary", {HEALTH: 1}, 20)
    assert (laptop.vault.device.id, HEALTH) in view.dropped
    assert laptop.journal.quarantined(dossier) == ()


def test_attachments_go_with_their_dossier(laptop: Laptop) -> None:
    gone, stays = _dossier(laptop, "Canary Gone"), _dossier(laptop, "Canary Stays")
    data = bytes(range(251)) * 2200
    for dossier in (gone, stays):
        attachments = laptop.journal.attachments
        content = NewContent("image/jpeg", data, b"thumbnail")
        sealing = attachments.begin(dossier, CORE, AttachmentLabel("", "canary.jpg", "diploma"), content)
        while attachments.step(sealing):
            pass
        attachments.finish(sealing, CONTEXT)
    laptop.reopen()
    before = laptop.file.stat().st_size
    laptop.journal.erase(gone, REASON, CONTEXT)
    laptop.reopen()
    (kept,) = laptop.journal.attachments.standing(stays)
    assert laptop.journal.attachments.content(stays, kept) == data
    store = laptop.journal._store
    assert store.run("select count(*) from pieces where dossier = ?", [bytes.fromhex(gone)]) == [(0,)]
    assert laptop.file.stat().st_size < before - len(data) // 2


class _PowerCut(Exception):  # noqa: N818  # it is not an error, it is the end
    """The process ends here."""


def _cut_after(laptop: Laptop, monkeypatch: pytest.MonkeyPatch, calls: int) -> None:
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
    counting(type(laptop.vault), "put")


def test_a_crash_at_every_step_leaves_all_of_it_or_an_erasure_that_finishes(tmp_path: Path) -> None:
    outcomes = set()
    for calls in range(80):
        laptop = new_laptop(tmp_path / str(calls), AZC)
        gone, stays = _dossier(laptop, "Canary Gone"), _dossier(laptop, "Canary Stays")
        with pytest.MonkeyPatch.context() as patch:
            _cut_after(laptop, patch, calls)
            try:
                laptop.journal.erase(gone, REASON, CONTEXT)
            except _PowerCut:
                finished = False
            else:
                finished = True
        laptop.journal.close()
        laptop.journal = open_journal(laptop.vault.directory, laptop.vault, laptop.clock)
        assert laptop.journal.view(stays).name == "Canary Stays", calls
        assert len(laptop.journal.view(stays).answers) == 21, calls
        there = gone in laptop.journal.dossiers()
        outcomes.add((there, finished))
        if there:
            assert laptop.journal.view(gone).name == "Canary Gone", calls
            assert laptop.journal.erasures.tombstones() == ()
        else:
            assert bytes.fromhex(gone) not in _files(laptop.vault.directory), calls
            assert not rotation.is_under_way(laptop.vault)
        laptop.journal.close()
        laptop.vault.lock()
        if finished:
            break
    assert outcomes == {(True, False), (False, False), (False, True)}


@pytest.mark.expects_log
def test_a_full_disk_in_the_middle_is_told_and_finished_later(laptop: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = _dossier(laptop, "Canary Gone")

    def full(_self: Store) -> None:
        raise EnvironmentProblem("records.disk_full")

    with monkeypatch.context() as patch:
        patch.setattr(Store, "rewrite", full)
        with pytest.raises(EnvironmentProblem):
            laptop.journal.erase(gone, REASON, CONTEXT)
        laptop.reopen()
        assert [stone.done for stone in laptop.journal.erasures.tombstones()] == [False]
        assert laptop.journal.create_dossier("Canary Meanwhile", ("ti",), CONTEXT) in laptop.journal.dossiers()
    laptop.reopen()
    assert [stone.done for stone in laptop.journal.erasures.tombstones()] == [True]
    assert gone not in laptop.journal.dossiers()
    assert bytes.fromhex(gone) not in _files(laptop.vault.directory)


def test_a_journal_from_before_there_was_a_secret_can_be_erased_from(laptop: Laptop) -> None:
    laptop.vault.put(rotation.NOTE, None)
    gone, stays = _dossier(laptop, "Canary Gone"), _dossier(laptop, "Canary Stays")
    laptop.journal.erase(gone, REASON, CONTEXT)
    laptop.reopen()
    assert laptop.journal.view(stays).name == "Canary Stays"
    assert laptop.vault.get(rotation.NOTE) is not None
    for wrap in laptop.journal.outbox.wraps_waiting(100):
        assert wrap.blob.startswith(b"{")


def test_the_file_has_no_free_pages_after_an_erasure(laptop: Laptop) -> None:
    gone = _dossier(laptop, "Canary Gone")
    laptop.journal.erase(gone, REASON, CONTEXT)
    laptop.journal.close()
    with sqlite3.connect(laptop.file) as connection:
        assert connection.execute("pragma freelist_count").fetchone() == (0,)
    connection.close()
    laptop.journal = open_journal(laptop.vault.directory, laptop.vault, laptop.clock)


def test_killed_at_any_step_an_erasure_finishes_at_the_next_opening(tmp_path: Path) -> None:
    outcomes = set()
    for calls in range(0, 60, 4):
        laptop = new_laptop(tmp_path / str(calls), AZC)
        gone, stays = _dossier(laptop, "Canary Gone"), _dossier(laptop, "Canary Stays")
        laptop.journal.close()
        laptop.vault.lock()
        done = warm.run(killed_erasure.__name__, str(laptop.vault.directory), gone, str(calls), PASSPHRASE)
        vault = open_vault(laptop.vault.directory, PASSPHRASE)
        journal = open_journal(vault.directory, vault, laptop.clock)
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


def _change_wraps(laptop: Laptop, statement: str, values: list[object]) -> None:
    laptop.journal.close()
    with sqlite3.connect(laptop.file) as raw:
        raw.execute(statement, values)
    raw.close()


def _flip(laptop: Laptop, position: int) -> None:
    """Change one bit of a row of `wraps`, while the journal is closed."""
    (sealed,) = laptop.journal._store.run("select blob from wraps where id = ?", [position])[0]
    _change_wraps(
        laptop,
        "update wraps set blob = ? where id = ?",
        [sealed[:20] + bytes([sealed[20] ^ 1]) + sealed[21:], position],
    )
    laptop.journal = open_journal(laptop.vault.directory, laptop.vault, laptop.clock)


def test_a_damaged_grant_stops_no_erasure_and_keeps_nobody_out(laptop: Laptop) -> None:
    gone, stays = _dossier(laptop, "Canary Gone"), _dossier(laptop, "Canary Stays")
    last = laptop.journal.outbox.wraps_waiting(100)[-1].position
    laptop.journal.outbox.acknowledge_wraps(last)
    _flip(laptop, last)
    laptop.journal.erase(gone, REASON, CONTEXT)
    for _ in range(2):
        laptop.reopen()
        assert laptop.journal.dossiers() == (stays,)
        assert laptop.journal.view(stays).name == "Canary Stays"
        assert [stone.done for stone in laptop.journal.erasures.tombstones()] == [True]
    assert not rotation.is_under_way(laptop.vault)


def test_a_damaged_grant_is_named_and_made_again_when_it_is_sent(laptop: Laptop) -> None:
    dossier = _dossier(laptop, "Canary")
    before = laptop.journal.outbox.wraps_waiting(100)
    _flip(laptop, before[-1].position)
    after = laptop.journal.outbox.wraps_waiting(100)
    assert [(each.dossier, each.compartment, each.position) for each in after] == [
        (each.dossier, each.compartment, each.position) for each in before
    ]
    own = laptop.vault.membership.card
    info = WrapInfo(dossier, after[-1].compartment, after[-1].epoch, own.id)
    assert KeyReceiver(laptop.vault, {own.id: own.root}).receive(info, after[-1].blob)
    assert damaged_grants(laptop.journal._store, laptop.vault) == (before[-1].position,)


def test_damaged_grants_ahead_of_a_good_one_do_not_hide_it(laptop: Laptop) -> None:
    _dossier(laptop, "Canary One"), _dossier(laptop, "Canary Two")
    ahead, *_between, good = (each.position for each in laptop.journal.outbox.wraps_waiting(100))
    for position in range(ahead, good):
        lost = "update wraps set recipient = zeroblob(16), blob = zeroblob(90) where id = ?"
        _change_wraps(laptop, lost, [position])
        laptop.journal = open_journal(laptop.vault.directory, laptop.vault, laptop.clock)
    assert [each.position for each in laptop.journal.outbox.wraps_waiting(1)] == [good]


@pytest.mark.parametrize(
    "column", ["blob = 'text'", "dossier = 'text'", "recipient = zeroblob(16), blob = zeroblob(90)"]
)
def test_a_row_of_grants_that_is_none_is_passed_over(laptop: Laptop, column: str) -> None:
    gone, stays = _dossier(laptop, "Canary Gone"), _dossier(laptop, "Canary Stays")
    position = laptop.journal.outbox.wraps_waiting(100)[-1].position
    _change_wraps(laptop, f"update wraps set {column} where id = ?", [position])  # noqa: S608  # from the list above
    laptop.journal = open_journal(laptop.vault.directory, laptop.vault, laptop.clock)
    laptop.journal.erase(gone, REASON, CONTEXT)
    laptop.reopen()
    assert laptop.journal.dossiers() == (stays,)
    laptop.journal.outbox.wraps_waiting(100)


@pytest.mark.expects_log
@pytest.mark.parametrize(
    "failure", [EnvironmentProblem("records.disk_full"), UserError("vault.seal_broken"), ValueError("a bug")], ids=str
)
def test_whatever_stops_an_erasure_once_a_later_start_completes_it(
    laptop: Laptop, monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    stays = _dossier(laptop, "Canary Stays")
    steps = [(Store, "rewrite"), (Store, "wipe_log"), (Vault, "put"), (Store, "add_key")]
    for owner, name in steps:
        gone = _dossier(laptop, f"Canary {name}")

        def fail(*_given: object) -> None:
            raise failure

        with monkeypatch.context() as patch:
            patch.setattr(owner, name, fail)
            with pytest.raises(type(failure)):
                laptop.journal.erase(gone, REASON, CONTEXT)
            laptop.reopen()
            assert laptop.journal.view(stays).name == "Canary Stays"
            laptop.answer(stays, f"/{name}", "still written")
        laptop.reopen()
        assert laptop.journal.dossiers() == (stays,)
        assert all(stone.done for stone in laptop.journal.erasures.tombstones())
        assert bytes.fromhex(gone) not in _files(laptop.vault.directory)
    assert len(laptop.journal.view(stays).answers) == 21 + len(steps)


def test_an_erasure_that_failed_leaves_the_dossier_to_be_written_on(
    laptop: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The event that says a key was dropped is on disk by then: the next answer follows it."""
    dossier = _dossier(laptop, "Canary")

    def full(_self: Store) -> None:
        raise EnvironmentProblem("records.disk_full")

    with monkeypatch.context() as patch:
        patch.setattr(Store, "rewrite", full)
        with pytest.raises(EnvironmentProblem):
            laptop.journal.erase(dossier, "health_key", CONTEXT, HEALTH)
        laptop.answer(dossier, "/after", "written")
    laptop.reopen()
    assert laptop.journal.view(dossier).answers["/after"][0].text == "written"
    assert laptop.journal.quarantined(dossier) == ()
    assert laptop.journal.compartments(dossier) == {CORE}

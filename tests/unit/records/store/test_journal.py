import sqlite3
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.kernel.changes import Aspect
from desktop.records import (
    CLOCK_JUMPED,
    AnswerGiven,
    ChecklistTicked,
    ConversationStarted,
    DocumentMade,
    HandoverStep,
    LaterMarked,
    NoteWritten,
    PlaceKept,
    PlanFieldSet,
    RepeatAdded,
    RepeatRemoved,
    TranslationFlagged,
    changes_of,
    open_journal,
)
from desktop.records.store.database import FILE_NAME, open_store
from desktop.records.store.table_rows import RowValues
from desktop.vault.vault import open_vault
from protocol.errors import EnvironmentProblem, UserError
from protocol.identifiers import DossierId, InstanceId
from tests.unit.records.cases import CONTEXT, Laptop
from tests.unit.vault.people import MOMENT, PASSPHRASE, new_vault, still_clock


@pytest.fixture
def dossier(laptop: Laptop) -> DossierId:
    return laptop.journal.create_dossier("Selam", ("ti", "en"), CONTEXT)


def test_what_was_answered_is_there_after_closing_vault_and_journal(laptop: Laptop, dossier: DossierId) -> None:
    event = laptop.answer(dossier, "/intake/naam", "Selam Tesfay")
    assert (event.sequence, event.time, event.author, event.interpreter) == (2, MOMENT, "J. de Vries", True)
    before = laptop.journal.view(dossier)
    laptop.journal.close()
    laptop.vault.lock()
    laptop.vault = open_vault(laptop.vault.directory, PASSPHRASE, still_clock())
    laptop.journal = open_journal(laptop.vault.directory, laptop.vault, laptop.clock)
    after = laptop.journal.view(dossier)
    assert after == before
    assert (after.name, after.languages, after.opened) == ("Selam", ("ti", "en"), MOMENT)
    assert after.answers["/intake/naam"][0].text == "Selam Tesfay"


def test_a_view_holds_all_that_happened(laptop: Laptop, dossier: DossierId) -> None:
    kind = InstanceId("ab12cd34")
    laptop.journal.append_all(
        dossier,
        [
            ConversationStarted(1, "phone", "tolk"),
            RepeatAdded("/intake/kind", kind),
            RepeatAdded("/intake/kind", InstanceId("00000000")),
            RepeatRemoved("/intake/kind", InstanceId("00000000")),
            AnswerGiven("/intake/kind[ab12cd34]/naam", "declined"),
            NoteWritten("/intake/kind", "twee kinderen"),
            LaterMarked("/intake/werk", later=True),
            TranslationFlagged("/intake/werk", "ti", "verkeerd woord"),
            PlaceKept("/intake/werk", "ti"),
            PlanFieldSet("route/B1/reason", "snel"),
            PlanFieldSet("week", ["taal", {"dag": 1}]),
            DocumentMade("plan", "ti", "0" * 64),
            HandoverStep("chosen", "Haarlem"),
            ChecklistTicked("talk", done=True),
        ],
        CONTEXT,
    )
    view = laptop.journal.view(dossier)
    assert view.repeats == {"/intake/kind": (kind,)}
    assert view.answers["/intake/kind[ab12cd34]/naam"][0].status == "declined"
    assert view.notes["/intake/kind"][0].text == "twee kinderen"
    assert view.later == {"/intake/werk"}
    assert view.flags[0].body.remark == "verkeerd woord"
    assert view.place is not None
    assert (view.place.ref, view.place.language) == ("/intake/werk", "ti")
    assert view.plan["week"][0].value == ["taal", {"dag": 1}]
    assert view.register("route/B1/reason")[0].value == "snel"
    assert view.documents[0].body.kind == "plan"
    assert view.handover[0].body.step == "chosen"
    assert view.checklist == {"talk": True}
    assert view.conversations[0].body.mode == "phone"
    assert view.conflicts() == ()
    laptop.reopen()
    assert laptop.journal.view(dossier) == view
    assert len(laptop.journal.events(dossier)) == 15


def test_several_bodies_are_written_together_or_not_at_all(
    laptop: Laptop, dossier: DossierId, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_rows = laptop.journal._store.add_rows

    def failing(rows: Iterable[RowValues]) -> None:
        add_rows(tuple(rows)[:2])
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = sqlite3.SQLITE_IOERR
        raise error

    before = laptop.journal.view(dossier)
    monkeypatch.setattr(laptop.journal._store, "add_rows", failing)
    with pytest.raises(EnvironmentProblem, match=r"records\.input_output"):
        laptop.journal.append_all(dossier, [NoteWritten("/a", str(i)) for i in range(4)], CONTEXT)
    monkeypatch.undo()
    assert laptop.journal.view(dossier) == before
    assert laptop.answer(dossier, "/a", "nu wel").sequence == 2
    laptop.reopen()
    assert [event.sequence for event in laptop.journal.events(dossier)] == [1, 2]


def test_a_full_disk_is_told_and_everything_can_still_be_read(laptop: Laptop, dossier: DossierId) -> None:
    laptop.answer(dossier, "/a", "bewaard")
    database = laptop.journal._store._connection
    pages = database.execute("pragma page_count").fetchone()[0]
    database.execute(f"pragma max_page_count = {pages}").fetchall()
    given = 0
    with pytest.raises(EnvironmentProblem, match=r"records\.disk_full"):  # noqa: PT012  # one of the answers is too much
        for given in range(1000):  # noqa: B007  # counts how many were acknowledged before
            laptop.answer(dossier, "/b", "x" * 500)
    view = laptop.journal.view(dossier)
    assert view.answers["/a"][0].text == "bewaard"
    assert view.last_event is not None
    assert len(view.answers["/b"].past) == given - 1
    database.execute("pragma max_page_count = 1073741823").fetchall()
    laptop.answer(dossier, "/b", "weer ruimte")
    laptop.reopen()
    assert laptop.journal.view(dossier).answers["/b"][0].text == "weer ruimte"
    assert laptop.journal.quarantined(dossier) == ()


def test_the_clock_that_went_back_is_told_and_the_answer_kept(laptop: Laptop, dossier: DossierId) -> None:
    laptop.clock.moment = MOMENT + timedelta(hours=1)
    laptop.answer(dossier, "/a", "1")
    laptop.clock.moment = MOMENT + timedelta(minutes=56)
    small = laptop.answer(dossier, "/a", "2")
    assert (small.time, small.warnings) == (MOMENT + timedelta(hours=1), ())
    assert laptop.journal.clock_jumped_from is None
    laptop.clock.moment = MOMENT - timedelta(days=300)
    event = laptop.answer(dossier, "/a", "3")
    assert laptop.journal.clock_jumped_from == MOMENT + timedelta(hours=1)
    laptop.answer(dossier, "/a", "3")
    assert laptop.journal.clock_jumped_from == MOMENT + timedelta(hours=1)
    assert (event.time, event.clock, event.warnings) == (
        MOMENT + timedelta(hours=1),
        MOMENT - timedelta(days=300),
        (CLOCK_JUMPED,),
    )
    laptop.reopen()
    assert laptop.journal.view(dossier).answers["/a"][0].text == "3"
    assert laptop.journal.events(dossier)[-2] == event
    assert laptop.journal.clock_jumped_from is None


@pytest.mark.usefixtures("dossier")
def test_a_clock_that_went_back_between_two_days_is_noticed_in_another_dossier(laptop: Laptop) -> None:
    laptop.clock.moment = MOMENT - timedelta(days=1)
    laptop.reopen()
    other = laptop.journal.create_dossier("Ander", ("ar",), CONTEXT)
    (opened,) = laptop.journal.events(other)
    assert (opened.time, opened.warnings) == (laptop.clock.moment, (CLOCK_JUMPED,))
    assert laptop.answer(other, "/a", "1").warnings == ()


def test_what_waits_is_what_lies_above_the_acknowledged_row(laptop: Laptop, dossier: DossierId) -> None:
    for number in range(4):
        laptop.answer(dossier, "/a", str(number))
    assert laptop.journal.outbox.waiting() == 5
    first = laptop.journal.outbox.rows_after(laptop.journal.outbox.acknowledged(), 2)
    assert [row.sequence for row in first] == [1, 2]
    laptop.journal.outbox.acknowledge(first[-1].position)
    laptop.journal.outbox.acknowledge(0)
    laptop.reopen()
    assert laptop.journal.outbox.waiting() == 3
    rest = laptop.journal.outbox.rows_after(laptop.journal.outbox.acknowledged(), 100)
    assert [row.sequence for row in rest] == [3, 4, 5]
    assert [row.previous for row in rest[1:]] != [bytes(32)] * 2
    laptop.journal.outbox.keep_cursor("pull", "abc")
    assert laptop.journal.outbox.cursor("pull") == "abc"
    assert laptop.journal.outbox.cursor("other") is None


def test_an_unknown_dossier_is_told(laptop: Laptop) -> None:
    unknown = DossierId("f" * 32)
    for use in (laptop.journal.view, laptop.journal.compartments):
        with pytest.raises(UserError, match=r"records\.dossier_unknown"):
            use(unknown)
    with pytest.raises(UserError, match=r"records\.dossier_unknown"):
        laptop.answer(unknown, "/a", "1")
    assert laptop.journal.dossiers() == ()


def test_a_vault_without_an_organisation_keeps_dossiers_and_wraps_nothing(tmp_path: Path) -> None:
    vault, _ = new_vault(tmp_path)
    journal = open_journal(vault.directory, vault, still_clock())
    dossier = journal.create_dossier("Oefening", ("ar",), CONTEXT)
    assert journal.outbox.wraps_waiting(10) == ()
    assert journal.dossiers() == (dossier,)
    assert journal.device == vault.device.id
    with pytest.raises(UserError, match=r"vault\.no_organisation"):
        journal.keys.import_wraps([])
    journal.close()


def test_a_second_connection_is_kept_out(laptop: Laptop, dossier: DossierId) -> None:
    laptop.answer(dossier, "/a", "1")
    with pytest.raises(EnvironmentProblem, match=r"records\.locked"):
        open_store(laptop.vault.directory)
    laptop.answer(dossier, "/a", "2")


def test_a_journal_of_a_newer_version_is_left_untouched(laptop: Laptop, dossier: DossierId) -> None:
    laptop.answer(dossier, "/a", "1")
    laptop.journal.close()
    with sqlite3.connect(laptop.file) as raw:
        raw.execute("insert into _sqlite_migrations (migration_set, name, applied_at) values ('journal', 'm999', '')")
    raw.close()
    before = laptop.file.read_bytes()
    with pytest.raises(EnvironmentProblem, match=r"records\.newer_version"):
        open_store(laptop.vault.directory)
    assert laptop.file.read_bytes() == before
    with sqlite3.connect(laptop.file) as raw:
        raw.execute("delete from _sqlite_migrations where name = 'm999'")
    raw.close()
    laptop.reopen()


@pytest.mark.parametrize(
    "content", [b"not a database at all, but long enough to be looked at" * 30, b"SQLite format 3\0"]
)
def test_a_file_that_is_no_journal_is_damaged_and_left_alone(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    with pytest.raises(EnvironmentProblem, match=r"records\.damaged"):
        open_store(tmp_path)
    assert (tmp_path / FILE_NAME).read_bytes() == content


def test_the_file_is_set_to_survive_a_power_cut_and_is_private(laptop: Laptop) -> None:
    database = laptop.journal._store._connection
    settings = {
        name: database.execute(f"pragma {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "locking_mode", "secure_delete")
    }
    assert settings == {"journal_mode": "wal", "synchronous": 2, "locking_mode": "exclusive", "secure_delete": 1}
    assert laptop.file.stat().st_mode & 0o077 == 0


def test_the_news_of_an_event_names_the_pages_it_concerns(laptop: Laptop, dossier: DossierId) -> None:
    answered = changes_of([laptop.answer(dossier, "/a", "1")])
    ticked = changes_of([laptop.journal.append(dossier, ChecklistTicked("talk", done=True), CONTEXT)])
    assert answered.dossiers == {dossier}
    assert Aspect.ANSWERS in answered.aspects
    assert ticked.aspects == {Aspect.HANDOVER}
    assert not changes_of([])

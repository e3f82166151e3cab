"""What an honest laptop names and another does not have yet, or keeps apart, counts as soon as it is there."""

import pytest

from desktop.records import (
    CLAIM_VOID,
    CLAIM_WAITS,
    HEALTH,
    AnswerGiven,
)
from desktop.records.dossiers.row_writer import AppendContext
from desktop.records.dossiers.streams import ChainHead
from desktop.records.store.table_rows import row_of
from desktop.services.backups.integrity_check import IntegrityCheck
from desktop.services.caseload.summary import SUMMARISE
from protocol.identifiers import DossierId
from protocol.revocation import revocation_digest
from tests.made_up_claims import claim_to, stream_of, write_claiming
from tests.unit.records.cases import CONTEXT, Laptop, share
from tests.unit.records.claims.answers import REF, codes, doubts, given, values
from tests.unit.records.dossiers.revoking import cut_after, revocation_of, tell_revoked


@pytest.fixture
def corrected(one: Laptop, two: Laptop, third: Laptop, dossier: DossierId) -> DossierId:
    """Return the case as the third has it: with the answer of `two`, and not the one that it corrected."""
    share(one, third)
    one.answer(dossier, REF, "Almere")
    share(one, two)
    two.answer(dossier, REF, "Haarlem")
    third.journal.accept_rows(two.rows())
    assert values(third, dossier) == {"Dronten", "Haarlem"}
    assert doubts(third, dossier) == [(two.journal.device, 1, one.journal.device, CLAIM_WAITS)]
    return dossier


def test_it_waits_and_counts_once_the_row_is_there(one: Laptop, third: Laptop, corrected: DossierId) -> None:
    came = third.journal.accept_rows(one.rows())
    assert corrected in came.changes.dossiers
    assert (came.accepted, came.untrue) == (1, ())
    assert values(third, corrected) == {"Haarlem"}
    assert doubts(third, corrected) == []


def test_what_was_said_before_counts_meanwhile(one: Laptop, two: Laptop, third: Laptop, dossier: DossierId) -> None:
    share(one, third)
    two.answer(dossier, "/b", "gelezen")
    one.answer(dossier, "/c", "later")
    share(one, two)
    two.answer(dossier, REF, "Haarlem")
    third.journal.accept_rows(two.rows())
    assert values(third, dossier) == {"Haarlem"}
    assert [each[1] for each in doubts(third, dossier)] == [2]


def test_a_row_that_is_set_aside_was_there_to_be_seen(one: Laptop, third: Laptop, corrected: DossierId) -> None:
    before = third.journal.summaries(SUMMARISE)
    document = revocation_of(one.journal.device, cut_after(one, corrected, 2))
    tell_revoked(third, one.journal.device, revocation_digest(document))
    third.journal.accept_revocation(document)
    assert values(third, corrected) == {"Dronten", "Haarlem"}
    came = third.journal.accept_rows(one.rows())
    assert [each.code for each in came.quarantined] == ["records.after_revocation"]
    for _ in range(2):
        assert values(third, corrected) == {"Haarlem"}
        assert doubts(third, corrected) == []
        third.reopen()
    assert third.journal.summaries(SUMMARISE) != before
    assert IntegrityCheck(third.journal).whole(lambda _looked: None).snapshots == 1


@pytest.mark.parametrize("together", [True, False])
def test_rows_set_aside_from_the_first_on_were_there_to_be_seen(
    one: Laptop, two: Laptop, third: Laptop, dossier: DossierId, *, together: bool
) -> None:
    tell_revoked(third, one.journal.device, bytes(32))
    third.journal.keys.import_wraps(one.journal.outbox.wraps_waiting(10))
    two.answer(dossier, REF, "Haarlem")
    for batch in ([*one.rows(), *two.rows()],) if together else (one.rows(), two.rows()):
        third.journal.accept_rows(batch)
    assert {each.code for each in third.journal.quarantined(dossier)} == {"trust.revocation_unknown"}
    assert doubts(third, dossier) == []
    third.change("update quarantine set previous = x'00' where sequence = 2")
    assert codes(third, dossier) == [CLAIM_WAITS]
    third.change("update quarantine set device = x'00' where sequence = 1")
    assert codes(third, dossier) == [CLAIM_WAITS]


def test_a_row_set_aside_beyond_a_gap_waits_for_what_comes_before(
    one: Laptop, two: Laptop, third: Laptop, dossier: DossierId
) -> None:
    share(one, third)
    for value in ("Almere", "Zeewolde"):
        one.answer(dossier, REF, value)
    share(one, two)
    two.answer(dossier, REF, "Haarlem")
    rows = stream_of(one.rows(), one.journal.device)
    third.journal.accept_rows([rows[4], *two.rows()])
    assert values(third, dossier) == {"Dronten", "Haarlem"}
    assert codes(third, dossier) == [CLAIM_WAITS]
    third.journal.accept_rows([rows[3]])
    assert values(third, dossier) == {"Haarlem"}
    assert doubts(third, dossier) == []


def test_a_row_that_broke_on_this_disk_is_named_and_counts_again_once_it_is_mended(
    one: Laptop, two: Laptop, dossier: DossierId
) -> None:
    one.answer(dossier, REF, "Almere")
    share(one, two)
    two.answer(dossier, REF, "Haarlem")
    two.change("update events set sealed = zeroblob(60) where sequence = 3")
    assert values(two, dossier) == {"Dronten", "Haarlem"}
    assert codes(two, dossier) == [CLAIM_WAITS]
    two.journal.accept_rows(one.rows())
    assert values(two, dossier) == {"Haarlem"}
    assert doubts(two, dossier) == []


def test_without_the_key_to_health_the_rest_is_the_same(one: Laptop, two: Laptop, dossier: DossierId) -> None:
    two.answer(dossier, REF, "Almere")
    one.answer(dossier, "/gezond", "goed", HEALTH)
    share(two, one)
    one.answer(dossier, "/gezond", "moe", HEALTH)
    one.answer(dossier, REF, "Haarlem")
    share(one, two)
    assert values(two, dossier) == values(one, dossier) == {"Haarlem"}
    assert doubts(two, dossier) == []


def test_of_two_rows_in_one_place_who_saw_the_other_did_not_see_this_one(
    one: Laptop, two: Laptop, third: Laptop, dossier: DossierId
) -> None:
    share(one, third)
    one.journal.close()
    kept = one.file.read_bytes()
    one.reopen()
    one.answer(dossier, REF, "Almere")
    share(one, two)
    two.answer(dossier, REF, "Haarlem")
    one.journal.close()
    one.file.write_bytes(kept)
    one.reopen()
    one.answer(dossier, REF, "Zeewolde")
    share(one, third)
    third.journal.accept_rows(two.rows())
    assert values(third, dossier) == {"Zeewolde", "Haarlem"}
    assert codes(third, dossier) == [CLAIM_VOID]


def test_a_long_stream_knows_what_it_saw_from_end_to_end(one: Laptop, two: Laptop, dossier: DossierId) -> None:
    many, answers = 600, [AnswerGiven(f"/{number}", "given", "x") for number in range(600)]
    for number in range(2):
        two.journal.append_all(dossier, answers, CONTEXT)
        one.answer(dossier, "/b", str(number))
        share(one, two)
    two.reopen()
    own = [event for event in two.journal.events(dossier) if event.device == two.journal.device]
    assert [event.sequence for event in own if event.claims] == [1, many + 1]
    for at, event in enumerate(own):
        assert event.seen == {one.journal.device: 2 + at // many}


def test_a_stream_that_was_begun_anew_shows_nothing_of_the_one_that_is_here(
    one: Laptop, two: Laptop, third: Laptop, dossier: DossierId
) -> None:
    share(one, third)
    opened = one.journal._cache.open(dossier)
    told = AppendContext(CONTEXT, one.clock.now(), None, {})
    others = opened.writer("core", one.journal.device, None).compose(ChainHead(), [given("anders")] * 3, told)
    rows = [row_of((*values, 0, checksum)) for *values, checksum in others.rows]
    write_claiming(two.journal, dossier, given("Haarlem"), CONTEXT, {one.journal.device: claim_to(rows[-1])})
    third.journal.accept_rows([*rows, *two.rows()])
    assert [each.sequence for each in third.journal.quarantined(dossier)] == [1, 2, 3]
    assert values(third, dossier) == {"Dronten", "Haarlem"}
    assert codes(third, dossier) == [CLAIM_WAITS]

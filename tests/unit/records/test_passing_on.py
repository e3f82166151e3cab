"""What can be passed on without a server: rows, proofs, keys, contents, and what somebody else said it holds."""

from pathlib import Path

import pytest

from desktop.records import CaseHoldings, SegmentProof
from desktop.vault.trust.organisation import create_organisation
from protocol.certificates import MUNICIPALITY
from protocol.identifiers import DeviceId
from tests.unit.records.cases import AZC, CONTEXT, Laptop, new_laptop

TOWN = create_organisation("Gemeente Waterbeke", MUNICIPALITY).card
OTHER = DeviceId("5" * 32)
NOBODY = DeviceId("6" * 32)


@pytest.fixture
def laptop(tmp_path: Path) -> Laptop:
    return new_laptop(tmp_path, AZC)


def test_the_rows_of_a_stream_are_found_by_their_place(laptop: Laptop) -> None:
    case, passing = laptop.new_dossier(), laptop.journal.passing
    for value in ("a", "b", "c"):
        laptop.answer(case, "/intake/v1", value)
    device = laptop.vault.device.id
    assert [row.sequence for row in passing.rows(case, device, 2, 9)] == [2, 3, 4]
    assert passing.rows(case, NOBODY, 1, 9) == ()
    assert passing.holdings(case) == CaseHoldings({device: 4}, frozenset())


def test_signatures_and_chains_are_kept_with_what_they_are_over(laptop: Laptop) -> None:
    case, passing = laptop.new_dossier(), laptop.journal.passing
    early, late = (SegmentProof(case, OTHER, first, last, bytes(64)) for first, last in ((1, 3), (4, 9)))
    passing.keep_chains({OTHER: b"chain"})
    passing.keep_proofs([late, early, early])
    laptop.reopen()
    passing = laptop.journal.passing
    assert passing.proofs(case, OTHER, 0) == (early, late)
    assert passing.proofs(case, OTHER, 3) == (late,)
    assert passing.proofs(case, NOBODY, 0) == ()
    assert passing.chain(OTHER) == b"chain"
    assert passing.chain(NOBODY) is None


def test_keys_are_passed_on_to_whom_they_were_given(laptop: Laptop) -> None:
    case, other = laptop.new_dossier(), laptop.new_dossier("Yonas")
    laptop.offer(case, TOWN)
    laptop.offer(other, TOWN)
    (grant,) = laptop.journal.passing.grants(case, TOWN.id)
    assert (grant.dossier, grant.recipient, grant.compartment) == (case, TOWN.id, "core")
    assert grant.blob.startswith(b"{")
    laptop.change("update wraps set blob = x'00' where dossier = ?", bytes.fromhex(case))
    assert laptop.journal.passing.grants(case, TOWN.id) == ()
    assert laptop.journal.passing.piece(case, "7" * 32, 1) is None


def test_what_somebody_holds_takes_the_place_of_what_was_said_before(laptop: Laptop) -> None:
    case, passing = laptop.new_dossier(), laptop.journal.passing
    assert passing.held_by(TOWN.id, case) == CaseHoldings({}, frozenset())
    passing.keep_held(TOWN.id, case, CaseHoldings({OTHER: 3, NOBODY: 1}, frozenset({"8" * 32})))
    after = CaseHoldings({OTHER: 5}, frozenset({"9" * 32}))
    passing.keep_held(TOWN.id, case, after)
    assert passing.held_by(TOWN.id, case) == after


def test_all_of_it_goes_with_an_erased_case(laptop: Laptop) -> None:
    case, passing = laptop.new_dossier(), laptop.journal.passing
    passing.keep_proofs([SegmentProof(case, OTHER, 1, 3, bytes(64))])
    passing.keep_held(TOWN.id, case, CaseHoldings({OTHER: 3}, frozenset({"8" * 32})))
    laptop.journal.erase(case, "test", CONTEXT)
    assert passing.proofs(case, OTHER, 0) == ()
    assert passing.held_by(TOWN.id, case) == CaseHoldings({}, frozenset())


def test_keys_that_were_sent_are_sent_again_where_that_is_asked(laptop: Laptop) -> None:
    case, other = laptop.new_dossier(), laptop.new_dossier("Yonas")
    outbox = laptop.journal.outbox
    laptop.offer(case, TOWN)
    laptop.be_heard()
    sent = outbox.wraps_waiting(10)
    outbox.acknowledge_wraps(sent[-2].position)
    outbox.send_wraps_again(case, AZC.card.id)
    outbox.send_wraps_again(case, TOWN.id)
    again = outbox.wraps_waiting(10)
    assert [(wrap.dossier, wrap.recipient) for wrap in again] == [(case, TOWN.id), (case, AZC.card.id)]
    assert again[1].blob == next(wrap.blob for wrap in sent if wrap.dossier == case)
    assert other not in {wrap.dossier for wrap in again}

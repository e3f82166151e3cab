"""Rows of a revoked device count up to its cut, whichever came in first: the rows or the word of the revocation."""

from pathlib import Path

import pytest

from desktop.records import AnswerGiven
from desktop.vault.revocations import DIRECTORY_NOTE, Revocations, kept_directory
from protocol.errors import UserError
from protocol.identifiers import DeviceId, DossierId
from protocol.limits import MOST_SEALED_BYTES
from protocol.messages.stream_cuts import StreamCut
from protocol.revocation import revocation_digest
from tests.unit.records.cases import AZC, CONTEXT, Laptop, new_laptop, share
from tests.unit.records.dossiers.revoking import cut_after, revocation_of, tell_revoked


def _written(one: Laptop) -> DossierId:
    dossier = one.new_dossier()
    for number in range(3):
        one.answer(dossier, "/a", str(number))
    return dossier


def test_what_came_in_before_the_cut_was_known_is_set_aside_beyond_it(one: Laptop, two: Laptop) -> None:
    dossier = _written(one)
    share(one, two)
    document = revocation_of(one.vault.device.id, cut_after(one, dossier, 2))
    tell_revoked(two, one.vault.device.id, revocation_digest(document))

    changes = two.journal.accept_revocation(document)

    assert dossier in changes.dossiers
    assert [entry.text for entry in two.journal.view(dossier).answers["/a"]] == ["0"]
    aside = [(item.sequence, item.code) for item in two.journal.quarantined(dossier)]
    assert aside == [(3, "records.after_revocation"), (4, "records.after_revocation")]
    assert two.journal.accept_rows(one.rows()).accepted == 0
    assert two.journal.revocations.digests() == {revocation_digest(document)}


def test_rows_wait_for_the_document_and_come_in_up_to_the_cut(one: Laptop, two: Laptop) -> None:
    dossier = _written(one)
    document = revocation_of(one.vault.device.id, cut_after(one, dossier, 3))
    tell_revoked(two, one.vault.device.id, revocation_digest(document))
    share(one, two)
    assert {item.code for item in two.journal.quarantined(dossier)} == {"trust.revocation_unknown"}

    changes = two.journal.accept_revocation(document)

    assert dossier in changes.dossiers
    assert {item.sequence for item in two.journal.quarantined(dossier)} == {4}
    assert two.journal.accept_rows(one.rows()).accepted == 0
    assert len(two.journal.events(dossier)) == 3


def test_another_row_in_the_place_of_the_cut_does_not_count(one: Laptop, two: Laptop) -> None:
    dossier = _written(one)
    document = revocation_of(one.vault.device.id, {dossier: StreamCut(1, bytes(32))})
    tell_revoked(two, one.vault.device.id, revocation_digest(document))
    two.journal.accept_revocation(document)

    refused = two.journal.accept_rows(one.rows()).quarantined

    assert {item.code for item in refused} == {"records.after_revocation"}


def test_a_document_is_known_again_at_the_next_opening_and_a_damaged_one_is_as_good_as_none(
    one: Laptop, two: Laptop
) -> None:
    dossier = _written(one)
    document = revocation_of(one.vault.device.id, cut_after(one, dossier, 2))
    tell_revoked(two, one.vault.device.id, revocation_digest(document))
    two.journal.accept_revocation(document)
    again = Revocations(two.vault)
    last = one.rows()[-1]
    assert again.code_of(last.header, last.sealed) == "records.after_revocation"

    (kept,) = Path(two.vault.directory / "revocations").glob("*.json")
    kept.write_bytes(b"{}")
    fresh = Revocations(two.vault)
    assert fresh.digests() == frozenset()
    assert fresh.code_of(last.header, last.sealed) == "trust.revocation_unknown"


def test_of_two_documents_the_one_that_trusts_further_counts(one: Laptop, two: Laptop) -> None:
    dossier = _written(one)
    device = one.vault.device.id
    near, far = (revocation_of(device, cut_after(one, dossier, number)) for number in (1, 3))
    tell_revoked(two, device, revocation_digest(far))
    judge = Revocations(two.vault)
    assert judge.learn(far) == judge.learn(near) == device
    codes = [judge.code_of(row.header, row.sealed) for row in one.rows() if row.dossier == dossier]
    assert codes == [None, None, None, "records.after_revocation"]


def test_rows_of_devices_that_were_not_revoked_and_of_this_device_are_not_judged(one: Laptop, two: Laptop) -> None:
    _written(one)
    row = one.rows()[0]
    assert Revocations(two.vault).code_of(row.header, row.sealed) is None
    tell_revoked(one, one.vault.device.id, None)
    judge = Revocations(one.vault)
    assert not judge.concern(one.vault.device.id)
    assert judge.code_of(row.header, row.sealed) is None


def test_a_directory_that_no_longer_holds_revokes_nobody(one: Laptop) -> None:
    one.vault.put(DIRECTORY_NOTE, {"body": {}})
    assert kept_directory(one.vault) is None
    assert not Revocations(one.vault).concern(DeviceId("1" * 32))


def test_a_document_of_somebody_else_is_refused(one: Laptop) -> None:
    with pytest.raises(UserError, match=r"trust\."):
        one.journal.accept_revocation(b"{}")


def test_an_event_that_could_never_be_sent_is_refused_when_it_is_written(tmp_path: Path) -> None:
    laptop = new_laptop(tmp_path, AZC)
    dossier = laptop.new_dossier()
    with pytest.raises(UserError, match=r"records\.event_too_large"):
        laptop.journal.append(dossier, AnswerGiven("/a", "given", "x" * MOST_SEALED_BYTES), CONTEXT)
    assert len(laptop.journal.events(dossier)) == 1
    laptop.journal.close()

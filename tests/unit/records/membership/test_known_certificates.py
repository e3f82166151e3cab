"""Who wrote something is said by the certificate of the device, whatever the row says; certificates lie sealed."""

import sqlite3
from contextlib import closing

import pytest

from desktop.records import EventContext, HandoverStep
from protocol.canonical import canonical_bytes
from protocol.identifiers import DossierId
from tests.named_chains import named_chain
from tests.unit.records.cases import AZC, Laptop, share

HOLDER, CLAIM = "Anna de Boer", "Karim van de gemeente"
FALSE = EventContext(CLAIM, "nl", interpreter=False)


def chain_of(laptop: Laptop, person: str = HOLDER) -> bytes:
    """Return what certifies the device of `laptop` for `person`."""
    return canonical_bytes(named_chain(person, AZC.root, laptop.vault.device).to_json())


@pytest.fixture
def dossier(one: Laptop, two: Laptop) -> DossierId:
    """Return a dossier of `one`, who writes in another's name; `two` has its key, and the certificate of `one`."""
    found = one.new_dossier()
    one.journal.append(found, HandoverStep("chosen", "Gemeente"), FALSE)
    two.journal.passing.keep_chains({one.journal.device: chain_of(one)})
    share(one, two)
    return found


def names(laptop: Laptop, dossier: DossierId) -> set[str]:
    return {step.stamp.author for step in laptop.journal.view(dossier).handover}


def test_rows_bear_the_name_of_the_certificate(one: Laptop, two: Laptop, dossier: DossierId) -> None:
    assert names(one, dossier) == {CLAIM}
    assert names(two, dossier) == {HOLDER}
    assert {event.author for event in two.journal.events(dossier)} == {HOLDER}
    two.reopen()
    assert names(two, dossier) == {HOLDER}


def test_rows_that_come_one_by_one_do_too(one: Laptop, two: Laptop, dossier: DossierId) -> None:
    for name in ("A", "B"):
        one.journal.append(dossier, HandoverStep("chosen", name), FALSE)
    first, second = one.rows()[-2:]
    two.journal.accept_rows([second])
    two.journal.accept_rows([first])
    assert len(two.journal.view(dossier).handover) == 3
    assert names(two, dossier) == {HOLDER}


def test_a_right_name_stays_and_a_chain_that_comes_again_changes_nothing(
    one: Laptop, two: Laptop, dossier: DossierId
) -> None:
    one.journal.append(dossier, HandoverStep("chosen", "A"), EventContext(HOLDER, "nl", interpreter=False))
    chain = chain_of(one)
    for _time in range(2):
        two.journal.passing.keep_chains({one.journal.device: chain})
    two.journal.accept_rows(one.rows()[-1:])
    assert len(two.journal.view(dossier).handover) == 2
    assert names(two, dossier) == {HOLDER}
    assert two.journal.passing.chain(one.journal.device) == chain


def test_a_certificate_without_a_name_leaves_the_word_of_the_writer(one: Laptop, two: Laptop) -> None:
    dossier = one.new_dossier()
    one.journal.append(dossier, HandoverStep("chosen", "Gemeente"), FALSE)
    two.journal.passing.keep_chains({one.journal.device: canonical_bytes(one.vault.membership.chain.to_json())})
    share(one, two)
    assert names(two, dossier) == {CLAIM}


def test_no_name_of_a_colleague_lies_in_clear(two: Laptop, dossier: DossierId) -> None:
    assert dossier
    two.journal.close()
    files = [path.read_bytes() for path in two.file.parent.iterdir() if path.name.startswith(two.file.name)]
    assert files
    assert not any(HOLDER.encode() in data or CLAIM.encode() in data for data in files)


def test_a_sealed_chain_is_opened_whatever_byte_it_begins_with(one: Laptop, two: Laptop, dossier: DossierId) -> None:
    assert dossier
    device = one.vault.device.id
    chain = two.journal.passing.chain(device)
    assert chain is not None
    for _attempt in range(20_000):
        sealed = two.vault.seal(b"chain\0" + bytes.fromhex(device), chain)
        if sealed.startswith(b"{"):
            break
    two.change("update chains set chain = ? where device = ?", sealed, bytes.fromhex(device))
    assert sealed.startswith(b"{")
    assert two.journal.passing.chain(device) == chain


@pytest.mark.parametrize("another", [b"", b"\x01" * 80, "in clear"])
def test_what_was_put_on_the_disk_by_another_names_nobody(
    one: Laptop, two: Laptop, dossier: DossierId, another: bytes | str
) -> None:
    planted = chain_of(one, "Somebody else") if isinstance(another, str) else another
    two.journal.close()
    with closing(sqlite3.connect(two.file)) as raw, raw:
        raw.execute("update chains set chain = ?", [planted])
    two.reopen()
    assert names(two, dossier) == {CLAIM}
    assert two.journal.passing.chain(one.journal.device) == (planted if isinstance(another, str) else None)


def test_what_is_no_chain_names_nobody(one: Laptop, two: Laptop, dossier: DossierId) -> None:
    two.journal.passing.keep_chains({one.journal.device: b"no chain"})
    two.reopen()
    assert names(two, dossier) == {CLAIM}

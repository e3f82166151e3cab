"""Rows read many at a time hold what they hold one by one, wherever in a long stream one of them is not good."""

from dataclasses import replace

import pytest

from desktop.records import COMPARTMENTS, CORE, HEALTH, AnswerGiven, Event, EventContext
from desktop.records.dossiers.keyring import DossierKey, Keyring
from desktop.records.dossiers.row_writer import AppendContext, RowWriter
from desktop.records.dossiers.streams import ChainHead, Replay, replay
from desktop.records.events.envelope import plaintext
from desktop.records.events.fold import HiddenRow
from desktop.records.store.table_rows import CHECKSUM_BYTES, SealedRow, row_of, stored
from desktop.vault.crypto.sealing import row_digest
from protocol.identifiers import DeviceId, DossierId
from tests.unit.records.cases import Laptop, share
from tests.unit.vault.people import MOMENT

DOSSIER, DEVICE = DossierId("0a" * 16), DeviceId("0b" * 16)
LENGTH = 600
KEYS = [DossierKey.new(compartment, 1) for compartment in COMPARTMENTS]


def _rows() -> list[SealedRow]:
    """Return one stream of answers, core and health in turn."""
    keyring, head, rows = Keyring(KEYS), ChainHead(), []
    for number in range(LENGTH):
        compartment = COMPARTMENTS[number % 2]
        cipher = keyring.ciphers(compartment, 1)[0]
        writer = RowWriter.make(DOSSIER, compartment, 1, DEVICE, cipher)
        told = AppendContext(EventContext("J. de Vries", "nl"), MOMENT, None, {})
        composed = writer.compose(head, [AnswerGiven(f"/intake/{number}", "given", str(number))], told)
        *values, checksum = composed.rows[0]
        rows.append(row_of((*values, number + 1, checksum)))
        head = composed.head
    return rows


ROWS = _rows()


def _read(rows: list[SealedRow], keys: list[DossierKey]) -> tuple[list[Event | HiddenRow], Replay]:
    result = Replay()
    return list(replay(DOSSIER, [stored(row) for row in rows], Keyring(keys), result)), result


def test_every_event_of_a_long_stream_has_its_own_address_and_number() -> None:
    found, result = _read(ROWS, KEYS)
    events = [event for event in found if isinstance(event, Event)]
    assert [event.sequence for event in events] == list(range(1, LENGTH + 1))
    assert [event.address for event in events] == [(DOSSIER, row.compartment, 1, DEVICE) for row in ROWS]
    assert [event.body for event in events] == [
        AnswerGiven(f"/intake/{number}", "given", str(number)) for number in range(LENGTH)
    ]
    assert (result.count, result.broken, result.last) == (LENGTH, {}, {DEVICE: events[-1]})
    assert result.heads[DEVICE].sequence == LENGTH


def test_rows_without_a_key_are_hidden_among_the_others() -> None:
    found, result = _read(ROWS, KEYS[:1])
    assert found[1::2] == [HiddenRow(HEALTH)] * (LENGTH // 2)
    events = [event for event in found[::2] if isinstance(event, Event)]
    assert [event.sequence for event in events] == list(range(1, LENGTH + 1, 2))
    assert result.count == LENGTH
    assert result.last == {DEVICE: events[-1]}


def test_one_of_two_keys_of_an_epoch_opens_the_rows() -> None:
    found, result = _read(ROWS, [*KEYS, DossierKey.new(CORE, 1)])
    assert all(isinstance(event, Event) for event in found)
    assert (len(found), result.broken) == (LENGTH, {})


@pytest.mark.parametrize("place", [0, 1, 254, 255, 256, 257, 511, 512, LENGTH - 1])
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"sealed": b"\x01" + bytes(40)}, "records.row_damaged"),
        ({"sealed": b"\x02" + bytes(40), "checksum": b""}, "records.row_damaged"),
        ({"previous": bytes(31) + b"\x01"}, "records.chain_broken"),
        ({"sequence": LENGTH + 7}, "records.row_gap"),
        ({"sequence": -1}, "records.row_fork"),
        ({"compartment": ""}, "records.row_damaged"),
        ({"compartment": "other"}, "records.row_damaged"),
        ({"epoch": 2**40}, "records.row_damaged"),
    ],
)
def test_a_stream_is_good_up_to_the_row_that_is_not(place: int, changes: dict[str, object], code: str) -> None:
    rows = list(ROWS)
    rows[place] = replace(rows[place], **changes)  # type: ignore[arg-type]  # damage is of any type
    found, result = _read(rows, KEYS)
    assert [event.sequence for event in found if isinstance(event, Event)] == list(range(1, place + 1))
    assert (result.count, result.heads[DEVICE].sequence) == (place, place)
    broken = result.broken[DEVICE]
    assert (broken.code, broken.count) == (code, LENGTH - place)
    assert broken.positions == tuple(range(place + 1, LENGTH + 1))


@pytest.mark.parametrize("place", [0, 255, 256])
def test_white_space_around_an_event_is_refused_in_a_long_stream_too(place: int) -> None:
    head = ChainHead(place, ROWS[place].previous)
    compartment = COMPARTMENTS[place % 2]
    cipher = Keyring(KEYS).ciphers(compartment, 1)[0]
    writer = RowWriter.make(DOSSIER, compartment, 1, DEVICE, cipher)
    header = writer.header_prefix + (place + 1).to_bytes(8, "big") + head.digest
    text = plaintext(AnswerGiven("/intake/a", "given", "1"), EventContext("J. de Vries", "nl"), MOMENT, None, {})
    rows = [*ROWS[:place], replace(ROWS[place], sealed=cipher.seal(header, text + b"\n"))]
    rows[place] = replace(rows[place], checksum=row_digest(header, rows[place].sealed)[:CHECKSUM_BYTES])
    found, result = _read(rows, KEYS)
    assert (len(found), result.broken[DEVICE].code) == (place, "records.event_damaged")


def test_a_row_under_a_key_of_its_epoch_that_nobody_gave_is_hidden_and_breaks_nothing(one: Laptop, two: Laptop) -> None:
    dossier = one.new_dossier()
    share(one, two)
    one.renew(dossier)
    one.answer(dossier, "/a", "1")
    two.journal.accept_rows(one.rows())
    two.renew(dossier)
    two.reopen()
    assert two.journal.quarantined(dossier) == ()
    assert two.journal.view(dossier).hidden == {"core": 1}
    two.journal.keys.import_wraps(one.journal.outbox.wraps_waiting(100))
    assert two.journal.view(dossier).answers["/a"][0].text == "1"


def test_a_row_under_another_key_is_hidden_once_its_author_went_on_from_it(one: Laptop, two: Laptop) -> None:
    dossier = one.new_dossier()
    share(one, two)
    for laptop in (one, two):
        laptop.renew(dossier)
    one.answer(dossier, "/a", "1")
    one.answer(dossier, "/b", "2")
    two.journal.accept_rows(one.rows())
    assert two.journal.view(dossier).hidden == {"core": 1}
    assert [each.code for each in two.journal.quarantined(dossier)] == ["records.row_damaged"]
    two.journal.keys.import_wraps(one.journal.outbox.wraps_waiting(100))
    assert [two.journal.view(dossier).answers[ref][0].text for ref in ("/a", "/b")] == ["1", "2"]
    assert two.journal.quarantined(dossier) == ()

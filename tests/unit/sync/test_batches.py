from desktop.records.store.table_rows import SealedRow
from desktop.sync.batches import pack, unpack
from desktop.vault.crypto.identity import DeviceIdentity
from protocol.identifiers import DossierId
from protocol.limits import MOST_BODY_BYTES, MOST_ROWS, MOST_SEALED_BYTES
from protocol.messages.rows import batch_bytes, signed_bytes
from protocol.signatures import is_signed

DEVICE = DeviceIdentity(bytes(32))
FIRST, SECOND = DossierId("a" * 32), DossierId("b" * 32)


def _row(dossier: DossierId, sequence: int, position: int, sealed: bytes = b"sealed") -> SealedRow:
    return SealedRow(dossier, "core", 1, DEVICE.id, sequence, bytes(32), sealed, position)


def test_nothing_makes_no_parcel() -> None:
    assert pack([], DEVICE) is None


def test_rows_are_grouped_by_dossier_signed_and_read_back() -> None:
    rows = [_row(FIRST, 4, 10), _row(SECOND, 1, 11), _row(FIRST, 5, 12)]

    signed = pack(rows, DEVICE)

    assert signed is not None
    assert signed.position == 12
    first, second = signed.batch.segments
    assert (first.dossier, first.first, first.last) == (FIRST, 4, 5)
    assert (second.dossier, second.first, second.last) == (SECOND, 1, 1)
    assert {*unpack(first), *unpack(second)} == set(rows)
    assert all(is_signed(DEVICE.public, signed_bytes(one), one.signature) for one in (first, second))


def test_a_parcel_holds_no_more_rows_than_a_batch_may() -> None:
    signed = pack([_row(FIRST, number, number) for number in range(1, MOST_ROWS + 10)], DEVICE)

    assert signed is not None
    assert signed.position == MOST_ROWS


def test_a_parcel_stays_below_the_size_of_a_request() -> None:
    large = [_row(FIRST, number, number, bytes(700_000)) for number in range(1, 10)]

    signed = pack(large, DEVICE)

    assert signed is not None
    assert signed.position == 4
    assert len(batch_bytes(signed.batch)) < MOST_BODY_BYTES


def test_the_largest_row_travels_alone() -> None:
    signed = pack([_row(FIRST, 1, 1, bytes(MOST_SEALED_BYTES)), _row(FIRST, 2, 2)], DEVICE)

    assert signed is not None
    assert len(batch_bytes(signed.batch)) < MOST_BODY_BYTES

"""The container of a backup: what was written comes back, and nothing is cut off, moved, mixed or endless unnoticed."""

import hashlib
import io
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.vault.crypto.chunk_stream import CHUNK, SealedReader, SealedWriter, decrypt_chunks
from desktop.vault.crypto.codec import sized
from desktop.vault.file.backup_container import (
    DAMAGED,
    BackupKeys,
    BackupMetadata,
    BackupParts,
    read_header,
    read_metadata,
    write_header,
)
from protocol.errors import UserError
from tests.unit.vault.people import MOMENT, new_vault

TAG = 16
RECORDS = (b"first record", b"", b"third record")
TEXT = bytes(range(256)) * (3 * CHUNK // 256) + b"the last chunk"


@pytest.fixture
def parts(tmp_path: Path) -> BackupParts:
    return new_vault(tmp_path)[0].for_backup()


def _metadata(parts: BackupParts) -> BackupMetadata:
    own = parts.metadata
    return BackupMetadata("b" * 32, own.vault, own.person, own.organisation, MOMENT, MOMENT + timedelta(days=90))


def _written(parts: BackupParts, text: bytes = TEXT) -> tuple[bytes, BackupKeys, bytes]:
    """Return the header and the stream of a backup that holds `text`, with its keys."""
    stream = io.BytesIO()
    keys, associated_data = write_header(stream, _metadata(parts), parts, RECORDS)
    at = stream.tell()
    writer = SealedWriter(stream, keys.stream, associated_data)
    for start in range(0, len(text), 100_000):
        writer.write(text[start : start + 100_000])
    writer.finish()
    return stream.getvalue()[:at], keys, stream.getvalue()[at:]


def test_what_was_written_comes_back(parts: BackupParts) -> None:
    front, keys, body = _written(parts)
    assert len(body) == len(TEXT) + 4 * TAG
    stream = io.BytesIO(front + body)
    header = read_header(stream)
    assert (header.metadata, header.slots, header.open_keys(parts.key)) == (_metadata(parts), parts.slots, keys)
    assert [header.open_record(keys, record) for record in header.records] == list(RECORDS)
    assert [front[record.place :][: len(record.sealed)] for record in header.records] == [
        record.sealed for record in header.records
    ]
    reader = SealedReader(decrypt_chunks(stream, keys.stream, header.associated_data, DAMAGED), DAMAGED)
    assert reader.take(CHUNK + 5) == TEXT[: CHUNK + 5]
    assert reader.read(7) == TEXT[CHUNK + 5 :][:7]
    assert reader.take(0) == b""
    assert reader.take(len(TEXT) - CHUNK - 12) == TEXT[CHUNK + 12 :]
    reader.finish()
    assert read_metadata(io.BytesIO(front)) == header.metadata


def test_a_reader_gives_nothing_beyond_the_end_and_leaves_nothing_unread(parts: BackupParts) -> None:
    front, keys, body = _written(parts, b"short")
    bound = read_header(io.BytesIO(front)).associated_data
    with pytest.raises(UserError, match=r"backup\.damaged"):
        SealedReader(decrypt_chunks(io.BytesIO(body), keys.stream, bound, DAMAGED), DAMAGED).take(6)
    for taken in (0, 4):
        reader = SealedReader(decrypt_chunks(io.BytesIO(body), keys.stream, bound, DAMAGED), DAMAGED)
        reader.take(taken)
        with pytest.raises(UserError, match=r"backup\.damaged"):
            reader.finish()


def test_chunks_cannot_be_cut_off_moved_doubled_or_lengthened(parts: BackupParts) -> None:
    front, keys, body = _written(parts)
    bound = read_header(io.BytesIO(front)).associated_data
    size = CHUNK + TAG
    chunks = [body[at : at + size] for at in range(0, len(body), size)]
    first, second, third, last = chunks
    changed = [
        [],
        [first],
        chunks[:-1],
        [second, first, third, last],
        [first, second, third, third, last],
        [first, last],
        [*chunks, last],
        [*chunks, b"x"],
        [first, second, third, last[:-1]],
        [first, second, third, last[: TAG - 1]],
    ]
    for each in changed:
        with pytest.raises(UserError, match=r"backup\.damaged"):
            list(decrypt_chunks(io.BytesIO(b"".join(each)), keys.stream, bound, DAMAGED))


def test_a_record_of_zeros_was_erased_and_the_others_still_open(parts: BackupParts) -> None:
    front, keys, _body = _written(parts)
    gone = read_header(io.BytesIO(front)).records[0]
    erased = front[: gone.place] + bytes(len(gone.sealed)) + front[gone.place + len(gone.sealed) :]
    header = read_header(io.BytesIO(erased))
    assert [record.erased for record in header.records] == [True, False, False]
    assert [header.open_record(keys, record) for record in header.records] == [None, *RECORDS[1:]]
    assert header.associated_data == read_header(io.BytesIO(front)).associated_data


def test_a_record_opens_at_its_own_place_only(parts: BackupParts) -> None:
    front, keys, _body = _written(parts)
    header = read_header(io.BytesIO(front))
    first, second, _third = header.records
    with pytest.raises(UserError, match=r"backup\.damaged"):
        header.open_record(keys, type(first)(second.number, second.place, first.sealed))


def _first_part(version: int, metadata: bytes) -> bytes:
    return b"OPMAATBK" + version.to_bytes(2, "big") + metadata


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "backup.damaged"),
        (b"OPMAATVT" + bytes(100), "backup.damaged"),
        (_first_part(2, b""), "backup.newer_version"),
        (_first_part(1, (64 * 1024 + 1).to_bytes(4, "big") + bytes(70_000)), "backup.damaged"),
        (_first_part(1, sized(b"{}", 4)), "backup.damaged"),
    ],
)
def test_a_file_that_is_no_backup_of_this_version_has_a_code(data: bytes, code: str) -> None:
    with pytest.raises(UserError) as caught:
        read_header(io.BytesIO(data))
    assert caught.value.code == code
    with pytest.raises(UserError, match=r"backup\.damaged"):
        read_metadata(io.BytesIO(data))


def _ended(parts: BackupParts, tail: bytes, *, version: int = 1) -> bytes:
    """Return a header whose checksum is right, with `tail` for its records."""
    front, _keys, _body = _written(parts)
    whole = front[: read_header(io.BytesIO(front)).records[0].place - 8 - 32]
    whole = whole[:8] + version.to_bytes(2, "big") + whole[10:]
    return whole + hashlib.sha256(whole).digest() + tail


@pytest.mark.parametrize(
    "tail",
    [
        (4_000_001).to_bytes(4, "big"),
        (1).to_bytes(4, "big") + (64 * 1024 + 1).to_bytes(4, "big") + bytes(70_000),
        (2).to_bytes(4, "big") + sized(b"one", 4),
        b"",
    ],
)
def test_more_records_or_longer_ones_than_a_backup_has_are_not_read(parts: BackupParts, tail: bytes) -> None:
    with pytest.raises(UserError, match=r"backup\.damaged"):
        read_header(io.BytesIO(_ended(parts, tail)))


def test_a_version_that_never_was_is_refused_even_with_its_checksum_right(parts: BackupParts) -> None:
    assert read_header(io.BytesIO(_ended(parts, bytes(4)))).records == ()
    with pytest.raises(UserError, match=r"backup\.damaged"):
        read_header(io.BytesIO(_ended(parts, bytes(4), version=0)))


def test_keys_open_with_the_vault_key_and_with_this_header_only(parts: BackupParts) -> None:
    front, _keys, _body = _written(parts)
    other, _others, _body = _written(parts)
    mine, theirs = read_header(io.BytesIO(front)), read_header(io.BytesIO(other))
    with pytest.raises(UserError, match=r"backup\.damaged"):
        mine.open_keys(bytes(32))
    changed = type(mine)(mine.metadata, mine.slots, mine.sealed_keys, mine.prefix + b"x", mine.records)
    with pytest.raises(UserError, match=r"backup\.damaged"):
        changed.open_keys(parts.key)
    assert theirs.open_keys(parts.key) != mine.open_keys(parts.key)

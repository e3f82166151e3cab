from dataclasses import replace

import pytest

from desktop.vault.crypto.sealing import FIRST, RowCipher, RowHeader, new_key, open_rows, row_digest
from protocol.errors import UserError
from protocol.identifiers import DeviceId, DossierId

HEADER = RowHeader(DossierId("0" * 31 + "1"), "core", 1, DeviceId("a" * 32), 1, FIRST)
KEY = bytes(range(32))


def test_a_row_opens_with_its_key_and_header() -> None:
    sealed = RowCipher(KEY).seal(HEADER.to_bytes(), b"een antwoord")
    assert RowCipher(KEY).open(HEADER.to_bytes(), sealed) == b"een antwoord"
    assert len(sealed) == 1 + 12 + len(b"een antwoord") + 16
    assert RowCipher(KEY).seal(HEADER.to_bytes(), b"een antwoord") != sealed


def test_any_flipped_byte_of_a_row_is_refused() -> None:
    sealed = RowCipher(KEY).seal(HEADER.to_bytes(), b"een antwoord")
    for at in range(len(sealed)):
        bad = sealed[:at] + bytes((sealed[at] ^ 1,)) + sealed[at + 1 :]
        with pytest.raises(UserError, match=r"records\.row_damaged"):
            RowCipher(KEY).open(HEADER.to_bytes(), bad)
    for size in range(len(sealed)):
        with pytest.raises(UserError, match=r"records\.row_damaged"):
            RowCipher(KEY).open(HEADER.to_bytes(), sealed[:size])


@pytest.mark.parametrize(
    "other",
    [
        replace(HEADER, dossier=DossierId("f" * 32)),
        replace(HEADER, compartment="health"),
        replace(HEADER, epoch=2),
        replace(HEADER, device=DeviceId("b" * 32)),
        replace(HEADER, sequence=2),
        replace(HEADER, previous=b"\x01" * 32),
    ],
)
def test_everything_in_the_header_is_bound(other: RowHeader) -> None:
    sealed = RowCipher(KEY).seal(HEADER.to_bytes(), b"een antwoord")
    with pytest.raises(UserError, match=r"records\.row_damaged"):
        RowCipher(KEY).open(other.to_bytes(), sealed)
    assert row_digest(other, sealed) != row_digest(HEADER, sealed)


def test_another_key_does_not_open() -> None:
    with pytest.raises(UserError, match=r"records\.row_damaged"):
        RowCipher(new_key()).open(HEADER.to_bytes(), RowCipher(KEY).seal(HEADER.to_bytes(), b"een antwoord"))


def test_a_row_of_a_later_version_says_so() -> None:
    with pytest.raises(UserError, match=r"records\.row_newer"):
        RowCipher(KEY).open(HEADER.to_bytes(), b"\x02" + RowCipher(KEY).seal(HEADER.to_bytes(), b"x")[1:])


def test_many_rows_open_at_once_or_none_does() -> None:
    header, key = HEADER.to_bytes(), RowCipher(KEY)
    rows = [key.seal(header, text) for text in (b"een", b"twee")]
    assert open_rows([key] * 2, [header] * 2, rows) == [b"een", b"twee"]
    for damaged, code in (
        (b"\x02" + rows[1][1:], "row_newer"),
        (b"\x00" + rows[1][1:], "row_damaged"),
        (rows[1][:-1], "row_damaged"),
        (rows[1][:9], "row_damaged"),
    ):
        with pytest.raises(UserError, match=rf"records\.{code}"):
            open_rows([key] * 2, [header] * 2, [rows[0], damaged])


@pytest.mark.parametrize(
    "impossible",
    [
        replace(HEADER, dossier=DossierId("../../etc")),
        replace(HEADER, dossier=DossierId("A" * 32)),
        replace(HEADER, compartment=""),
        replace(HEADER, compartment="x" * 33),
        replace(HEADER, epoch=0),
        replace(HEADER, epoch=2**32),
        replace(HEADER, sequence=0),
        replace(HEADER, sequence=2**63),
        replace(HEADER, device=DeviceId("")),
        replace(HEADER, previous=b""),
    ],
)
def test_impossible_headers_are_refused(impossible: RowHeader) -> None:
    with pytest.raises(UserError, match=r"records\.row_damaged"):
        impossible.to_bytes()

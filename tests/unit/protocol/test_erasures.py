"""What an organisation says that it erased: its bytes for ever, its signature, and what it cannot say."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from desktop.vault.crypto.identity import SigningKey
from protocol.errors import UserError
from protocol.identifiers import DeviceId, DossierId, OrganisationId
from protocol.limits import MOST_ERASURES, MOST_STATEMENTS
from protocol.messages.erasure import ErasureBatch, ErasureReceipt, ErasureStatement, erasure_message
from protocol.messages.message import from_bytes, to_bytes
from protocol.messages.refused import RefusedPart
from protocol.signatures import is_signed

KEY = SigningKey(bytes(range(32)))
SAID = ErasureStatement(
    dossier=DossierId("00112233445566778899aabbccddeeff"),
    organisation=OrganisationId("1" * 32),
    device=DeviceId("ffeeddccbbaa99887766554433221100"),
    number=4,
    moment=datetime(2026, 11, 22, 9, 30, tzinfo=UTC),
    signature=bytes(64),
)


def test_an_erasure_is_signed_over_these_bytes_for_ever() -> None:
    assert erasure_message(SAID) == (
        b"opmaat/erasure/1\0"
        b'{"device":"ffeeddccbbaa99887766554433221100","dossier":"00112233445566778899aabbccddeeff",'
        b'"moment":"2026-11-22T09:30:00.000Z","number":4,"organisation":"11111111111111111111111111111111"}'
    )


def test_what_was_signed_holds_and_nothing_else() -> None:
    said = SAID.signed_by(KEY)

    assert is_signed(KEY.public, erasure_message(said), said.signature)
    for other in (
        replace(said, dossier=DossierId("2" * 32)),
        replace(said, organisation=OrganisationId("2" * 32)),
        replace(said, device=DeviceId("2" * 32)),
        replace(said, number=5),
        replace(said, moment=datetime(2026, 11, 22, 9, 31, tzinfo=UTC)),
    ):
        assert not is_signed(KEY.public, erasure_message(other), said.signature)


def test_it_says_nothing_of_why() -> None:
    assert set(ErasureStatement.__struct_fields__) == {
        "dossier",
        "organisation",
        "device",
        "number",
        "moment",
        "signature",
    }


def test_batches_and_receipts_travel_and_keep_to_their_limits() -> None:
    batch = ErasureBatch((SAID,) * MOST_ERASURES)
    receipt = ErasureReceipt((RefusedPart(3, "sync.not_member"),))
    assert from_bytes(ErasureBatch, to_bytes(batch)) == batch
    assert from_bytes(ErasureReceipt, to_bytes(receipt)) == receipt
    broken = (
        ErasureBatch(()),
        ErasureBatch((SAID,) * (MOST_ERASURES + 1)),
        ErasureBatch((replace(SAID, number=-1),)),
        ErasureBatch((replace(SAID, number=MOST_STATEMENTS + 1),)),
    )
    for each in broken:
        with pytest.raises(UserError, match=r"sync\.message_broken"):
            from_bytes(ErasureBatch, to_bytes(each))

"""The messages that only a bundle holds."""

import pytest

from desktop.vault.crypto.identity import SigningKey
from protocol.errors import UserError
from protocol.identifiers import DeviceId, DossierId, OrganisationId
from protocol.messages.bundles import BundleBody, BundleHead, BundlePart, CaseHeld, StreamHeld, read_bundle_head
from protocol.messages.documents import SignedDocument
from protocol.messages.enrolment import CertificateChain
from protocol.messages.message import from_bytes, to_bytes
from tests.unit.vault.people import MOMENT

DOSSIER, DEVICE = DossierId("1" * 32), DeviceId("2" * 32)


def test_a_stream_is_named_once() -> None:
    held = CaseHeld(DOSSIER, (StreamHeld(DEVICE, 3),), ("4" * 32,))
    assert from_bytes(CaseHeld, to_bytes(held)) == held
    with pytest.raises(UserError, match=r"sync\.message_broken"):
        CaseHeld(DOSSIER, (StreamHeld(DEVICE, 3), StreamHeld(DEVICE, 4)), ())


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b'{"chain":1,"document":2}', b"\xff"])
def test_what_is_no_head_is_damaged(data: bytes) -> None:
    with pytest.raises(UserError, match=r"bundle\.damaged"):
        read_bundle_head(data)


def test_a_head_comes_back_and_is_believed_from_its_signer_only() -> None:
    key, other = SigningKey.new(), SigningKey.new()
    parts = (BundlePart(3, bytes(32)), BundlePart(4, bytes(32)))
    organisation = OrganisationId("3" * 32)
    body = BundleBody("5" * 32, MOMENT, organisation, DEVICE, organisation, b"wrapped", parts)
    document = SignedDocument({}, bytes(64), "opmaat/device/1")
    head = BundleHead.make(CertificateChain(document, document), body, key)
    assert read_bundle_head(head.to_bytes()) == head
    assert head.verify(key.public) == body
    assert body.size == 7
    with pytest.raises(UserError, match=r"trust\.not_signed"):
        head.verify(other.public)

"""What a root says about a revoked device: compact, complete, and believed of nobody else."""

import pytest

from protocol.errors import UserError
from protocol.identifiers import DeviceId, DossierId, organisation_id
from protocol.messages.documents import SignedDocument
from protocol.messages.message import to_bytes
from protocol.messages.stream_cuts import StreamCut
from protocol.revocation import (
    Revocation,
    RevocationBody,
    revocation_digest,
    sign_revocation,
    verify_revocation,
)
from tests.unit.protocol.test_certificates import MOMENT, OTHER, ROOT

DEVICE = DeviceId("4" * 32)
CUTS = {DossierId("a" * 32): StreamCut(7, bytes(range(32))), DossierId("0" * 32): StreamCut(2**53 - 1, bytes(32))}
REVOCATION = Revocation(organisation_id(ROOT.public), DEVICE, MOMENT, CUTS)


def test_it_is_read_back_as_it_was_signed() -> None:
    data = sign_revocation(ROOT, REVOCATION)
    assert verify_revocation(data, ROOT.public) == REVOCATION
    assert data == sign_revocation(ROOT, REVOCATION)
    assert len(revocation_digest(data)) == 32


def test_a_dossier_takes_less_than_eighty_characters() -> None:
    many = {DossierId(f"{number:032x}"): StreamCut(1, bytes(32)) for number in range(1000)}
    data = sign_revocation(ROOT, Revocation(REVOCATION.organisation, DEVICE, MOMENT, many))
    assert len(data) < 80 * len(many)


def test_of_another_root_or_about_another_organisation_it_is_not_signed() -> None:
    with pytest.raises(UserError, match=r"trust\.not_signed"):
        verify_revocation(sign_revocation(OTHER, REVOCATION), ROOT.public)
    body = RevocationBody(DEVICE, MOMENT, organisation_id(OTHER.public), b"")
    with pytest.raises(UserError, match=r"trust\.not_signed"):
        verify_revocation(to_bytes(SignedDocument.make("revocation", body, ROOT)), ROOT.public)


def test_half_an_entry_is_damaged() -> None:
    body = RevocationBody(DEVICE, MOMENT, organisation_id(ROOT.public), bytes(57))
    with pytest.raises(UserError, match=r"trust\.document_damaged"):
        verify_revocation(to_bytes(SignedDocument.make("revocation", body, ROOT)), ROOT.public)

"""What a device says of its own wrapping key, and what a root says of the organisation's new one."""

from dataclasses import replace

import pytest

from protocol.certificates import OrganisationCard
from protocol.directory import Directory
from protocol.errors import UserError
from protocol.identifiers import DeviceId, device_id, organisation_id
from protocol.messages.documents import SignedDocument
from protocol.messages.enrolment import CertificateChain
from protocol.messages.message import to_bytes
from protocol.renewal import (
    KeyRenewal,
    KeysFile,
    LaptopFile,
    RenewalBody,
    WrappingKey,
    WrappingKeyBody,
    renewal_info,
    sign_renewal,
    verify_renewal,
)
from protocol.signatures import Signer
from tests.unit.protocol.test_certificates import MOMENT, OTHER, ROOT

DEVICE = DeviceId("4" * 32)


def _card(root: Signer, version: int = 2, name: str = "AZC") -> OrganisationCard:
    return OrganisationCard.make(root, name=name, kind="reception", wrap=bytes(33), version=version)


RENEWAL = KeyRenewal(_card(ROOT), DEVICE, MOMENT, b"wrapped")


def test_a_renewal_is_read_back_as_it_was_signed() -> None:
    assert verify_renewal(sign_renewal(ROOT, RENEWAL), ROOT.public) == RENEWAL


def test_of_another_root_or_with_another_card_it_is_not_signed() -> None:
    with pytest.raises(UserError, match=r"trust\.not_signed"):
        verify_renewal(sign_renewal(OTHER, RENEWAL), ROOT.public)
    with pytest.raises(UserError, match=r"trust\.not_signed"):
        verify_renewal(sign_renewal(ROOT, replace(RENEWAL, card=_card(OTHER))), ROOT.public)
    body = RenewalBody(RENEWAL.card.signed, DEVICE, MOMENT, organisation_id(OTHER.public), b"wrapped")
    with pytest.raises(UserError, match=r"trust\.not_signed"):
        verify_renewal(to_bytes(SignedDocument.make("renewal", body, ROOT)), ROOT.public)


def test_a_card_in_it_that_its_root_did_not_sign_is_refused() -> None:
    honest = RENEWAL.card.signed
    forged = SignedDocument({**honest.body, "name": "Another"}, honest.signature, honest.kind)
    body = RenewalBody(forged, DEVICE, MOMENT, organisation_id(ROOT.public), b"wrapped")
    with pytest.raises(UserError, match=r"trust\.not_signed"):
        verify_renewal(to_bytes(SignedDocument.make("renewal", body, ROOT)), ROOT.public)


def test_the_wrap_is_bound_to_organisation_device_and_version() -> None:
    ours, others = organisation_id(ROOT.public), organisation_id(OTHER.public)
    given = {
        renewal_info(organisation, device, version)
        for organisation in (ours, others)
        for device in (DEVICE, DeviceId("5" * 32))
        for version in (2, 3)
    }
    assert len(given) == 8


def test_a_device_signs_for_its_own_key_and_for_no_other() -> None:
    key = WrappingKey.make(ROOT, b"public")
    assert WrappingKey.verified(key.signed, ROOT.public) == key
    assert key.device == device_id(ROOT.public)
    with pytest.raises(UserError, match=r"trust\.not_signed"):
        WrappingKey.verified(key.signed, OTHER.public)
    foreign = SignedDocument.make("wrapping", WrappingKeyBody(DEVICE, b"public"), ROOT)
    with pytest.raises(UserError, match=r"trust\.not_signed"):
        WrappingKey.verified(foreign, ROOT.public)


def test_a_key_longer_than_any_is_refused() -> None:
    with pytest.raises(UserError, match=r"trust\.document_damaged"):
        WrappingKey.verified(WrappingKey.make(ROOT, bytes(2049)).signed, ROOT.public)


def test_a_newer_card_takes_the_place_of_an_older_one_and_never_the_other_way() -> None:
    directory = Directory(organisation_id(ROOT.public), 1, MOMENT, (_card(ROOT), _card(OTHER)), ())
    newer = directory.with_card(_card(OTHER, 3))
    assert newer.organisations == (_card(ROOT), _card(OTHER, 3))
    assert newer.with_card(_card(OTHER, 3, "Renamed")).card(_card(OTHER).id).name == "Renamed"
    with pytest.raises(UserError, match=r"trust\.card_older"):
        newer.with_card(_card(OTHER, 2))


def test_the_files_for_a_stick_are_read_back_and_whatever_else_is_damaged() -> None:
    document = SignedDocument.from_bytes(sign_renewal(ROOT, RENEWAL))
    laptop, keys = LaptopFile(CertificateChain(document, document), document), KeysFile(document, (document,))
    assert LaptopFile.read(to_bytes(laptop)) == laptop
    assert KeysFile.read(to_bytes(keys)) == keys
    for broken in (b"", to_bytes(laptop)[:-1], to_bytes(document)):
        for kind in (LaptopFile, KeysFile):
            with pytest.raises(UserError, match=r"trust\.document_damaged"):
                kind.read(broken)


def test_of_the_renewals_in_a_file_a_laptop_takes_its_own_and_verifies_it() -> None:
    ours, others = (
        SignedDocument.from_bytes(sign_renewal(ROOT, replace(RENEWAL, device=device)))
        for device in (DEVICE, DeviceId("5" * 32))
    )
    file = KeysFile(ours, (others, ours))
    assert file.renewal_for(DEVICE, ROOT.public) == RENEWAL
    assert file.renewal_for(DeviceId("6" * 32), ROOT.public) is None
    with pytest.raises(UserError, match=r"trust\.not_signed"):
        file.renewal_for(DEVICE, OTHER.public)

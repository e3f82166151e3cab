"""Cards, certificates and directories: what a root did not say, or said of something else, is refused."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace as with_fields

from desktop.vault.crypto.identity import SigningKey
from protocol.canonical import JsonValue, canonical_bytes
from protocol.certificates import (
    MUNICIPALITY,
    RECEPTION,
    DeviceBody,
    DeviceCertificate,
    DeviceChain,
    InvitationBody,
    InvitationCertificate,
    OrganisationBody,
    OrganisationCard,
    claimed_device,
    claimed_subject,
    verify_chain,
)
from protocol.directory import Directory, DirectoryBody, sign_directory, verify_directory
from protocol.errors import UserError
from protocol.identifiers import DeviceId, OrganisationId, device_id, organisation_id
from protocol.limits import DIRECTORY_DAYS
from protocol.messages.documents import SignedDocument
from protocol.messages.enrolment import CertificateChain
from protocol.messages.message import Message, to_bytes
from protocol.signatures import is_signed

MOMENT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
ROOT, OTHER, GUEST, DEVICE = (SigningKey.new() for _ in range(4))
CARD = OrganisationCard.make(ROOT, name="AZC Haarlem", kind=RECEPTION, wrap=b"public wrapping key")
INVITATION = InvitationCertificate.make(ROOT, invitation="5" * 32, public=GUEST.public, expires=MOMENT)
CERTIFICATE = DeviceCertificate.make(GUEST, INVITATION, public=DEVICE.public, issued=MOMENT)
CHAIN = DeviceChain(INVITATION, CERTIFICATE)


def _body(**change: object) -> OrganisationBody:
    body = OrganisationBody(organisation_id(ROOT.public), "AZC", RECEPTION, ROOT.public, b"wrap", 1)
    return with_fields(body, **change)


def _device(**change: object) -> DeviceBody:
    body = DeviceBody(INVITATION.organisation, INVITATION.invitation, device_id(DEVICE.public), DEVICE.public, MOMENT)
    return with_fields(body, **change)


def _shown(device: Message, signer: SigningKey = GUEST) -> CertificateChain:
    return CertificateChain(SignedDocument.make("device", device, signer), INVITATION.signed)


def test_a_card_is_read_back_as_it_was_made() -> None:
    again = OrganisationCard.from_json(CARD.to_json())
    assert (again, again.id, again.version) == (CARD, organisation_id(ROOT.public), 1)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (_body(id=OrganisationId("4" * 32)), "trust.document_damaged"),
        (_body(id=organisation_id(OTHER.public)), "trust.document_damaged"),
        (_body(kind="hospital"), "trust.document_damaged"),
        (_body(root=OTHER.public), "trust.not_signed"),
        (_body(root=bytes(31)), "trust.not_signed"),
    ],
)
def test_a_card_that_its_root_did_not_sign_of_itself_is_refused(body: OrganisationBody, code: str) -> None:
    with pytest.raises(UserError) as caught:
        OrganisationCard.verified(SignedDocument.make("organisation", body, ROOT))
    assert caught.value.code == code
    assert OrganisationCard.verified(SignedDocument.make("organisation", _body(kind=MUNICIPALITY), ROOT)).name == "AZC"


@pytest.mark.parametrize("root", [None, 7, [], "not base64url!"])
def test_a_card_without_a_readable_root_is_damaged(root: JsonValue) -> None:
    card = SignedDocument({**CARD.signed.body, "root": root}, CARD.signed.signature, CARD.signed.kind)
    with pytest.raises(UserError, match=r"trust\.document_damaged"):
        OrganisationCard.verified(card)
    with pytest.raises(UserError, match=r"trust\.document_damaged"):
        OrganisationCard.from_json([root])


def test_an_invitation_is_of_the_organisation_whose_root_signed_it() -> None:
    assert InvitationCertificate.from_json(INVITATION.signed.to_json(), ROOT.public) == INVITATION
    with pytest.raises(UserError, match=r"trust\.not_signed"):
        InvitationCertificate.from_json(INVITATION.signed.to_json(), OTHER.public)
    foreign = InvitationBody(organisation_id(OTHER.public), "5" * 32, GUEST.public, MOMENT)
    with pytest.raises(UserError, match=r"trust\.not_signed"):
        InvitationCertificate.verified(SignedDocument.make("invitation", foreign, ROOT), ROOT.public)


def test_an_invitation_can_name_who_joins() -> None:
    assert INVITATION.subject == ""
    assert "person" not in INVITATION.signed.body
    named = InvitationCertificate.make(
        ROOT, invitation="5" * 32, public=GUEST.public, expires=MOMENT, person="Anna de Boer"
    )
    assert InvitationCertificate.from_json(named.signed.to_json(), ROOT.public).subject == "Anna de Boer"
    assert claimed_subject(CertificateChain(CERTIFICATE.signed, named.signed)) == "Anna de Boer"
    other = SignedDocument({**named.signed.body, "person": "Karim"}, named.signed.signature, named.signed.kind)
    with pytest.raises(UserError, match=r"trust\.not_signed"):
        InvitationCertificate.verified(other, ROOT.public)


@pytest.mark.parametrize("name", ["", " Anna", "Anna ", "x" * 61, "Anna\n", "An\x00na", "An\u202ena", "\u2067Anna"])
def test_no_name_that_shows_as_another_is_certified(name: str) -> None:
    with pytest.raises(UserError, match=r"trust\.document_damaged"):
        InvitationCertificate.make(ROOT, invitation="5" * 32, public=GUEST.public, expires=MOMENT, person=name)


@pytest.mark.parametrize("name", ["A", "مريم", "ሰላም ገብረ", "x" * 60, "O'Brien-de Vries"])
def test_every_other_name_is(name: str) -> None:
    made = InvitationCertificate.make(ROOT, invitation="5" * 32, public=GUEST.public, expires=MOMENT, person=name)
    assert made.subject == name


def test_a_whole_chain_holds_in_each_form_it_is_shown_in() -> None:
    assert verify_chain(CHAIN.to_json(), ROOT.public) == CHAIN
    assert (
        verify_chain(CertificateChain(CERTIFICATE.signed, INVITATION.signed), ROOT.public, [DeviceId("4" * 32)])
        == CHAIN
    )


@pytest.mark.parametrize(
    "device",
    [
        _device(organisation=organisation_id(OTHER.public)),
        _device(invitation="6" * 32),
        _device(device=device_id(OTHER.public)),
        _device(public=OTHER.public),
    ],
)
def test_a_device_that_names_something_else_than_its_invitation_and_key_is_refused(device: DeviceBody) -> None:
    with pytest.raises(UserError, match=r"trust\.not_signed"):
        verify_chain(_shown(device), ROOT.public)


def test_a_device_that_another_than_the_guest_signed_is_refused() -> None:
    with pytest.raises(UserError, match=r"trust\.not_signed"):
        verify_chain(_shown(_device(), OTHER), ROOT.public)


def test_an_invitation_is_good_up_to_its_last_moment() -> None:
    assert verify_chain(_shown(_device(issued=MOMENT)), ROOT.public).device.issued == MOMENT
    with pytest.raises(UserError, match=r"enrol\.invitation_expired"):
        verify_chain(_shown(_device(issued=MOMENT + timedelta(milliseconds=1))), ROOT.public)


def test_a_revoked_device_has_no_chain_any_more() -> None:
    with pytest.raises(UserError, match=r"trust\.device_revoked"):
        verify_chain(CHAIN.to_json(), ROOT.public, [CERTIFICATE.device])


@pytest.mark.parametrize("value", [None, {}, [], {"device": {}, "invitation": {}}, {"more": 1}])
def test_what_is_no_chain_at_all_is_damaged(value: JsonValue) -> None:
    with pytest.raises(UserError, match=r"trust\.document_damaged"):
        verify_chain(value, ROOT.public)


def test_what_a_chain_claims_is_read_without_believing_it() -> None:
    unproven = _shown(_device(invitation="6" * 32), OTHER)
    assert claimed_device(unproven) == _device(invitation="6" * 32)
    with pytest.raises(UserError, match=r"trust\.document_damaged"):
        claimed_device(CertificateChain(INVITATION.signed, INVITATION.signed))


def test_a_body_of_another_shape_is_damaged_though_it_is_signed() -> None:
    document = SignedDocument.make("device", _body(), GUEST)
    with pytest.raises(UserError, match=r"trust\.document_damaged"):
        document.verify("device", DeviceBody, GUEST.public)


def test_a_key_that_is_no_key_signed_nothing() -> None:
    assert is_signed(ROOT.public, b"data", ROOT.sign(b"data"))
    assert not is_signed(ROOT.public, b"date", ROOT.sign(b"data"))
    assert not is_signed(bytes(31), b"data", ROOT.sign(b"data"))
    assert not is_signed(ROOT.public, b"data", b"")


DIRECTORY = Directory(CARD.id, 3, MOMENT, (CARD,), (DeviceId("4" * 32), DeviceId("6" * 32)))


def test_a_directory_is_read_back_as_its_root_signed_it_the_revoked_in_order() -> None:
    swapped = replace(DIRECTORY, revoked=DIRECTORY.revoked[::-1])
    assert verify_directory(sign_directory(ROOT, swapped), ROOT.public) == DIRECTORY
    assert DIRECTORY.card(CARD.id) is CARD
    with pytest.raises(UserError, match=r"trust\.organisation_unknown"):
        DIRECTORY.card(organisation_id(OTHER.public))


def test_a_directory_says_by_digest_how_far_each_revoked_device_is_trusted() -> None:
    cut = replace(DIRECTORY, revocations={DeviceId("4" * 32): bytes(range(32))})
    assert verify_directory(sign_directory(ROOT, cut), ROOT.public) == cut
    assert b"revocations" not in sign_directory(ROOT, DIRECTORY)


def test_a_directory_grows_old_by_days() -> None:
    young, old = MOMENT + timedelta(days=DIRECTORY_DAYS), MOMENT + timedelta(days=DIRECTORY_DAYS + 1)
    assert (DIRECTORY.is_old(young), DIRECTORY.is_old(old)) == (False, True)
    assert DIRECTORY.age_in_days(old) == DIRECTORY_DAYS + 1
    assert DIRECTORY.age_in_days(MOMENT - timedelta(days=9)) == 0


def test_a_directory_of_another_root_or_about_another_organisation_is_not_signed() -> None:
    with pytest.raises(UserError, match=r"trust\.not_signed"):
        verify_directory(sign_directory(OTHER, DIRECTORY), ROOT.public)
    body = DirectoryBody(MOMENT, organisation_id(OTHER.public), (CARD.signed,), (), 3)
    with pytest.raises(UserError, match=r"trust\.not_signed"):
        verify_directory(to_bytes(SignedDocument.make("directory", body, ROOT)), ROOT.public)


def test_a_directory_with_a_forged_card_is_refused_whole() -> None:
    forged = SignedDocument({**CARD.signed.body, "name": "AZC Zwolle"}, CARD.signed.signature, CARD.signed.kind)
    body = DirectoryBody(MOMENT, CARD.id, (CARD.signed, forged), (), 3)
    with pytest.raises(UserError, match=r"trust\.not_signed"):
        verify_directory(to_bytes(SignedDocument.make("directory", body, ROOT)), ROOT.public)


@pytest.mark.parametrize("data", [b"", b"{}", b"nonsense", canonical_bytes(CARD.to_json())])
def test_bytes_that_are_no_directory_are_damaged(data: bytes) -> None:
    with pytest.raises(UserError, match=r"trust\.document_damaged"):
        verify_directory(data, ROOT.public)


def test_a_card_is_read_back_from_its_bytes_and_a_damaged_one_is_told() -> None:
    data = to_bytes(CARD.signed)
    assert OrganisationCard.from_bytes(data) == CARD
    for damaged in (b"", data[:-1], data + b" ", b"[]"):
        with pytest.raises(UserError, match=r"trust\.document_damaged"):
            OrganisationCard.from_bytes(damaged)

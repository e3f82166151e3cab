from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from desktop.records.store.table_rows import SealedRow
from desktop.sync.batches import pack
from desktop.sync.incoming import verified_logs
from desktop.sync.trust_store import TrustStore
from desktop.vault.crypto.identity import DeviceIdentity, SigningKey
from protocol.canonical import JsonValue
from protocol.certificates import DeviceCertificate, DeviceChain, InvitationCertificate
from protocol.errors import EnvironmentProblem, UserError
from protocol.identifiers import DeviceId, DossierId, OrganisationId, organisation_id
from protocol.messages.membership import MembershipLog, MembershipStep
from protocol.messages.rows import Segment
from tests.membership_logs import created, next_statement

MOMENT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
DOSSIER = DossierId("a" * 32)
ROOT, OTHER_ROOT = SigningKey(bytes(32)), SigningKey(bytes(31) + b"\1")
OURS, OTHERS = organisation_id(ROOT.public), organisation_id(OTHER_ROOT.public)
DEVICE, STRANGER = DeviceIdentity(bytes(31) + b"\2"), DeviceIdentity(bytes(31) + b"\3")


def _chain(root: SigningKey, device: DeviceIdentity) -> JsonValue:
    key = SigningKey.new()
    invitation = InvitationCertificate.make(
        root, invitation="5" * 32, public=key.public, expires=MOMENT + timedelta(days=1)
    )
    return DeviceChain(
        invitation, DeviceCertificate.make(key, invitation, public=device.public, issued=MOMENT)
    ).to_json()


def _trusted(chains: Mapping[DeviceId, JsonValue], roots: Mapping[OrganisationId, bytes] | None = None) -> TrustStore:
    def chain_of(device: DeviceId) -> JsonValue:
        if device not in chains:
            raise EnvironmentProblem("sync.not_found")
        return chains[device]

    return TrustStore({OURS: ROOT.public} if roots is None else roots, chain_of)


def _segment(device: DeviceIdentity) -> Segment:
    signed = pack([SealedRow(DOSSIER, "core", 1, device.id, 1, bytes(32), b"sealed", 1)], device)
    assert signed is not None
    return signed.batch.segments[0]


def test_a_device_with_a_chain_to_a_known_root_is_believed() -> None:
    _trusted({DEVICE.id: _chain(ROOT, DEVICE)}).require_segment(_segment(DEVICE))


def test_a_chain_is_looked_up_once() -> None:
    asked: list[DeviceId] = []
    chain = _chain(ROOT, DEVICE)

    def chain_of(device: DeviceId) -> JsonValue:
        asked.append(device)
        return chain

    trusted = TrustStore({OURS: ROOT.public}, chain_of)
    trusted.require_segment(_segment(DEVICE))
    trusted.require_segment(_segment(DEVICE))

    assert asked == [DEVICE.id]


@pytest.mark.parametrize(
    ("chains", "code"),
    [
        ({}, "trust.chain_unreadable"),
        ({DEVICE.id: _chain(OTHER_ROOT, DEVICE)}, "trust.organisation_unknown"),
        ({DEVICE.id: _chain(ROOT, STRANGER)}, "trust.not_signed"),
        ({DEVICE.id: {"device": {}, "invitation": {}}}, "trust.chain_unreadable"),
        ({DEVICE.id: []}, "trust.chain_unreadable"),
    ],
)
def test_a_device_without_a_sound_chain_is_not_believed(chains: Mapping[DeviceId, JsonValue], code: str) -> None:
    with pytest.raises(UserError) as caught:
        _trusted(chains).require_segment(_segment(DEVICE))
    assert caught.value.code == code


def test_a_chain_under_a_false_root_is_not_believed() -> None:
    trusted = _trusted({DEVICE.id: _chain(ROOT, DEVICE)}, {OURS: OTHER_ROOT.public})

    with pytest.raises(UserError, match=r"trust\.not_signed"):
        trusted.require_segment(_segment(DEVICE))


def test_a_segment_somebody_else_signed_is_refused() -> None:
    true, false = _segment(DEVICE), _segment(STRANGER)
    forged = Segment.of(true.dossier, true.device, true.first, true.rows, false.signature)

    with pytest.raises(UserError, match=r"sync\.segment_not_signed"):
        _trusted({DEVICE.id: _chain(ROOT, DEVICE)}).require_segment(forged)


@pytest.mark.parametrize("code", ["sync.not_found", "sync.answer_broken"])
def test_a_chain_that_the_server_cannot_show_is_asked_for_once(code: str) -> None:
    asked: list[DeviceId] = []

    def chain_of(device: DeviceId) -> JsonValue:
        asked.append(device)
        raise EnvironmentProblem(code)

    trusted = TrustStore({OURS: ROOT.public}, chain_of)
    for _ in range(2):
        with pytest.raises(UserError, match=r"trust\.chain_unreadable"):
            trusted.require_segment(_segment(DEVICE))

    assert asked == [DEVICE.id]


def test_a_network_that_fails_while_looking_up_is_no_refusal() -> None:
    def chain_of(_device: DeviceId) -> JsonValue:
        raise EnvironmentProblem("sync.unreachable")

    with pytest.raises(EnvironmentProblem, match=r"sync\.unreachable"):
        TrustStore({OURS: ROOT.public}, chain_of).require_segment(_segment(DEVICE))


def test_a_step_counts_only_from_the_organisation_that_says_it() -> None:
    trusted = _trusted(
        {DEVICE.id: _chain(ROOT, DEVICE), STRANGER.id: _chain(OTHER_ROOT, STRANGER)},
        {OURS: ROOT.public, OTHERS: OTHER_ROOT.public},
    )
    begun = created(DOSSIER, OURS, DEVICE, MOMENT)
    offered = begun.after(next_statement(begun, MembershipStep.OFFERED, DEVICE, OTHERS))
    good = MembershipLog((*offered.statements, next_statement(offered, MembershipStep.RECEIVED, STRANGER)))
    own_receipt = MembershipLog((*offered.statements, next_statement(offered, MembershipStep.RECEIVED, DEVICE)))
    unsigned = MembershipLog((replace(begun.statements[0], signature=bytes(64)),))

    kept, refused = verified_logs((good, own_receipt, unsigned), trusted)

    assert kept == (good,)
    assert refused == ("sync.statement_not_signed", "sync.statement_not_signed")

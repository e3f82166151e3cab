import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.sync.wire import (
    DEVICE,
    INVITATION,
    MOST_WRAPS,
    NEXT,
    Batch,
    DeviceBody,
    DeviceChain,
    InvitationBody,
    Offer,
    Problem,
    Row,
    Segment,
    Statement,
    Step,
    Wrap,
    WrapSet,
    from_bytes,
    from_value,
    read_certificate,
    row_digest,
    schema_of,
    segment_message,
    statement_message,
    to_bytes,
)
from desktop.sync.wire.version import MOST_ANSWER_BYTES, MOST_ROWS
from desktop.vault.crypto.identity import DeviceIdentity, SigningKey
from desktop.vault.trust.certificates import DeviceCertificate, InvitationCertificate
from desktop.vault.trust.certificates import DeviceChain as VaultChain
from protocol.canonical import JsonValue, canonical_bytes
from protocol.errors import UserError
from protocol.identifiers import DeviceId, DossierId, OrganisationId, device_id
from protocol.signatures import is_signed

DOSSIER = DossierId("00112233445566778899aabbccddeeff")
DEVICE_ID = DeviceId("ffeeddccbbaa99887766554433221100")
SENDER, RECIPIENT = OrganisationId("1" * 32), OrganisationId("2" * 32)
MOMENT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
ROW = Row("core", 1, bytes(32), b"sealed")


def _statement(step: Step, offer: str = "3" * 32) -> Statement:
    return Statement(offer, DOSSIER, SENDER, RECIPIENT, step, DEVICE_ID, MOMENT, bytes(64))


def test_a_batch_has_these_bytes_for_ever() -> None:
    batch = Batch((Segment(DOSSIER, DEVICE_ID, 7, (ROW,), bytes(range(64))),))

    assert to_bytes(batch) == (
        b'{"segments":[{"device":"ffeeddccbbaa99887766554433221100","dossier":"00112233445566778899aabbccddeeff",'
        b'"first":7,"rows":[{"compartment":"core","epoch":1,'
        b'"previous":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","sealed":"c2VhbGVk"}],'
        b'"signature":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0-Pw"}]}'
    )
    assert from_bytes(Batch, to_bytes(batch)) == batch


def test_a_segment_is_signed_over_these_bytes_for_ever() -> None:
    assert segment_message(DOSSIER, DEVICE_ID, 7, (row_digest(ROW),)) == (
        b'opmaat/segment/1\0{"count":1,"device":"ffeeddccbbaa99887766554433221100",'
        b'"digest":"IK150bNqsN6n-Km8hvutu8IplqlTejel6bsMPSvhkSk","dossier":"00112233445566778899aabbccddeeff","first":7}'
    )


def test_a_statement_is_signed_over_these_bytes_for_ever() -> None:
    assert statement_message(_statement(Step.OFFERED)) == (
        b'opmaat/statement/1\0{"device":"ffeeddccbbaa99887766554433221100","dossier":"00112233445566778899aabbccddeeff",'
        b'"moment":"2026-11-22T09:30:00.000Z","offer":"33333333333333333333333333333333",'
        b'"recipient":"22222222222222222222222222222222","sender":"11111111111111111111111111111111","step":"offered"}'
    )


@given(
    sealed=st.binary(min_size=1, max_size=300),
    epoch=st.integers(1, 2**31 - 1),
    first=st.integers(1, 2**53 - 1),
    count=st.integers(1, 5),
)
def test_what_is_written_reads_back(sealed: bytes, epoch: int, first: int, count: int) -> None:
    rows = (Row("health", epoch, bytes(32), sealed),) * count
    batch = Batch((Segment(DOSSIER, DEVICE_ID, first, rows, bytes(64)),))

    assert from_bytes(Batch, to_bytes(batch)) == batch
    assert batch.segments[0].last == first + count - 1


@pytest.mark.parametrize(
    "change",
    [
        {"extra": 1},
        {"first": 0},
        {"first": True},
        {"first": "7"},
        {"first": 2**53},
        {"dossier": "0" * 31},
        {"dossier": "G" * 32},
        {"dossier": 5},
        {"rows": []},
        {"rows": "rows"},
        {"rows": [{}]},
        {"signature": "AA"},
        {"signature": "A" * 87},
        {"signature": "é" * 86},
        {"signature": None},
        {"signature": "A" * 85 + "B"},
    ],
)
def test_a_segment_that_is_not_as_agreed_is_refused(change: dict[str, JsonValue]) -> None:
    value = json.loads(to_bytes(Segment(DOSSIER, DEVICE_ID, 7, (ROW,), bytes(64))))

    with pytest.raises(UserError, match=r"sync\.message_broken"):
        from_value(Segment, {**value, **change})


@pytest.mark.parametrize("missing", ["device", "dossier", "first", "rows", "signature"])
def test_a_field_that_is_missing_is_noticed(missing: str) -> None:
    value = json.loads(to_bytes(Segment(DOSSIER, DEVICE_ID, 7, (ROW,), bytes(64))))
    del value[missing]

    with pytest.raises(UserError, match=r"sync\.message_broken"):
        from_value(Segment, value)


@pytest.mark.parametrize("data", [b"", b"\xff", b"[]", b"null", b'{"segments": []}', b'{"a":1,"a":1}', b"[" * 100_000])
def test_bytes_that_are_no_message_are_refused(data: bytes) -> None:
    with pytest.raises(UserError, match=r"sync\.message_broken"):
        from_bytes(Batch, data)


def test_a_message_above_the_limit_is_not_even_read() -> None:
    with pytest.raises(UserError, match=r"sync\.too_large"):
        from_bytes(Batch, bytes(MOST_ANSWER_BYTES + 1))


def test_a_batch_holds_at_most_so_many_rows_over_all_segments() -> None:
    segment = Segment(DOSSIER, DEVICE_ID, 1, (ROW,) * 300, bytes(64))

    assert len(Batch((segment,)).segments[0].rows) < MOST_ROWS
    with pytest.raises(UserError, match=r"sync\.message_broken"):
        Batch((segment, segment))


def test_a_set_of_wraps_has_its_limit() -> None:
    wrap = Wrap("core", 1, b"\2wrapped")
    assert from_bytes(WrapSet, to_bytes(WrapSet(DOSSIER, RECIPIENT, (wrap,)))).wraps == (wrap,)

    with pytest.raises(UserError, match=r"sync\.message_broken"):
        from_bytes(WrapSet, to_bytes(WrapSet(DOSSIER, RECIPIENT, (wrap,) * (MOST_WRAPS + 1))))


@pytest.mark.parametrize(
    "steps",
    [
        (Step.RECEIVED,),
        (Step.OFFERED, Step.ACCEPTED),
        (Step.OFFERED, Step.RECEIVED, Step.OFFERED),
        (Step.OFFERED, Step.WITHDRAWN, Step.RECEIVED),
    ],
)
def test_statements_in_an_impossible_order_are_refused(steps: tuple[Step, ...]) -> None:
    with pytest.raises(UserError, match=r"sync\.message_broken"):
        Offer(tuple(_statement(step) for step in steps))


def test_statements_about_two_offers_are_refused() -> None:
    with pytest.raises(UserError, match=r"sync\.message_broken"):
        Offer((_statement(Step.OFFERED), _statement(Step.RECEIVED, "4" * 32)))


def test_every_life_of_an_offer_ends() -> None:
    last = [step for step, after in NEXT.items() if not after]

    assert set(last) == {Step.ACCEPTED, Step.RETURNED, Step.WITHDRAWN}
    whole = Offer((_statement(Step.OFFERED), _statement(Step.RECEIVED), _statement(Step.RETURNED)))
    assert from_bytes(Offer, to_bytes(whole)) == whole
    assert whole.step is Step.RETURNED


@pytest.mark.parametrize(
    "moment", ["2026-11-22", "2026-11-22T09:30:00Z", "2026-11-22T09:30:00.000+00:00", "nonsense", 5]
)
def test_a_time_has_one_form_only(moment: object) -> None:
    value = {**json.loads(to_bytes(_statement(Step.OFFERED))), "moment": moment}

    with pytest.raises(UserError, match=r"sync\.message_broken"):
        from_value(Statement, value)


def test_a_problem_carries_facts_but_no_sentences() -> None:
    problem = Problem("urn:opmaat:problem:sync.gap", "Rows missing", 409, "Push.", "sync.gap", {"expected": "7"})
    assert from_bytes(Problem, to_bytes(problem)) == problem

    refused: list[JsonValue] = [{"expected": "<b>7</b>"}, {"expected": 7}, dict.fromkeys("abcdefghi", "x"), []]
    for facts in refused:
        value = {**json.loads(to_bytes(problem)), "details": facts}
        with pytest.raises(UserError, match=r"sync\.message_broken"):
            from_value(Problem, value)


def test_the_server_reads_the_chain_that_the_vault_writes() -> None:
    root, key, device = SigningKey.new(), SigningKey.new(), DeviceIdentity(SigningKey.new().seed)
    expires = MOMENT + timedelta(days=1)
    invitation = InvitationCertificate.make(root, invitation="5" * 32, public=key.public, expires=expires)
    issued = DeviceCertificate.make(key, invitation, public=device.public, issued=MOMENT)

    chain = from_bytes(DeviceChain, canonical_bytes(VaultChain(invitation, issued).to_json()))
    asked, invitation_bytes = read_certificate(chain.invitation, INVITATION, InvitationBody)
    shown, device_bytes = read_certificate(chain.device, DEVICE, DeviceBody)

    assert is_signed(root.public, invitation_bytes, chain.invitation.signature)
    assert is_signed(key.public, device_bytes, chain.device.signature)
    assert (asked.public, asked.expires, asked.invitation) == (key.public, expires, "5" * 32)
    assert (shown.device, shown.public, shown.issued) == (device.id, device.public, MOMENT)
    assert device_id(device.public) == device.id


def test_a_certificate_of_another_kind_does_not_pass() -> None:
    root, key = SigningKey.new(), SigningKey.new()
    invitation = InvitationCertificate.make(root, invitation="5" * 32, public=key.public, expires=MOMENT)
    value = json.loads(canonical_bytes(invitation.signed.to_json()))
    chain = from_value(DeviceChain, {"device": value, "invitation": value})

    with pytest.raises(UserError, match=r"sync\.message_broken"):
        read_certificate(chain.device, DEVICE, DeviceBody)
    with pytest.raises(UserError, match=r"sync\.message_broken"):
        read_certificate(chain.invitation, INVITATION, DeviceBody)


def test_the_published_schema_says_what_the_reader_wants() -> None:
    schema = schema_of(Segment)

    assert schema["additionalProperties"] is False
    assert schema["required"] == ["device", "dossier", "first", "rows", "signature"]
    assert schema["properties"]["rows"]["maxItems"] == MOST_ROWS
    assert schema["properties"]["dossier"]["pattern"] == "^(?:[0-9a-f]{32})$"

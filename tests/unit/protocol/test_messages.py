import json
import traceback
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.vault.crypto.identity import DeviceIdentity, SigningKey
from protocol.canonical import JsonValue, canonical_bytes
from protocol.certificates import DeviceCertificate, DeviceChain, InvitationCertificate, verify_chain
from protocol.errors import UserError
from protocol.identifiers import DeviceId, DossierId, OrganisationId
from protocol.limits import MOST_ANSWER_BYTES, MOST_ROWS, MOST_WRAPS
from protocol.messages.documents import SignedDocument
from protocol.messages.enrolment import CertificateChain
from protocol.messages.message import from_bytes, from_value, to_bytes
from protocol.messages.offers import NEXT, Offer, OfferStep, Statement, statement_message
from protocol.messages.rows import Batch, Receipt, Row, Segment, row_digest, segment_message
from protocol.messages.wraps import Wrap, WrapSet
from protocol.problems import Problem
from protocol.schemas import message_schemas

DOSSIER = DossierId("00112233445566778899aabbccddeeff")
DEVICE_ID = DeviceId("ffeeddccbbaa99887766554433221100")
SENDER, RECIPIENT = OrganisationId("1" * 32), OrganisationId("2" * 32)
MOMENT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
ROW = Row("core", 1, bytes(32), b"sealed")


def _statement(step: OfferStep, offer: str = "3" * 32) -> Statement:
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
    assert statement_message(_statement(OfferStep.OFFERED)) == (
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
    segment = Segment(DOSSIER, DEVICE_ID, 1, (ROW,) * (MOST_ROWS // 2 + 1), bytes(64))

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
        (OfferStep.RECEIVED,),
        (OfferStep.OFFERED, OfferStep.ACCEPTED),
        (OfferStep.OFFERED, OfferStep.RECEIVED, OfferStep.OFFERED),
        (OfferStep.OFFERED, OfferStep.WITHDRAWN, OfferStep.RECEIVED),
    ],
)
def test_statements_in_an_impossible_order_are_refused(steps: tuple[OfferStep, ...]) -> None:
    with pytest.raises(UserError, match=r"sync\.message_broken"):
        Offer(tuple(_statement(step) for step in steps))


def test_statements_about_two_offers_are_refused() -> None:
    with pytest.raises(UserError, match=r"sync\.message_broken"):
        Offer((_statement(OfferStep.OFFERED), _statement(OfferStep.RECEIVED, "4" * 32)))


def test_every_life_of_an_offer_ends() -> None:
    last = [step for step, after in NEXT.items() if not after]

    assert set(last) == {OfferStep.ACCEPTED, OfferStep.RETURNED, OfferStep.WITHDRAWN}
    whole = Offer((_statement(OfferStep.OFFERED), _statement(OfferStep.RECEIVED), _statement(OfferStep.RETURNED)))
    assert from_bytes(Offer, to_bytes(whole)) == whole
    assert whole.step is OfferStep.RETURNED


@pytest.mark.parametrize(
    "moment",
    [
        "2026-11-22",
        "2026-11-22T09:30:00Z",
        "2026-11-22T09:30:00.000+00:00",
        "0001-01-01T00:00:00.000+23:59",
        "9999-12-31T23:59:59.999-23:59",
        "nonsense",
        5,
    ],
)
def test_a_time_has_one_form_only(moment: object) -> None:
    value = {**json.loads(to_bytes(_statement(OfferStep.OFFERED))), "moment": moment}

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


def _chain(root: SigningKey, device: DeviceIdentity) -> DeviceChain:
    key = SigningKey.new()
    invitation = InvitationCertificate.make(root, invitation="5" * 32, public=key.public, expires=MOMENT)
    return DeviceChain(invitation, DeviceCertificate.make(key, invitation, public=device.public, issued=MOMENT))


def test_a_chain_is_read_from_the_bytes_that_a_device_shows() -> None:
    root, device = SigningKey.new(), DeviceIdentity(SigningKey.new().seed)
    made = _chain(root, device)

    shown = from_bytes(CertificateChain, canonical_bytes(made.to_json()))

    assert to_bytes(shown) == canonical_bytes(made.to_json())
    assert verify_chain(shown, root.public) == made
    assert (made.device.device, made.device.public) == (device.id, device.public)


@pytest.mark.parametrize("kinds", [("invitation", "invitation"), ("device", "device")])
def test_a_certificate_of_another_kind_does_not_pass(kinds: tuple[str, str]) -> None:
    root = SigningKey.new()
    chain = _chain(root, DeviceIdentity(bytes(32)))
    of_kind = {"device": chain.device.signed, "invitation": chain.invitation.signed}

    with pytest.raises(UserError, match=r"trust\.document_damaged"):
        verify_chain(CertificateChain(of_kind[kinds[0]], of_kind[kinds[1]]), root.public)


@pytest.mark.parametrize(
    "data",
    [
        b'{"known":0,"stored":1,"stored":1}',
        b'{"known":0,"known":0,"stored":1}',
        b'{"stored":1,"known":0}',
        b'{"known":0, "stored":1}',
        b'{"known":0,"stored":1.0}',
        b'{"known":0,"stored":1e0}',
        b'{"\\u006bnown":0,"stored":1}',
        b'{"known":0,"stored":1}\n',
    ],
)
def test_a_second_byte_form_of_a_message_is_refused(data: bytes) -> None:
    assert from_bytes(Receipt, b'{"known":0,"stored":1}') == Receipt(stored=1, known=0)
    with pytest.raises(UserError, match=r"sync\.message_broken"):
        from_bytes(Receipt, data)


@pytest.mark.parametrize(
    "body",
    ['{"a":1,"a":1}', '{"a":1.5}', '{"b":1,"a":1}', '{"a":"\\ud800"}', "[" * 100_000, '{"a":' * 80 + "1" + "}" * 80],
)
def test_a_document_whose_body_is_not_canonical_is_refused(body: str) -> None:
    signature = "A" * 86
    data = f'{{"body":{body},"signature":"{signature}","type":"opmaat/device/1"}}'.encode()

    with pytest.raises(UserError, match=r"sync\.message_broken"):
        from_bytes(SignedDocument, data)


def test_a_line_end_after_a_word_is_not_overlooked() -> None:
    value = json.loads(to_bytes(ROW))

    with pytest.raises(UserError, match=r"sync\.message_broken"):
        from_value(Row, {**value, "compartment": "core\n"})


def test_an_error_never_repeats_what_was_sent() -> None:
    name = "Sem" + "har"
    with pytest.raises(UserError) as caught:
        from_value(Receipt, {name: 0, "known": 0, "stored": 1})

    assert name not in "".join(traceback.format_exception(caught.value))


def test_the_published_schema_says_what_the_reader_wants() -> None:
    schema = message_schemas()["Segment"]

    assert schema["additionalProperties"] is False
    assert sorted(schema["required"]) == ["device", "dossier", "first", "rows", "signature"]
    assert schema["properties"]["rows"]["maxItems"] == MOST_ROWS
    assert schema["properties"]["dossier"]["pattern"] == r"^(?:[0-9a-f]{32})$(?!\n)"

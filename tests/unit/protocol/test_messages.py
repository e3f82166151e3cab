import json
import traceback
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from desktop.vault.crypto.identity import DeviceIdentity, SigningKey
from protocol.canonical import JsonValue, canonical_bytes
from protocol.certificates import DeviceCertificate, DeviceChain, InvitationCertificate, verify_chain
from protocol.errors import UserError
from protocol.identifiers import DeviceId, DossierId, OrganisationId
from protocol.limits import MOST_ANSWER_BYTES, MOST_WRAPS
from protocol.messages.documents import SignedDocument
from protocol.messages.enrolment import CertificateChain
from protocol.messages.membership import (
    NO_PREDECESSOR,
    MembershipLog,
    MembershipStatement,
    MembershipStep,
    digest_of,
    statement_message,
)
from protocol.messages.message import from_bytes, from_value, from_verified_bytes, to_bytes
from protocol.messages.rows import Receipt
from protocol.messages.wraps import Wrap, WrapBatch, WrapSet
from protocol.problems import Problem
from protocol.schemas import message_schemas

DOSSIER = DossierId("00112233445566778899aabbccddeeff")
DEVICE_ID = DeviceId("ffeeddccbbaa99887766554433221100")
SENDER, RECIPIENT = OrganisationId("1" * 32), OrganisationId("2" * 32)
MOMENT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
WRAP = Wrap("core", 1, b"\2wrapped")


def _statement() -> MembershipStatement:
    return MembershipStatement(
        dossier=DOSSIER,
        number=1,
        previous=NO_PREDECESSOR,
        step=MembershipStep.CREATED,
        organisation=SENDER,
        recipient=SENDER,
        epoch=1,
        compartments=("core",),
        heads=bytes(56),
        device=DEVICE_ID,
        moment=MOMENT,
        signature=bytes(64),
    )


def _log() -> MembershipLog:
    first = _statement()
    second = replace(
        first, number=2, previous=digest_of(first), step=MembershipStep.OFFERED, recipient=RECIPIENT, heads=b""
    )
    return MembershipLog((first, second))


def test_a_statement_is_signed_over_these_bytes_for_ever() -> None:
    assert statement_message(_statement()) == (
        b'opmaat/membership/1\0{"compartments":["core"],"device":"ffeeddccbbaa99887766554433221100",'
        b'"dossier":"00112233445566778899aabbccddeeff","epoch":1,"heads":"' + b"A" * 75 + b'",'
        b'"moment":"2026-11-22T09:30:00.000Z","number":1,"organisation":"11111111111111111111111111111111",'
        b'"previous":"' + b"A" * 43 + b'","recipient":"11111111111111111111111111111111","step":"created"}'
    )


@pytest.mark.parametrize(
    "change",
    [
        {"extra": 1},
        {"epoch": 0},
        {"epoch": True},
        {"epoch": "7"},
        {"epoch": 2**31},
        {"compartment": "Core"},
        {"compartment": "core\n"},
        {"compartment": 5},
        {"wrapped": []},
        {"wrapped": ""},
        {"wrapped": "A"},
        {"wrapped": "é"},
        {"wrapped": "A" * 30_000},
        {"wrapped": None},
        {"wrapped": "AB"},
    ],
)
def test_a_message_that_is_not_as_agreed_is_refused(change: dict[str, JsonValue]) -> None:
    value = json.loads(to_bytes(WRAP))

    with pytest.raises(UserError, match=r"sync\.message_broken"):
        from_value(Wrap, {**value, **change})


@pytest.mark.parametrize("missing", ["compartment", "epoch", "wrapped"])
def test_a_field_that_is_missing_is_noticed(missing: str) -> None:
    value = json.loads(to_bytes(WRAP))
    del value[missing]

    with pytest.raises(UserError, match=r"sync\.message_broken"):
        from_value(Wrap, value)


@pytest.mark.parametrize("data", [b"", b"\xff", b"[]", b"null", b'{"sets":[]}', b'{"a":1,"a":1}', b"[" * 100_000])
def test_bytes_that_are_no_message_are_refused(data: bytes) -> None:
    with pytest.raises(UserError, match=r"sync\.message_broken"):
        from_bytes(WrapBatch, data)


def test_a_message_above_the_limit_is_not_even_read() -> None:
    with pytest.raises(UserError, match=r"sync\.too_large"):
        from_bytes(WrapBatch, bytes(MOST_ANSWER_BYTES + 1))


def test_a_set_of_wraps_has_its_limit() -> None:
    assert from_bytes(WrapSet, to_bytes(WrapSet(DOSSIER, RECIPIENT, (WRAP,)))).wraps == (WRAP,)

    with pytest.raises(UserError, match=r"sync\.message_broken"):
        from_bytes(WrapSet, to_bytes(WrapSet(DOSSIER, RECIPIENT, (WRAP,) * (MOST_WRAPS + 1))))


def test_statements_that_do_not_follow_each_other_are_refused() -> None:
    log = _log()
    first, second = log.statements
    other = replace(first, dossier=DossierId("3" * 32))
    assert from_bytes(MembershipLog, to_bytes(log)) == log
    assert log.dossier == DOSSIER

    for wrong in ((second,), (second, first), (first, first), (other, second), (first, replace(second, number=3))):
        with pytest.raises(UserError, match=r"sync\.message_broken"):
            MembershipLog(wrong)


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
    value = {**json.loads(to_bytes(_statement())), "moment": moment}

    with pytest.raises(UserError, match=r"sync\.message_broken"):
        from_value(MembershipStatement, value)


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


def test_an_error_never_repeats_what_was_sent() -> None:
    name = "Sem" + "har"
    with pytest.raises(UserError) as caught:
        from_value(Receipt, {name: 0, "known": 0, "stored": 1})

    assert name not in "".join(traceback.format_exception(caught.value))


def test_the_published_schema_says_what_the_reader_wants() -> None:
    schema = message_schemas()["WrapSet"]

    assert schema["additionalProperties"] is False
    assert sorted(schema["required"]) == ["dossier", "recipient", "wraps"]
    assert schema["properties"]["wraps"]["maxItems"] == MOST_WRAPS
    assert schema["properties"]["dossier"]["pattern"] == r"^(?:[0-9a-f]{32})$(?!\n)"


@pytest.mark.parametrize("value", [{"known": 1.5, "stored": 1}, {"known": b"0", "stored": 1}, {1: 0}])
def test_a_value_that_has_no_form_is_no_message(value: object) -> None:
    with pytest.raises(UserError, match=r"sync\.message_broken"):
        from_value(Receipt, value)  # type: ignore[arg-type]  # on purpose


def test_what_was_written_here_is_read_without_a_look_at_its_form_and_still_not_believed_to_be_another_message() -> (
    None
):
    receipt = Receipt(stored=1, known=0)
    assert from_verified_bytes(Receipt, to_bytes(receipt)) == receipt
    assert from_verified_bytes(Receipt, b'{"stored": 1, "known": 0}') == receipt
    for data in (b'{"stored":1}', b"\xff"):
        with pytest.raises(UserError, match=r"sync\.message_broken"):
            from_verified_bytes(Receipt, data)

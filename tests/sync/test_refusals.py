import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from msgspec.structs import replace

from desktop.sync.batches import pack
from protocol.limits import MOST_BODY_BYTES
from protocol.messages.feed import read_page
from protocol.messages.rows import Batch, Row, Segment, batch_bytes, signed_bytes
from protocol.signatures import COVERED
from protocol.version import PROTOCOL
from tests.sync.machines import CLOCK, Laptop, Office, ServerProcess, found_office
from tests.sync.raw import Habits, plain, refused, send, signed

Join = Callable[..., Laptop]


def _batch(laptop: Laptop) -> Batch:
    parcel = pack(laptop.journal.outbox.rows_after(0, 500), laptop.vault.device)
    assert parcel is not None
    return parcel.batch


def _push(laptop: Laptop, batch: Batch, habits: Habits | None = None) -> httpx.Response:
    return send(signed(laptop.vault.device, "POST", f"{laptop.address}/v1/rows", batch_bytes(batch), habits))


def _signed_segment(laptop: Laptop, segment: Segment) -> Batch:
    return Batch((replace(segment, signature=laptop.vault.device.sign(signed_bytes(segment))),))


def _with_rows(segment: Segment, *rows: Row) -> Segment:
    return Segment.of(segment.dossier, segment.device, segment.first, rows, segment.signature)


def _stored(laptop: Laptop) -> int:
    answer = send(signed(laptop.vault.device, "GET", f"{laptop.address}/v1/feed?after=0&ownToo=true"))
    return sum(len(segment.rows) for segment in read_page(answer.content).segments)


def test_a_request_sent_twice_counts_once(anna: Laptop) -> None:
    request = signed(anna.vault.device, "POST", f"{anna.address}/v1/rows", batch_bytes(_batch(anna)))

    assert send(request).status_code == 200
    assert refused(send(request)).code == "sync.request_replayed"


@pytest.mark.parametrize("apart", [timedelta(minutes=-6), timedelta(minutes=6), timedelta(days=15_000)])
def test_a_laptop_with_another_clock_is_told_so(anna: Laptop, apart: timedelta) -> None:
    answer = _push(anna, _batch(anna), Habits(created=CLOCK.now() + apart))

    assert refused(answer).code == "sync.clock_differs"


@pytest.mark.parametrize("missing", COVERED)
def test_a_signature_that_covers_less_is_refused(anna: Laptop, missing: str) -> None:
    covered = [component for component in COVERED if component != missing]

    assert refused(_push(anna, _batch(anna), Habits(covered=covered))).code == "sync.signature_wrong"


@pytest.mark.parametrize("habits", [Habits(tag="another"), Habits(nonce=None), Habits(nonce="short")])
def test_a_signature_made_otherwise_is_refused(anna: Laptop, habits: Habits) -> None:
    assert refused(_push(anna, _batch(anna), habits)).code == "sync.signature_wrong"


def test_a_body_that_was_changed_on_the_way_is_refused(anna: Laptop) -> None:
    request = signed(anna.vault.device, "POST", f"{anna.address}/v1/rows", batch_bytes(_batch(anna)))
    body = bytearray(request.content)
    body[-10] ^= 1

    answer = send(httpx.Request("POST", request.url, content=bytes(body), headers=request.headers))

    assert refused(answer).code == "sync.signature_wrong"


def test_a_request_turned_to_another_address_is_refused(anna: Laptop) -> None:
    request = signed(anna.vault.device, "GET", f"{anna.address}/v1/feed?after=0")

    answer = send(httpx.Request("GET", f"{anna.address}/v1/feed?after=1", headers=request.headers))

    assert refused(answer).code == "sync.signature_wrong"


def test_a_batch_that_was_changed_is_refused_and_nothing_of_it_is_stored(anna: Laptop) -> None:
    segment = _batch(anna).segments[0]
    changed = _with_rows(segment, replace(segment.rows[0], sealed=b"something else"))

    assert refused(_push(anna, Batch((changed,)))).code == "sync.signature_wrong"
    assert refused(_push(anna, Batch((replace(segment, first=2),)))).code == "sync.signature_wrong"
    assert _stored(anna) == 0


def test_other_bytes_in_the_same_place_are_refused_and_nothing_of_the_batch_is_stored(anna: Laptop) -> None:
    batch = _batch(anna)
    assert _push(anna, batch).status_code == 200
    segment = batch.segments[0]
    other = Row("core", 1, bytes(32), b"another event")
    both = _signed_segment(anna, _with_rows(segment, other, other))

    problem = refused(_push(anna, both))

    assert (problem.status, problem.code) == (409, "sync.row_conflict")
    assert problem.details["sequence"] == "1"
    assert _stored(anna) == 1


def test_a_gap_is_refused_with_the_number_that_is_expected(anna: Laptop) -> None:
    late = _signed_segment(anna, replace(_batch(anna).segments[0], first=3))

    problem = refused(_push(anna, late))

    assert (problem.status, problem.code, problem.details["expected"]) == (409, "sync.gap", "1")


def test_a_device_pushes_only_its_own_rows(anna: Laptop, azc: Office, join: Join) -> None:
    bram = join(azc, "bram")
    bram.online().client.enrol(bram.vault.membership.chain)

    assert refused(_push(bram, _batch(anna))).code == "sync.foreign_stream"


def test_a_dossier_of_another_organisation_is_closed(anna: Laptop, town: Office, join: Join) -> None:
    assert _push(anna, _batch(anna)).status_code == 200
    carla = join(town, "carla")
    carla.online().client.enrol(carla.vault.membership.chain)
    segment = replace(_batch(anna).segments[0], device=carla.vault.device.id)

    assert refused(_push(carla, _signed_segment(carla, segment))).code == "sync.not_member"


@pytest.mark.parametrize(
    ("protocol", "status", "code"),
    [("0", 426, "sync.server_newer"), (str(PROTOCOL + 1), 409, "sync.client_newer"), ("x", 400, "sync.message_broken")],
)
def test_a_laptop_of_another_time_is_told_who_has_to_update(
    anna: Laptop, protocol: str, status: int, code: str
) -> None:
    problem = refused(_push(anna, _batch(anna), Habits(protocol=protocol)))

    assert (problem.status, problem.code) == (status, code)


def test_a_body_above_the_limit_is_refused(anna: Laptop) -> None:
    url = f"{anna.address}/v1/rows"
    with httpx.Client(trust_env=False) as client:
        try:
            answer = client.post(url, content=bytes(MOST_BODY_BYTES + 1), headers={"Opmaat-Protocol": "1"})
        except httpx.WriteError:  # the server hung up before everything was sent
            return
    assert refused(answer).code == "sync.too_large"


@pytest.mark.parametrize(
    ("method", "path", "code"),
    [
        ("GET", "/", "sync.not_found"),
        ("GET", "/v2/rows", "sync.not_found"),
        ("GET", "/v1/rows/", "sync.not_found"),
        ("DELETE", "/v1/rows", "sync.method_wrong"),
        ("GET", "/v1/feed", "sync.message_broken"),
    ],
)
def test_every_refusal_is_a_problem_with_a_code(azc: Office, method: str, path: str, code: str) -> None:
    assert refused(plain(method, azc.server.address + path)).code == code


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/v1/feed?after=-1", "sync.message_broken"),
        ("/v1/feed?after=x", "sync.message_broken"),
        ("/v1/devices/me", "sync.message_broken"),
        (f"/v1/devices/{'0' * 32}", "sync.not_found"),
        (f"/v1/organisations/{'0' * 32}/directory", "sync.not_found"),
    ],
)
def test_signed_questions_about_nothing_are_refused(anna: Laptop, path: str, code: str) -> None:
    assert refused(send(signed(anna.vault.device, "GET", anna.address + path))).code == code


def test_answers_carry_the_headers_of_the_design_rules(azc: Office) -> None:
    for path in ("/v1/health", "/v1/openapi.json", "/v1/nothing"):
        headers = plain("GET", azc.server.address + path).headers
        assert headers["api-version"] == "1.2.0"
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["strict-transport-security"]
        assert "server" not in headers
    assert plain("GET", azc.server.address + "/v1/openapi.json").headers["access-control-allow-origin"] == "*"


def test_health_says_which_protocols_are_spoken(azc: Office) -> None:
    answer = plain("GET", azc.server.address + "/v1/health")

    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "apiVersion": "1.2.0", "protocol": PROTOCOL, "oldestProtocol": 1}


def test_the_log_is_ids_codes_and_numbers(own_server: ServerProcess, tmp_path: Path, join: Join) -> None:
    anna = join(found_office(own_server, tmp_path / "azc", "AZC Dronten", "reception"), "anna")
    anna.open_case()
    anna.once()
    own_server.stop()

    lines = [json.loads(line) for line in own_server.log.read_text("utf-8").splitlines()]
    assert any(line["device"] == anna.vault.device.id and line["route"] == "/v1/rows" for line in lines)
    assert all(
        set(line) <= {"time", "level", "event", "method", "route", "status", "device", "milliseconds", "kind"}
        for line in lines
    )

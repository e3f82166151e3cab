import json
import random
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.sync.batches import pack
from protocol.messages.rows import batch_bytes
from protocol.version import ROWS_TYPE
from tests.examples import examples
from tests.fuzz.mutation import damaged
from tests.sync.machines import Laptop, Office
from tests.sync.raw import Habits, plain, refused, send, signed

Join = Callable[..., Laptop]
_RESOURCES = ("/v1/devices", "/v1/rows", "/v1/wraps", "/v1/membership")


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
_BODIES = st.binary(max_size=200) | _JSON.map(lambda value: json.dumps(value).encode())


@given(body=_BODIES, resource=st.sampled_from(_RESOURCES))
@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_get_a_coded_refusal(anna: Laptop, body: bytes, resource: str) -> None:
    answer = send(signed(anna.vault.device, "POST", anna.address + resource, body))

    assert 400 <= answer.status_code < 500
    assert refused(answer).code in {"sync.message_broken", "enrol.chain_broken"}


def test_a_batch_with_one_thing_changed_never_makes_the_server_fail(anna: Laptop) -> None:
    parcel = pack(anna.journal.outbox.rows_after(0, 500), anna.vault.device)
    assert parcel is not None
    chance = random.Random(7)  # noqa: S311 - repeatable garbage
    whole = batch_bytes(parcel.batch)
    refusals = {"sync.message_broken", "sync.foreign_stream", "sync.signature_wrong"}

    for _ in range(80):
        broken = damaged([whole], chance)
        answer = send(signed(anna.vault.device, "POST", f"{anna.address}/v1/rows", broken))
        assert broken == whole or refused(answer).code in refusals


@pytest.mark.parametrize(("resource", "kind"), [("/v1/rows", "application/json"), ("/v1/pieces", ROWS_TYPE)])
def test_a_binary_body_has_to_say_what_it_is(anna: Laptop, resource: str, kind: str) -> None:
    request = signed(anna.vault.device, "POST", anna.address + resource, b"x", Habits(media_type=kind))

    assert dict(refused(send(request)).details) == {"what": "type"}


@pytest.mark.parametrize(
    "headers",
    [
        {"Signature": "x", "Signature-Input": "y"},
        {"Signature": "a=:AAAA:", "Signature-Input": 'a=("@method");keyid="x";created=99999999999999999999'},
        {"Signature": "a=:AAAA:", "Signature-Input": 'a=("@method" "@method");tag="opmaat-1"'},
        {"Signature": "a=:AAAA:", "Signature-Input": 'a=("@query-param");tag="opmaat-1";created=-1;keyid="\\"'},
        {"Signature": "a=1, b=2", "Signature-Input": "a=(), b=();tag=1"},
        {"Content-Digest": "sha-256=1"},
    ],
)
def test_broken_signature_headers_are_refused(azc: Office, headers: dict[str, str]) -> None:
    answer = plain("POST", f"{azc.server.address}/v1/rows", b"{}", {"Opmaat-Protocol": "1", **headers})

    assert refused(answer).code == "sync.signature_wrong"

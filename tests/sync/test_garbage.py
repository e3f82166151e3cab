import json
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.sync.batches import pack
from protocol.canonical import canonical_bytes
from protocol.messages.message import to_value
from tests.examples import examples
from tests.sync.machines import Laptop, Office
from tests.sync.raw import plain, refused, send, signed

Join = Callable[..., Laptop]
_RESOURCES = ("/v1/devices", "/v1/rows", "/v1/wraps", "/v1/offers")


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
    whole = json.loads(canonical_bytes(to_value(parcel.batch)))

    for broken in _variations(whole, chance):
        answer = send(signed(anna.vault.device, "POST", f"{anna.address}/v1/rows", json.dumps(broken).encode()))
        assert 400 <= answer.status_code < 500
        refused(answer)


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


def _variations(whole: dict[str, Any], chance: random.Random) -> Iterator[dict[str, Any]]:
    """Yield copies of a message in each of which one value is something else, is missing, or is new."""
    for _ in range(80):
        copy = json.loads(json.dumps(whole))
        segment = copy["segments"][0]
        place = chance.choice([copy, segment, segment["rows"][0]])
        key = chance.choice(sorted(place))
        change = chance.randrange(3)
        if change == 0:
            place[key] = chance.choice([None, -1, 2**70, "", "é", [], {}, True, "A" * 5000])
        elif change == 1:
            del place[key]
        else:
            place["extra"] = 1
        yield copy

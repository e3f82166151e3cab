"""A bundle kept since version 1: it opens, and each damage of `malformed.json` has its code; no bytes do more."""

import hashlib
import io
import json
import random
from typing import Any

import pytest

from desktop.vault.file.bundle_container import compared_words, read_blocks, read_front, sealed_reader
from protocol.certificates import verify_chain
from protocol.encoding import from_base64
from protocol.errors import UserError
from tests import places

VECTORS = places.VECTORS / "bundle"
EXPECTED: Any = json.loads((VECTORS / "v1.json").read_text("utf-8"))
MALFORMED: Any = json.loads((VECTORS / "malformed.json").read_text("utf-8"))
FILES = [(VECTORS / f"v1-{number}of2.opmaat").read_bytes() for number in (1, 2)]


def _read(data: bytes) -> bytes:
    source = io.BytesIO(data)
    part = read_front(source)
    return b"".join(read_blocks(source, part, 300))


def _changed(change: dict[str, Any]) -> bytes:
    data = bytearray(FILES[0])
    if "cut" in change:
        return bytes(data[: change["cut"]])
    if "append" in change:
        return bytes(data) + bytes.fromhex(change["append"])
    new = bytes.fromhex(change["hex"]) if "hex" in change else bytes((data[change["at"]] ^ change["xor"],))
    data[change["at"] : change["at"] + len(new)] = new
    return bytes(data)


def test_the_golden_bundle_opens() -> None:
    fronts = [read_front(io.BytesIO(data)) for data in FILES]
    assert [front.number for front in fronts] == [1, 2]
    front = fronts[0]
    assert list(compared_words(front.head_bytes)) == EXPECTED["words"]
    device = verify_chain(front.head.chain, from_base64(EXPECTED["root"], "")).device
    body = front.head.verify(device.public)
    assert (body.device, body.recipient) == (EXPECTED["device"], EXPECTED["recipient"])
    reader = sealed_reader(io.BytesIO(b"".join(map(_read, FILES))), body, (from_base64(EXPECTED["wrap"], ""),))
    plain = b""
    while not reader.at_end():
        plain += reader.read(100)
    assert hashlib.sha256(plain).hexdigest() == EXPECTED["plaintext"]


@pytest.mark.parametrize("change", MALFORMED, ids=lambda change: change["name"])
def test_every_damage_has_its_code(change: dict[str, Any]) -> None:
    with pytest.raises(UserError) as caught:
        _read(_changed(change))
    assert caught.value.code == change["code"]


@pytest.mark.parametrize("seed", range(8))
def test_no_bytes_do_more_than_raise_a_code(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  # damage, no secret
    for _ in range(150):
        data = bytearray(chance.choice(FILES))
        for _ in range(chance.randrange(1, 6)):
            at = chance.randrange(len(data))
            if chance.random() < 0.3:
                del data[at : at + chance.randrange(1, 50)]
            else:
                data[at] = chance.randrange(256)
        if bytes(data) in FILES:
            continue
        try:
            part = read_front(io.BytesIO(data))
        except UserError as error:
            assert error.code in {"bundle.not_one", "bundle.newer_version", "bundle.damaged"}
            continue
        if part.head_bytes == read_front(io.BytesIO(FILES[0])).head_bytes:
            with pytest.raises(UserError, match=r"bundle\.damaged"):
                _read(bytes(data))

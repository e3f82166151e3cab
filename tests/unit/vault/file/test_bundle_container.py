"""The files of a bundle: what was written comes back, for its recipient only; a foreign or changed front has a code."""

import hashlib
import io
from pathlib import Path

import pytest

from desktop.vault.crypto.chunk_stream import CHUNK
from desktop.vault.crypto.identity import DeviceIdentity
from desktop.vault.crypto.wrapping import SUITE_X25519, new_private_key, public_key, wrap_key
from desktop.vault.file.bundle_container import (
    BundleAddress,
    compared_words,
    head_digest,
    read_blocks,
    read_front,
    sealed_reader,
    sealed_writer,
    write_front,
)
from desktop.vault.file.recovery_key import word_list
from desktop.vault.trust.organisation import create_organisation
from desktop.vault.vault import Vault
from protocol.certificates import MUNICIPALITY, RECEPTION
from protocol.errors import UserError
from protocol.identifiers import new_id
from protocol.messages.bundles import BundleBody, BundleHead, BundlePart
from protocol.messages.enrolment import CertificateChain
from protocol.messages.message import from_value
from tests.unit.vault.people import MOMENT, enrolled_vault

TEXT = bytes(range(256)) * (2 * CHUNK // 256) + b"the end"
TOWN = create_organisation("Gemeente Waterbeke", MUNICIPALITY)


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return enrolled_vault(tmp_path, create_organisation("AZC Duinrand", RECEPTION))


def _address(vault: Vault) -> BundleAddress:
    return BundleAddress(new_id(), vault.membership.card.id, vault.device.id, TOWN.card.id)


def _head(vault: Vault, address: BundleAddress, wrapped: bytes, *streams: bytes) -> bytes:
    parts = tuple(BundlePart(len(each), hashlib.sha256(each).digest()) for each in streams)
    body = BundleBody(address.bundle, MOMENT, address.sender, address.device, address.recipient, wrapped, parts)
    chain = from_value(CertificateChain, vault.membership.chain.to_json())
    return BundleHead.make(chain, body, vault.device).to_bytes()


def _sealed(address: BundleAddress) -> tuple[bytes, bytes]:
    stream = io.BytesIO()
    writer, wrapped = sealed_writer(stream, address, TOWN.card)
    writer.write(TEXT)
    writer.finish()
    return stream.getvalue(), wrapped


def _file(head: bytes, number: int, stream: bytes) -> bytes:
    target = io.BytesIO()
    write_front(target, number, head)
    return target.getvalue() + stream


def _read(data: bytes, block: int = 1000) -> bytes:
    source = io.BytesIO(data)
    part = read_front(source)
    return b"".join(read_blocks(source, part, block))


def _code(data: bytes) -> str:
    with pytest.raises(UserError) as caught:
        _read(data)
    return caught.value.code


def test_what_was_written_comes_back_for_its_recipient_only(vault: Vault) -> None:
    address = _address(vault)
    sealed, wrapped = _sealed(address)
    source = io.BytesIO(_file(_head(vault, address, wrapped, sealed), 1, sealed))
    part = read_front(source)
    assert (part.number, part.size, BundleAddress.of(part.body)) == (1, len(sealed), address)
    assert b"".join(read_blocks(source, part, 999)) == sealed
    other = new_private_key()
    reader = sealed_reader(io.BytesIO(sealed), part.body, (other, TOWN.wrap))
    assert reader.take(len(TEXT)) == TEXT
    assert reader.at_end()
    with pytest.raises(UserError, match=r"bundle\.damaged"):
        sealed_reader(io.BytesIO(sealed), part.body, (other,))


def test_a_key_of_another_length_opens_nothing(vault: Vault) -> None:
    private, address = new_private_key(SUITE_X25519), _address(vault)
    wrapped = wrap_key(public_key(private), b"short", address.to_bytes(b"bundle-key"))
    body = BundleHead.from_bytes(_head(vault, address, wrapped, b"x")).claim()
    with pytest.raises(UserError, match=r"bundle\.damaged"):
        sealed_reader(io.BytesIO(b"x"), body, (private,))


def test_a_seal_of_another_bundle_or_sender_does_not_open(vault: Vault) -> None:
    address = _address(vault)
    sealed, wrapped = _sealed(address)
    other = BundleAddress(new_id(), address.sender, address.device, address.recipient)
    body = BundleHead.from_bytes(_head(vault, other, wrapped, sealed)).claim()
    with pytest.raises(UserError, match=r"bundle\.damaged"):
        sealed_reader(io.BytesIO(sealed), body, (TOWN.wrap,))


def test_every_front_that_is_not_one_has_its_code(vault: Vault) -> None:
    address = _address(vault)
    good = _file(_head(vault, address, b"w", b"one", b"two"), 2, b"two")
    assert _read(good, 2) == b"two"
    number, length = slice(10, 14), slice(14, 18)
    for place, value, code in (
        (slice(8), b"OPMAATBK", "bundle.not_one"),
        (slice(8, 10), b"\0\2", "bundle.newer_version"),
        (slice(8, 10), b"\0\0", "bundle.damaged"),
        (number, b"\0\0\0\0", "bundle.damaged"),
        (number, b"\0\0\0\3", "bundle.damaged"),
        (number, b"\0\0\0\1", "bundle.damaged"),
        (length, b"\xff\xff\xff\xff", "bundle.damaged"),
        (length, b"\0\0\0\1", "bundle.damaged"),
    ):
        changed = bytearray(good)
        changed[place] = value
        assert _code(bytes(changed)) == code
    assert _code(good[:9]) == "bundle.damaged"
    assert _code(good[:-1]) == "bundle.damaged"
    assert _code(good + b"!") == "bundle.damaged"
    assert _code(good[:-1] + b"!") == "bundle.damaged"


def test_the_words_are_those_of_the_head(vault: Vault) -> None:
    address = _address(vault)
    one, two = _head(vault, address, b"w", b"one"), _head(vault, address, b"w", b"two")
    assert head_digest(one) != head_digest(two)
    assert compared_words(one) != compared_words(two)
    assert len(compared_words(one)) == 4
    assert set(compared_words(one)) <= set(word_list())


def test_the_device_of_the_chain_signs_the_head(vault: Vault) -> None:
    address = _address(vault)
    head = BundleHead.from_bytes(_head(vault, address, b"w", b"one"))
    assert head.verify(vault.device.public).size == 3
    with pytest.raises(UserError, match=r"trust\.not_signed"):
        head.verify(DeviceIdentity.new().public)

"""Every version ever written stays readable: files kept in tests/vectors open to what is written beside them."""

import base64
import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from desktop.vault.crypto.sealing import RowCipher, RowHeader, row_digest
from desktop.vault.crypto.wrapping import WrapInfo, fingerprint, unwrap_key
from desktop.vault.file.container import FILE_NAME
from desktop.vault.key_grants import KeyReceiver
from desktop.vault.trust.invitation import open_invitation
from desktop.vault.trust.organisation import read_key_file
from desktop.vault.vault import Vault, open_vault, open_with_recovery
from protocol.canonical import canonical_bytes
from protocol.certificates import OrganisationCard, verify_chain
from protocol.directory import verify_directory
from protocol.errors import UserError
from protocol.identifiers import DeviceId, DossierId
from tests import places
from tests.unit.vault.people import still_clock

VECTORS = places.VECTORS


def _load(name: str) -> Any:  # noqa: ANN401  # JSON
    return json.loads((VECTORS / name).read_text("utf-8"))


VAULT, TRUST, ROWS = _load("vault/v1.json"), _load("trust/v1.json"), _load("journal/rows_v1.json")
MOMENT = datetime.fromisoformat(TRUST["moment"])


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _lay_down(root: Path, file: str) -> Path:
    directory = root / str(VAULT["vault"])
    directory.mkdir(mode=0o700)
    (directory / FILE_NAME).write_bytes(_bytes(file))
    return directory


@pytest.mark.parametrize("by_recovery", [False, True])
def test_a_vault_of_version_1_opens(tmp_path: Path, *, by_recovery: bool) -> None:
    directory = _lay_down(tmp_path, VAULT["file"])
    if by_recovery:
        vault: Vault = open_with_recovery(directory, VAULT["recovery_words"], still_clock())
    else:
        vault = open_vault(directory, VAULT["passphrase"], still_clock())
    assert (vault.id, vault.person, vault.organisation) == (VAULT["vault"], VAULT["person"], VAULT["organisation"])
    assert (vault.device.id, vault.device.public.hex()) == (VAULT["device"], VAULT["device_public"])
    assert (vault.organisation_id, vault.get("settings")) == (VAULT["organisation_id"], VAULT["settings"])
    beside = {name: bytes.fromhex(value) for name, value in VAULT["sealed_beside"].items()}
    assert vault.open_sealed(beside["bound"], beside["sealed"]) == beside["plaintext"]


@pytest.mark.parametrize("case", _load("vault/malformed.json"), ids=lambda case: case["name"])
def test_a_malformed_vault_is_refused_with_its_code_and_left_alone(tmp_path: Path, case: dict[str, str]) -> None:
    directory = _lay_down(tmp_path, case["file"])
    with pytest.raises(UserError) as caught:
        open_vault(directory, VAULT["passphrase"], still_clock())
    assert caught.value.code == case["code"]
    assert (directory / FILE_NAME).read_bytes() == _bytes(case["file"])


def test_rows_of_version_1_open_and_chain() -> None:
    key, previous = bytes.fromhex(ROWS["key"]), bytes(32)
    for row in ROWS["rows"]:
        header = RowHeader(
            DossierId(row["dossier"]),
            row["compartment"],
            row["epoch"],
            DeviceId(row["device"]),
            row["sequence"],
            bytes.fromhex(row["previous"]),
        )
        sealed = bytes.fromhex(row["sealed"])
        assert header.previous == previous
        assert header.to_bytes().hex() == row["bound"]
        assert RowCipher(key).open(header.to_bytes(), sealed).decode() == row["plaintext"]
        previous = row_digest(header, sealed)
        assert previous.hex() == row["digest"]
    assert len(ROWS["rows"]) == ROWS["rows"][-1]["sequence"]


def test_documents_of_version_1_hold() -> None:
    root = bytes.fromhex(TRUST["root_public"])
    card = OrganisationCard.from_json(TRUST["card"])
    assert (card.root, fingerprint(root)) == (root, TRUST["fingerprint"])
    assert verify_chain(TRUST["chain"], root).device.device == TRUST["device"]
    directory = verify_directory(TRUST["directory"].encode(), root)
    assert (directory.version, directory.issued, directory.revoked) == (3, MOMENT, (TRUST["revoked_device"],))
    assert directory.card(card.id) == card


def test_invitation_and_key_file_of_version_1_open() -> None:
    invitation = TRUST["invitation"]
    opened_invitation = open_invitation(invitation["file"].encode(), invitation["code"], MOMENT)
    assert (opened_invitation.server, opened_invitation.wrap.hex()) == (invitation["server"], invitation["wrap"])
    file = TRUST["key_file"]
    assert read_key_file(file["file"].encode(), file["passphrase"]).root.seed.hex() == file["root_seed"]


@pytest.mark.parametrize("wrap", TRUST["wraps"], ids=["hybrid", "x25519"])
def test_wraps_of_version_1_open(wrap: dict[str, str]) -> None:
    given = {name: bytes.fromhex(value) for name, value in wrap.items()}
    assert unwrap_key(given["private"], given["wrapped"], given["info"]) == given["key"]


def test_a_grant_of_version_1_is_received(tmp_path: Path) -> None:
    grant, recipient = TRUST["grant"], OrganisationCard.from_json(TRUST["recipient_card"])
    vault = open_vault(_lay_down(tmp_path, VAULT["file"]), VAULT["passphrase"], still_clock())
    contents = vault._open.contents
    assert contents.membership is not None
    membership = replace(contents.membership, card=recipient, wraps=(bytes.fromhex(TRUST["recipient_private"]),))
    vault._open.contents = replace(contents, membership=membership)
    info = WrapInfo(DossierId(grant["dossier"]), grant["compartment"], grant["epoch"], recipient.id)
    giver = OrganisationCard.from_json(TRUST["card"])
    assert KeyReceiver(vault, {giver.id: giver.root}).receive(info, grant["blob"].encode()).key.hex() == grant["key"]


def test_documents_are_canonical_where_they_lie() -> None:
    assert canonical_bytes(json.loads(TRUST["directory"])).decode() == TRUST["directory"]
    assert canonical_bytes(json.loads(TRUST["grant"]["blob"])).decode() == TRUST["grant"]["blob"]

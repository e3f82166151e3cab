"""The format of a backup as it was first written, for ever: it opens, and every broken one has its code."""

import io
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.records import open_journal
from desktop.services.backups.backup_file import crypto_erase, look, prove, restore
from desktop.vault.backup_restoring import unlock_with_passphrase, unlock_with_recovery
from desktop.vault.file.backup_container import BackupHeader, read_header
from desktop.vault.file.slots import SlotKind
from desktop.vault.vault import Vault
from protocol.errors import EnvironmentProblem, UserError
from protocol.identifiers import DossierId
from tests import places
from tests.examples import examples
from tests.unit.vault.people import still_clock

HERE = places.VECTORS / "backup"
FILE = HERE / "v1.opmaatbackup"
WHOLE = FILE.read_bytes()
FACTS: Mapping[str, Any] = json.loads((HERE / "v1.json").read_text("utf-8"))
MALFORMED = json.loads((HERE / "malformed.json").read_text("utf-8"))


def _unlock(header: BackupHeader) -> bytes:
    return unlock_with_passphrase(header, FACTS["passphrase"])


def _restored(path: Path, root: Path) -> Vault:
    root.mkdir(mode=0o700, exist_ok=True)
    return restore(path, root, _unlock, SlotKind.PASSPHRASE, still_clock())


def test_version_one_opens_with_passphrase_and_recovery_key_to_the_same(tmp_path: Path) -> None:
    header = look(FILE)
    assert (header.metadata.backup, header.metadata.vault) == (FACTS["backup"], FACTS["vault"])
    assert _unlock(header) == unlock_with_recovery(header, FACTS["words"])
    vault = _restored(FILE, tmp_path / "new")
    journal = open_journal(vault.directory, vault, still_clock())
    (dossier,) = journal.dossiers()
    view = journal.view(dossier)
    assert (dossier, view.name) == (FACTS["dossier"], FACTS["name"])
    assert {ref: register.entries[0].value for ref, register in view.answers.items()} == FACTS["answers"]
    assert vault.device.id != FACTS["device"]
    journal.close()
    vault.lock()


def _changed(change: Mapping[str, Any]) -> bytes:
    if "keep" in change:
        return WHOLE[: change["keep"]]
    if "flip" in change:
        at = change["flip"]
        return WHOLE[:at] + bytes((WHOLE[at] ^ 1,)) + WHOLE[at + 1 :]
    if "cut" in change:
        start, end = change["cut"]
        return WHOLE[:start] + WHOLE[end:]
    at, data = change["put"][0], bytes.fromhex(change["put"][1])
    return WHOLE[:at] + data + WHOLE[at + len(data) :]


@pytest.mark.parametrize("case", MALFORMED, ids=[case["name"] for case in MALFORMED])
def test_a_broken_backup_has_its_code_and_leaves_nothing(case: Mapping[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "broken"
    path.write_bytes(_changed(case["change"]))
    with pytest.raises(UserError) as error:
        _restored(path, tmp_path / "new")
    assert error.value.code == case["code"]
    assert list((tmp_path / "new").iterdir()) == []


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Vault:
    return _restored(FILE, tmp_path_factory.mktemp("vault") / "new")


def test_every_single_byte_before_the_stream_is_proven(vault: Vault) -> None:
    header = look(FILE)
    end = header.records[-1].place + len(header.records[-1].sealed)
    parts = vault.for_backup()
    for at in range(end):
        with pytest.raises(UserError) as error:
            _open_header(WHOLE[:at] + bytes((WHOLE[at] ^ 0x10,)) + WHOLE[at + 1 : end], parts.key, header)
        assert error.value.code in {"backup.damaged", "backup.newer_version"}, at


def _open_header(data: bytes, key: bytes, known: BackupHeader) -> None:
    found = read_header(io.BytesIO(data))
    keys = found.open_keys(key)
    for record in found.records:
        found.open_record(keys, record)
    if found.associated_data != known.associated_data:
        raise UserError("backup.damaged")


def test_a_record_of_zeros_is_one_that_was_struck_out(vault: Vault, tmp_path: Path) -> None:
    path = tmp_path / "struck"
    path.write_bytes(WHOLE)
    gone = DossierId(FACTS["dossier"])
    assert crypto_erase(path, vault, lambda dossier, _compartment: dossier == gone) == len(look(path).records)
    assert crypto_erase(path, vault, lambda dossier, _compartment: dossier == gone) == 0
    assert all(record.erased for record in look(path).records)
    assert prove(path, vault, tmp_path / "work").readable == 0
    assert path.stat().st_size == len(WHOLE)


@settings(max_examples=examples(60))
@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 255), st.sampled_from(["flip", "cut", "double"]))
def test_a_backup_changed_anywhere_is_refused_with_a_code(
    tmp_path_factory: pytest.TempPathFactory, at: int, mask: int, how: str
) -> None:
    changed = {
        "flip": WHOLE[:at] + bytes((WHOLE[at] ^ mask,)) + WHOLE[at + 1 :],
        "cut": WHOLE[:at],
        "double": WHOLE[:at] + WHOLE[at:] * 2,
    }[how]
    folder = tmp_path_factory.mktemp("fuzz")
    path = folder / "changed"
    path.write_bytes(changed)
    with pytest.raises((UserError, EnvironmentProblem)) as error:
        _restored(path, folder / "new")
    assert error.value.code.startswith(("backup.", "vault."))
    assert list((folder / "new").iterdir()) == []


@settings(max_examples=examples(200))
@given(st.binary(max_size=400))
def test_any_bytes_are_read_as_a_front_or_refused(data: bytes) -> None:
    for prefix in (b"", b"OPMAATBK\0\1"):
        with pytest.raises(UserError) as error:
            read_header(io.BytesIO(prefix + data))
        assert error.value.code in {"backup.damaged", "backup.newer_version"}


def test_the_vector_is_readable_by_everybody_and_named_without_a_person() -> None:
    assert os.access(FILE, os.R_OK)
    assert b"Golden Person" not in WHOLE

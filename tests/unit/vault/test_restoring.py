"""A backup's vault file: the same ways to open it and the same secrets, on a device that has yet to join."""

import io
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.vault import backup_restoring as restoring
from desktop.vault.crypto.wrapping import WrapInfo
from desktop.vault.file.backup_container import BackupHeader, BackupMetadata, read_header, write_header
from desktop.vault.file.container import FILE_NAME
from desktop.vault.file.slots import SlotKind
from desktop.vault.key_grants import give
from desktop.vault.trust.escrow import answer_request
from desktop.vault.trust.organisation import create_organisation
from desktop.vault.vault import Vault, open_vault, open_with_key
from protocol.certificates import RECEPTION
from protocol.errors import UserError
from protocol.identifiers import DossierId
from tests.unit.vault.people import CHEAP, MOMENT, PASSPHRASE, enrolled_vault, new_vault, still_clock

AZC = create_organisation("AZC Haarlem", RECEPTION)


def _backup(vault: Vault) -> tuple[BackupHeader, bytes]:
    """Return the header of a backup of `vault` and the body of its vault file."""
    parts = vault.for_backup()
    metadata = BackupMetadata("b" * 32, vault.id, vault.person, vault.organisation, MOMENT, MOMENT + timedelta(days=90))
    stream = io.BytesIO()
    write_header(stream, metadata, parts, ())
    stream.seek(0)
    return read_header(stream), parts.contents.to_bytes()


def _restored(directory: Path, vault: Vault) -> Vault:
    header, body = _backup(vault)
    directory.mkdir(mode=0o700)
    key = restoring.unlock_with_passphrase(header, PASSPHRASE)
    restoring.write_restored(directory, header, key, body, MOMENT + timedelta(days=1))
    return open_with_key(directory, key, SlotKind.PASSPHRASE, still_clock())


def test_a_restored_copy_keeps_the_secrets_and_is_another_device(tmp_path: Path) -> None:
    vault = enrolled_vault(tmp_path, AZC)
    vault.put("settings", {"theme": "dark"})
    sealed = vault.seal(b"place", b"kept")
    copy = _restored(tmp_path / "copy", vault)
    assert (copy.id, copy.person, copy.slot_kinds, copy.get("settings")) == (
        vault.id,
        vault.person,
        vault.slot_kinds,
        {"theme": "dark"},
    )
    assert copy.open_sealed(b"place", sealed) == b"kept"
    assert copy.device.id != vault.device.id
    ((former, chain),) = restoring.former_devices(copy)
    assert (former.id, chain.device.device) == (vault.device.id, vault.device.id)
    assert (restoring.is_certified(vault), restoring.is_certified(copy)) == (True, False)


def test_a_copy_of_a_copy_that_never_joined_remembers_the_first_device_only(tmp_path: Path) -> None:
    vault = enrolled_vault(tmp_path, AZC)
    first = _restored(tmp_path / "first", vault)
    second = _restored(tmp_path / "second", first)
    assert [device.id for device, _chain in restoring.former_devices(second)] == [vault.device.id]


def test_a_copy_of_a_vault_without_organisation_has_no_former_device(tmp_path: Path) -> None:
    vault, _words = new_vault(tmp_path)
    copy = _restored(tmp_path / "copy", vault)
    assert (restoring.former_devices(copy), restoring.is_certified(copy)) == ((), False)
    assert copy.device.id != vault.device.id


def test_a_restored_copy_gives_no_key_before_it_joins_again(tmp_path: Path) -> None:
    copy = _restored(tmp_path / "copy", enrolled_vault(tmp_path, AZC))
    with pytest.raises(UserError, match=r"vault\.not_certified"):
        give(copy, WrapInfo(DossierId("5" * 32), "core", 1, AZC.card.id), AZC.card, bytes(32))


def test_a_backup_opens_with_passphrase_recovery_words_and_the_organisations_answer(tmp_path: Path) -> None:
    vault = enrolled_vault(tmp_path, AZC)
    words = vault.renew_recovery_key()
    header, _body = _backup(vault)
    key = vault.for_backup().key
    answer, code = answer_request(restoring.escrow_request_of(header, MOMENT), AZC.card.id, AZC.root, CHEAP)
    assert restoring.unlock_with_passphrase(header, PASSPHRASE) == key
    assert restoring.unlock_with_recovery(header, words) == key
    assert restoring.unlock_with_escrow(header, answer, code) == key


def test_what_does_not_open_a_backup_has_the_code_of_backups(tmp_path: Path) -> None:
    vault, words = new_vault(tmp_path)
    header, body = _backup(vault)
    _other, others_words = new_vault(tmp_path)
    with pytest.raises(UserError, match=r"backup\.wrong_passphrase"):
        restoring.unlock_with_passphrase(header, "another sentence")
    with pytest.raises(UserError, match=r"backup\.wrong_recovery_key"):
        restoring.unlock_with_recovery(header, others_words)
    with pytest.raises(UserError, match=r"escrow\.none"):
        restoring.escrow_request_of(header, MOMENT)
    with pytest.raises(UserError, match=r"vault\.no_such_slot"):
        restoring.unlock_with_escrow(header, b"", "0000-0000-0000")
    cut = tuple(replace(slot, data=slot.data[:-1]) for slot in header.slots)
    with pytest.raises(UserError, match=r"backup\.damaged"):
        restoring.unlock_with_recovery(replace(header, slots=cut), words)
    with pytest.raises(UserError, match=r"backup\.damaged"):
        restoring.write_restored(tmp_path, header, vault.for_backup().key, body[:-1], MOMENT)
    assert not (tmp_path / FILE_NAME).exists()


def test_a_restored_vault_opens_with_its_passphrase(tmp_path: Path) -> None:
    vault, _words = new_vault(tmp_path)
    _restored(tmp_path / "copy", vault).lock()
    assert open_vault(tmp_path / "copy", PASSPHRASE, still_clock()).person == vault.person

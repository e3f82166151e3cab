from pathlib import Path

import pytest

from desktop.vault import key_rotation as rotation
from desktop.vault.vault import open_vault
from protocol.errors import UserError
from tests.unit.vault.people import PASSPHRASE, new_vault, still_clock

GRANT = b'{"grant":1}'
KEY = bytes(range(32))
BOUND = b"grant\0" + bytes(16)


def test_a_sealed_grant_that_begins_as_an_open_one_is_opened_all_the_same(tmp_path: Path) -> None:
    vault, _ = new_vault(tmp_path)
    rotation.begin(vault)
    sealed = GRANT
    while not sealed.startswith(b"{") or sealed == GRANT:
        sealed = rotation.seal_grant(vault, BOUND, GRANT)
    assert rotation.open_grant(vault, BOUND, sealed) == GRANT
    assert rotation.open_grant(vault, BOUND, GRANT) == GRANT
    with pytest.raises(UserError, match=r"vault\.seal_broken"):
        rotation.open_grant(vault, BOUND, b"x" + sealed)
    vault.lock()


def test_after_a_rotation_only_what_was_sealed_since_opens(tmp_path: Path) -> None:
    vault, _ = new_vault(tmp_path)
    before = rotation.seal_key(vault, BOUND, KEY)
    rotation.begin(vault)
    rotation.begin(vault)
    assert rotation.is_under_way(vault)
    since = rotation.seal_key(vault, BOUND, KEY)
    assert (rotation.open_key(vault, BOUND, before), rotation.open_key(vault, BOUND, since)) == (KEY, KEY)
    rotation.finish(vault)
    rotation.finish(vault)
    assert not rotation.is_under_way(vault)
    assert rotation.open_key(vault, BOUND, since) == KEY
    with pytest.raises(UserError, match=r"vault\.seal_broken"):
        rotation.open_key(vault, BOUND, before)
    vault.lock()
    assert rotation.open_key(open_vault(vault.directory, PASSPHRASE, still_clock()), BOUND, since) == KEY


def test_a_vault_from_before_there_was_a_secret_seals_once_until_its_first_rotation(tmp_path: Path) -> None:
    vault, _ = new_vault(tmp_path)
    vault.put(rotation.NOTE, None)
    once = rotation.seal_key(vault, BOUND, KEY)
    assert vault.open_sealed(BOUND, once) == KEY
    assert rotation.open_key(vault, BOUND, once) == KEY
    assert rotation.seal_grant(vault, BOUND, GRANT) == GRANT
    rotation.begin(vault)
    rotation.finish(vault)
    assert len(rotation.seal_key(vault, BOUND, KEY)) > len(once)
    assert rotation.open_key(vault, BOUND, once) == KEY

from pathlib import Path

import pytest

from desktop.vault import key_rotation as rotation
from protocol.errors import UserError
from tests.unit.vault.people import new_vault

GRANT = b'{"grant":1}'
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

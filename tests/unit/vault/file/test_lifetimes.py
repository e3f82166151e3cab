"""Whatever is raised while a vault is opened or made, nothing stays behind that keeps the next attempt out."""

from pathlib import Path

import pytest

from desktop.vault.crypto import stretching
from desktop.vault.file.unlock_throttle import UnlockAttempts
from desktop.vault.vault import open_vault, open_with_recovery
from protocol.errors import EnvironmentProblem, UserError
from tests.unit.vault.people import PASSPHRASE, new_vault, still_clock


class PanicError(BaseException):
    """As a Rust panic arrives in Python: no subclass of Exception."""


RAISED = [
    MemoryError("no memory"),
    RuntimeError("a bug"),
    PanicError(),
    KeyboardInterrupt(),
    UserError("vault.damaged"),
]


@pytest.mark.parametrize("raised", RAISED, ids=lambda raised: type(raised).__name__)
@pytest.mark.parametrize(
    "target", ["desktop.vault.vault.Contents.from_bytes", "desktop.vault.vault.UnlockAttempts.keep"]
)
def test_the_next_attempt_opens_after_any_exception(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, raised: BaseException, target: str
) -> None:
    vault, words = new_vault(tmp_path)
    vault.lock()

    def fail(*_arguments: object) -> None:
        raise raised

    with monkeypatch.context() as broken:
        broken.setattr(target, fail)
        with pytest.raises(type(raised)):
            open_vault(vault.directory, PASSPHRASE, still_clock())
        with pytest.raises(type(raised)):
            open_with_recovery(vault.directory, words, still_clock())
    open_vault(vault.directory, PASSPHRASE, still_clock()).lock()


@pytest.mark.parametrize("raised", RAISED, ids=lambda raised: type(raised).__name__)
@pytest.mark.parametrize("target", ["desktop.vault.vault.write_atomic", "desktop.vault.vault.UnlockAttempts.keep"])
def test_a_vault_that_could_not_be_made_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, raised: BaseException, target: str
) -> None:
    def fail(*_arguments: object) -> None:
        raise raised

    monkeypatch.setattr(target, fail)
    with pytest.raises(type(raised)):
        new_vault(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_too_little_memory_is_said_and_the_vault_opens_when_there_is_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault, _words = new_vault(tmp_path)
    vault.lock()

    class Exhausted:
        def __init__(self, **_parameters: object) -> None: ...

        def derive(self, _secret: bytes) -> bytes:
            raise MemoryError

    with monkeypatch.context() as broken:
        broken.setattr(stretching, "Argon2id", Exhausted)
        with pytest.raises(EnvironmentProblem) as problem:
            open_vault(vault.directory, PASSPHRASE, still_clock())
    assert problem.value.code == "vault.out_of_memory"
    assert UnlockAttempts.load(vault.directory).failed == 0
    open_vault(vault.directory, PASSPHRASE, still_clock()).lock()

"""Opening the use cases over a vault: whatever is raised, everything opened before it is closed again."""

from pathlib import Path

import pytest

from desktop.bootstrap import opening
from desktop.bootstrap.opening import open_services
from desktop.records import Journal
from desktop.vault.trust.organisation import create_organisation
from desktop.vault.vault import open_vault
from protocol.errors import EnvironmentProblem
from tests.content import content
from tests.unit.vault.people import PASSPHRASE, enrolled_vault, still_clock


class PanicError(BaseException):
    """As a Rust panic arrives in Python: no subclass of Exception."""


@pytest.mark.parametrize(
    "raised",
    [MemoryError(), RuntimeError("a bug"), PanicError(), KeyboardInterrupt(), EnvironmentProblem("records.disk_full")],
    ids=lambda raised: type(raised).__name__,
)
@pytest.mark.parametrize("step", ["open_journal", "_client", "Backups", "SyncService", "OwnCopyService"])
def test_the_next_attempt_opens_after_any_exception(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, raised: BaseException, step: str
) -> None:
    vault = enrolled_vault(tmp_path, create_organisation("AZC", "reception"))

    def fail(*_arguments: object, **_named: object) -> None:
        raise raised

    with monkeypatch.context() as broken:
        broken.setattr(opening, step, fail)
        with pytest.raises(type(raised)):
            open_services(vault, content(), still_clock())
    assert vault.locked
    again = open_vault(vault.directory, PASSPHRASE, still_clock())
    services = open_services(again, content(), still_clock())
    services.caseload.people()
    services.close()
    assert again.locked


def test_closing_locks_the_vault_even_when_the_journal_cannot_be_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = enrolled_vault(tmp_path, create_organisation("AZC", "reception"))
    real = Journal.close

    def fail(journal: Journal) -> None:
        real(journal)
        raise EnvironmentProblem("records.disk_full")

    with monkeypatch.context() as broken:
        broken.setattr(Journal, "close", fail)
        services = open_services(vault, content(), still_clock())
        with pytest.raises(EnvironmentProblem):
            services.close()
    assert vault.locked
    open_vault(vault.directory, PASSPHRASE, still_clock()).lock()

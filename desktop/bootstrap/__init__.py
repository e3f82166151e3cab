"""The composition root: the one package that knows every floor. It builds, and does nothing else.

Every collaborator is a constructor argument from here; tests give another clock, folder or cost. What is only needed
for an open vault is in `opening`, and imported when one is opened.
"""

from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.kernel import collector
from desktop.kernel.files import private_directory
from desktop.services.accounts.preferences import Preferences
from desktop.services.accounts.recovery_sheet import make_recovery_sheet
from desktop.services.accounts.report import save_report
from desktop.services.suite import AppServices, Services
from protocol.times import Clock, SystemClock

if TYPE_CHECKING:
    from desktop.bootstrap.content import Content
    from desktop.services.accounts.accounts import Accounts
    from desktop.services.backups.restoring import RestoreService
    from desktop.vault.crypto.stretching import Cost
    from desktop.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class Config:
    """Where the vaults lie, where copies of public files may lie, what time it is, what guessing a passphrase costs.

    Without `cost` it is measured on this machine when a vault is made.
    """

    data: Path
    cache: Path
    clock: Clock = field(default_factory=SystemClock)
    cost: "Cost | None" = None


def build(config: Config) -> AppServices:
    """Return what there is before a vault is open.

    Raises EnvironmentProblem `files.not_private` and others when the data folder cannot be used.
    """
    vaults = private_directory(private_directory(config.data) / "vaults")

    @cache
    def accounts() -> "Accounts":
        from desktop.services.accounts.accounts import Accounts

        return Accounts(vaults, config.clock, config.cost)

    @cache
    def content() -> "Content":
        from desktop.bootstrap.content import read_content

        found = read_content(config.cache)
        collector.keep()
        return found

    def opened(vault: "Vault") -> Services:
        from desktop.bootstrap.opening import open_services

        return open_services(vault, content(), config.clock)

    return AppServices(
        load_accounts=accounts,
        list_accounts=lambda: accounts().accounts() if any(vaults.iterdir()) else (),
        end_practice=lambda: accounts().end_practice() if accounts.cache_info().currsize else None,
        preferences=Preferences(config.data),
        restoring=lambda: _restoring(vaults, config.clock),
        open=opened,
        recovery_sheet=lambda person, organisation, words: make_recovery_sheet(
            person, organisation, words, config.clock
        ),
        save_report=partial(save_report, config.data),
        get_ready=content,
    )


def _restoring(vaults: Path, clock: Clock) -> "RestoreService":
    from desktop.services.backups.restoring import RestoreService

    return RestoreService(vaults, clock)

"""Vaults and organisations for tests: real cryptography at a cheap cost, a clock that stands still."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from desktop.vault.crypto.stretching import Cost
from desktop.vault.trust.invitation import make_invitation, open_invitation
from desktop.vault.trust.organisation import OrganisationRoot
from desktop.vault.vault import Vault, create_vault
from protocol.times import SettableClock

CHEAP = Cost.cheap()
PASSPHRASE = "a sentence for tests"
MOMENT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
SERVER = "http://127.0.0.1:8000"


def still_clock() -> SettableClock:
    """Return a clock at MOMENT."""
    return SettableClock(MOMENT)


def new_vault(
    root: Path, person: str = "J. de Vries", clock: SettableClock | None = None
) -> tuple[Vault, tuple[str, ...]]:
    """Return an open vault of its own and its recovery words."""
    clock = clock or still_clock()
    return create_vault(root, person=person, organisation="AZC", passphrase=PASSPHRASE, clock=clock, cost=CHEAP)


def enrolled_vault(root: Path, organisation: OrganisationRoot, person: str = "J. de Vries") -> Vault:
    """Return an open vault that joined `organisation`."""
    vault, _ = new_vault(root, person)
    invitation, code = make_invitation(organisation, server=SERVER, expires=MOMENT + timedelta(days=7), cost=CHEAP)
    vault.join(open_invitation(invitation, code, MOMENT), MOMENT)
    return vault

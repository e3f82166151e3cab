"""Who works on this laptop: open a vault, join with an invitation, practise with invented people.

Everybody has a vault of their own, so a shared laptop shares nothing. Called on the store thread only. Every error of
the vault passes through with its code (`vault.…`, `enrol.…`, `files.…`); a failed attempt leaves everything as it was.
"""

import secrets
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from desktop.kernel.clock import Clock
from desktop.kernel.errors import OpmaatError, UserError
from desktop.kernel.files import read_bytes
from desktop.kernel.ids import VaultId
from desktop.vault.invitation import LARGEST, InvitationCard, make_invitation, open_invitation, read_invitation
from desktop.vault.organisation import create_organisation
from desktop.vault.stretching import DEFAULT, Cost
from desktop.vault.trust import RECEPTION
from desktop.vault.vault import (
    SHORTEST_PASSPHRASE,
    Vault,
    VaultCard,
    create_vault,
    list_vaults,
    open_vault,
    open_with_recovery,
)
from desktop.vault.wrapping import fingerprint

PRACTICE_SERVER = ""
"""A practice organisation has no server: nothing leaves the laptop."""

LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Account:
    """A vault on this laptop as the unlock screen shows it; `problem` is the code of one that cannot be opened."""

    vault: VaultId
    person: str
    organisation: str
    last_opened: datetime | None
    problem: str | None


@dataclass(frozen=True, slots=True)
class Invited:
    """What an invitation says before its code is given; `fingerprint` is to be compared with the administrator's."""

    organisation: str
    server: str
    expires: datetime
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who joins: what colleagues call them and the passphrase they chose."""

    person: str
    passphrase: str


@dataclass(frozen=True, slots=True, repr=False)
class Joined:
    """A new vault, open, with the words of its recovery key: to be shown once and kept on paper."""

    vault: Vault
    words: tuple[str, ...]


class Accounts:
    """The vaults under `root`, one directory each; `cost` is what guessing a passphrase costs."""

    def __init__(self, root: Path, clock: Clock, cost: Cost = DEFAULT) -> None:
        self._root = root
        self._clock = clock
        self._cost = cost
        self._practice: Path | None = None

    def accounts(self) -> tuple[Account, ...]:
        """Return everybody with a vault here, who opened last first."""
        return tuple(_account(card) for card in list_vaults(self._root))

    def open(self, vault: VaultId, passphrase: str) -> Vault:
        """Return the open vault. Raises UserError `vault.wrong_passphrase`, `vault.damaged` and others."""
        return open_vault(self._root / vault, passphrase, self._clock)

    def recover(self, vault: VaultId, words: Sequence[str], passphrase: str) -> Vault:
        """Open a vault with its recovery key on paper and give it a new passphrase.

        Raises UserError `vault.wrong_recovery_key`, the `vault.recovery_…` codes and `vault.passphrase_too_short`.
        """
        if len(passphrase) < SHORTEST_PASSPHRASE:
            raise UserError("vault.passphrase_too_short", {"count": str(SHORTEST_PASSPHRASE)})
        opened = open_with_recovery(self._root / vault, words, self._clock)
        try:
            opened.reset_passphrase(passphrase)
        except OpmaatError:
            opened.lock()
            raise
        return opened

    def look(self, invitation: Path) -> Invited:
        """Return what the invitation file says. Raises UserError `enrol.invitation_damaged` and others."""
        shown = read_invitation(_read(invitation))
        return _invited(shown)

    def join(self, invitation: Path, code: str, newcomer: Newcomer) -> Joined:
        """Make a vault for a new colleague and join it to the organisation that invited them.

        The server hears of it at the next synchronisation. Raises UserError `accounts.name_missing`,
        `enrol.wrong_code`, `enrol.invitation_expired`, `vault.passphrase_too_short`; nothing is made then.
        """
        return self._join(self._root, _read(invitation), code, newcomer)

    def practise(self, person: str, organisation: str) -> Vault:
        """Return a vault in a folder that is thrown away, in an organisation of its own without a server."""
        self.end_practice()
        self._practice = Path(tempfile.mkdtemp(prefix="opmaat-practice-"))
        root = create_organisation(organisation, RECEPTION)
        expires = self._clock.now() + timedelta(days=1)
        data, code = make_invitation(root, server=PRACTICE_SERVER, expires=expires, cost=self._cost)
        newcomer = Newcomer(person, secrets.token_urlsafe())
        return self._join(self._practice, data, code, newcomer).vault

    def end_practice(self) -> None:
        """Throw the practice environment away. Close its journal first."""
        if self._practice is not None:
            shutil.rmtree(self._practice, ignore_errors=True)
            self._practice = None

    def _join(self, root: Path, data: bytes, code: str, newcomer: Newcomer) -> Joined:
        person = newcomer.person.strip()
        if not person or len(person) > LONGEST_NAME:
            raise UserError("accounts.name_missing", {"count": str(LONGEST_NAME)})
        moment = self._clock.now()
        membership = open_invitation(data, code, moment)
        vault, words = create_vault(
            root,
            person=person,
            organisation=membership.card.name,
            passphrase=newcomer.passphrase,
            clock=self._clock,
            cost=self._cost,
        )
        try:
            vault.join(membership, moment)
        except OpmaatError:
            vault.lock()
            shutil.rmtree(vault.directory, ignore_errors=True)
            raise
        return Joined(vault, words)


def _read(invitation: Path) -> bytes:
    return read_bytes(invitation, LARGEST)


def _account(card: VaultCard) -> Account:
    return Account(card.vault, card.person, card.organisation, card.last_opened, card.problem)


def _invited(shown: InvitationCard) -> Invited:
    return Invited(shown.card.name, shown.server, shown.certificate.expires, fingerprint(shown.card.root))

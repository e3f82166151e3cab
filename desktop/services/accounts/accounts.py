"""Who works on this laptop: open a vault, join with an invitation, practise with invented people.

Everybody has a vault of their own, so a shared laptop shares nothing. Called on the store thread only. Every error of
the vault passes through with its code (`vault.…`, `enrol.…`, `files.…`); a failed attempt leaves everything as it was.
"""

import secrets
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from desktop.kernel.files import read_bytes, write_atomic
from desktop.vault.crypto.calibration import choose_cost
from desktop.vault.crypto.stretching import Cost
from desktop.vault.crypto.wrapping import fingerprint
from desktop.vault.file.listing import VaultInfo, list_vaults
from desktop.vault.file.slots import SlotKind
from desktop.vault.file.unfinished import remove_unfinished
from desktop.vault.trust.invitation import LARGEST, InvitationInfo, make_invitation, open_invitation, read_invitation
from desktop.vault.trust.organisation import create_organisation
from desktop.vault.vault import (
    Vault,
    create_vault,
    escrow_request,
    open_vault,
    open_with_escrow,
    open_with_recovery,
    require_long,
)
from protocol.certificates import RECEPTION
from protocol.errors import UserError
from protocol.identifiers import VaultId
from protocol.limits import LONGEST_PERSON_NAME
from protocol.times import Clock

PRACTICE_SERVER = ""
"""A practice organisation has no server: nothing leaves the laptop."""


@dataclass(frozen=True, slots=True)
class Account:
    """A vault on this laptop as the unlock screen shows it; `problem` is the code of one that cannot be opened.

    `failed` counts the attempts since it last opened; for `wait` from now no passphrase is looked at. `slot_kinds`
    tells which (`SlotKind`) it opens with.
    """

    vault: VaultId
    person: str
    organisation: str
    last_opened: datetime | None
    problem: str | None
    failed: int = 0
    wait: timedelta = timedelta()
    slot_kinds: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class InvitationSummary:
    """What an invitation says before its code is given; `fingerprint` is to be compared with the administrator's.

    `person` is who it is for, blank where the administrator left the name to whoever joins.
    """

    organisation: str
    person: str
    server: str
    expires: datetime
    fingerprint: str


@dataclass(frozen=True, slots=True)
class NewColleague:
    """Who joins: what colleagues call them, unless the invitation says it, and the passphrase they chose."""

    person: str
    passphrase: str


@dataclass(frozen=True, slots=True, repr=False)
class CreatedVault:
    """A new vault, open, with the words of its recovery key: to be shown once and kept on paper."""

    vault: Vault
    words: tuple[str, ...]


class Accounts:
    """The vaults under `root`, one directory each. What a crash left of one that was being made is removed first.

    `cost` is what guessing a passphrase costs; without one it is measured on this machine when a vault is made.
    """

    def __init__(self, root: Path, clock: Clock, cost: Cost | None = None) -> None:
        self._root = root
        self._clock = clock
        self._cost = cost
        self._practice: Path | None = None
        remove_unfinished(root)

    def accounts(self) -> tuple[Account, ...]:
        """Return everybody with a vault here, who opened last first."""
        now = self._clock.now()
        return tuple(_account(card, now) for card in list_vaults(self._root))

    def open(self, vault: VaultId, passphrase: str) -> Vault:
        """Return the open vault. Raises UserError `vault.wrong_passphrase`, `vault.damaged` and others."""
        return open_vault(self._root / vault, passphrase, self._clock)

    def recover(self, vault: VaultId, words: Sequence[str], passphrase: str) -> Vault:
        """Open a vault with its recovery key on paper and give it a new passphrase.

        Raises UserError `vault.wrong_recovery_key`, the `vault.recovery_…` codes and `vault.passphrase_too_short`.
        """
        require_long(passphrase)
        return _with_passphrase(open_with_recovery(self._root / vault, words, self._clock), passphrase)

    def save_request(self, vault: VaultId, path: Path) -> str:
        """Write the request for the administrator's help to `path` and return its fingerprint, to be told by telephone.

        Raises UserError `escrow.none` when the organisation keeps no key to this vault.
        """
        request = escrow_request(self._root / vault, self._clock)
        write_atomic(path, request.to_bytes())
        return request.fingerprint

    def open_answer(self, vault: VaultId, answer: Path, code: str, passphrase: str) -> Vault:
        """Open a vault with the administrator's answer and its code, and give it a new passphrase.

        Raises UserError `vault.passphrase_too_short` and the `escrow.…` codes.
        """
        require_long(passphrase)
        opened = open_with_escrow(self._root / vault, _read_file(answer), code, self._clock)
        return _with_passphrase(opened, passphrase)

    def look(self, invitation: Path) -> InvitationSummary:
        """Return what the invitation file says. Raises UserError `enrol.invitation_damaged` and others."""
        shown = read_invitation(_read_file(invitation))
        return _summarise(shown)

    def join(self, invitation: Path, code: str, newcomer: NewColleague) -> CreatedVault:
        """Make a vault for a new colleague and join it to the organisation that invited them.

        The server hears of it at the next synchronisation. Raises UserError `accounts.name_missing`,
        `enrol.wrong_code`, `enrol.invitation_expired`, `vault.passphrase_too_short`; nothing is made then.
        """
        return self._join(self._root, _read_file(invitation), code, newcomer)

    def practise(self, person: str, organisation: str) -> Vault:
        """Return a vault in a folder that is thrown away, in an organisation of its own without a server.

        Its passphrase is random, told to nobody and kept nowhere, so that nothing is gained by stretching it.
        """
        self.end_practice()
        self._practice = Path(tempfile.mkdtemp(prefix="opmaat-practice-"))
        root, cost = create_organisation(organisation, RECEPTION), Cost.for_random_secret()
        expires = self._clock.now() + timedelta(days=1)
        data, code = make_invitation(root, server=PRACTICE_SERVER, expires=expires, cost=cost)
        newcomer = NewColleague(person, secrets.token_urlsafe())
        return self._join(self._practice, data, code, newcomer, cost).vault

    @property
    def practising(self) -> bool:
        """Tell whether there is a practice environment, which is thrown away when it closes."""
        return self._practice is not None

    def end_practice(self) -> None:
        """Throw the practice environment away. Close its journal first."""
        if self._practice is not None:
            shutil.rmtree(self._practice, ignore_errors=True)
            self._practice = None

    def _join(
        self, root: Path, data: bytes, code: str, newcomer: NewColleague, cost: Cost | None = None
    ) -> CreatedVault:
        person = read_invitation(data).certificate.subject or newcomer.person.strip()
        if not person or len(person) > LONGEST_PERSON_NAME:
            raise UserError("accounts.name_missing", {"count": str(LONGEST_PERSON_NAME)})
        require_long(newcomer.passphrase)
        opened_invitation = open_invitation(data, code, self._clock.now())
        vault, words = create_vault(
            root,
            person=person,
            organisation=opened_invitation.card.name,
            passphrase=newcomer.passphrase,
            clock=self._clock,
            cost=cost or self._cost or choose_cost(),
            opened_invitation=opened_invitation,
        )
        return CreatedVault(vault, words)


def _with_passphrase(opened: Vault, passphrase: str) -> Vault:
    """Give an opened vault a new passphrase; whatever is raised, it is locked again."""
    with ExitStack() as undo:
        undo.callback(opened.lock)
        opened.reset_passphrase(passphrase)
        undo.pop_all()
    return opened


def _read_file(path: Path) -> bytes:
    return read_bytes(path, LARGEST)


def _account(card: VaultInfo, now: datetime) -> Account:
    attempts = card.attempts.not_after(now)
    wait = attempts.wait(now) if SlotKind.PASSPHRASE in card.slot_kinds else timedelta()
    return Account(
        vault=card.vault,
        person=card.person,
        organisation=card.organisation,
        last_opened=card.last_opened,
        problem=card.problem,
        failed=attempts.failed,
        wait=wait,
        slot_kinds=card.slot_kinds,
    )


def _summarise(shown: InvitationInfo) -> InvitationSummary:
    certificate, print_of_root = shown.certificate, fingerprint(shown.card.root)
    return InvitationSummary(shown.card.name, certificate.subject, shown.server, certificate.expires, print_of_root)

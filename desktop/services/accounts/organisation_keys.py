"""The keys of the organisation without a network: what this laptop shows, and what its administrator gives it.

    laptop          own_file    who it is, and the key that belongs to it alone; nothing in it is secret
    administrator   `opmaat-server organisation renew-keys --laptop FILE --out FILE`
    laptop          read_file   the newest directory and its own renewal; then `step` until nothing is left

Called on the store thread only.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.kernel.changes import Aspect, Changes, changed
from desktop.kernel.files import read_bytes, write_atomic
from desktop.records import Journal
from desktop.services.sync.key_renewals import KeyRenewals
from desktop.services.sync.known_directory import KnownDirectory
from desktop.vault.backup_restoring import is_certified
from desktop.vault.trust.renewal import own_wrapping_key
from desktop.vault.vault import Vault
from protocol.errors import UserError
from protocol.limits import MOST_ANSWER_BYTES
from protocol.messages.enrolment import CertificateChain
from protocol.messages.message import from_value, to_bytes
from protocol.renewal import KeysFile, LaptopFile

_KEYS_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class KeysHere:
    """Which version of the organisation's key is here, and what is left to be done for it: keys, and cases."""

    version: int
    keys_left: int = 0
    cases_left: int = 0

    @property
    def left(self) -> int:
        """Return how much is left."""
        return self.keys_left + self.cases_left


class OrganisationKeys:
    """The keys of one vault. `settle` does what follows from a renewal, some at a time, and says what it changed."""

    def __init__(
        self,
        journal: Journal,
        vault: Vault,
        known_directory: KnownDirectory,
        renewals: KeyRenewals,
        settle: Callable[[], Changes],
    ) -> None:
        self._journal = journal
        self._vault = vault
        self._known_directory = known_directory
        self._renewals = renewals
        self._settle = settle

    def here(self) -> KeysHere | None:
        """Return what is here; None in a practice environment, and before the organisation vouches for a copy."""
        if not self._vault.membership.server or not is_certified(self._vault):
            return None
        keys = self._journal.keys
        return KeysHere(self._vault.membership.card.version, keys.wrapped.count_behind(), keys.aged.count_left())

    def write_own(self, path: Path) -> None:
        """Write what the administrator needs of this laptop to `path`. Raises EnvironmentProblem for the disk."""
        chain = from_value(CertificateChain, self._vault.membership.chain.to_json())
        write_atomic(path, to_bytes(LaptopFile(chain, own_wrapping_key(self._vault.device).signed)))

    def read_file(self, path: Path) -> Changes:
        """Take in the directory and the keys in the file at `path`; the same file twice changes nothing.

        Raises UserError `trust.…`: `trust.no_key_for_laptop` where the file brings none for this laptop, which has the
        directory then all the same; EnvironmentProblem for the file.
        """
        file = KeysFile.read(read_bytes(path, MOST_ANSWER_BYTES))
        own = self._vault.membership.card
        renewal = file.renewal_for(self._vault.device.id, own.root)
        directory = self._known_directory.keep(to_bytes(file.directory))
        newest = directory.card(own.id)
        if renewal is None or renewal.card.version > newest.version:
            raise UserError("trust.no_key_for_laptop")
        if renewal.card.version > own.version:
            self._renewals.take(renewal)
        return changed(Aspect.SYNC, Aspect.SETTINGS, Aspect.HANDOVER)

    def step(self) -> Changes:
        """Go on with what a renewal asks for, a little; ask `here` what is left."""
        self._journal.keys.wrap_again(_KEYS_AT_ONCE)
        return self._settle()

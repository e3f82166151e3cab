"""Joining the organisation again after restoring a backup. Called on the store thread only."""

from pathlib import Path

from desktop.kernel.changes import Aspect, Changes, changed
from desktop.kernel.files import read_bytes
from desktop.records import Journal
from desktop.vault.backup_restoring import is_certified
from desktop.vault.trust.invitation import LARGEST, open_invitation
from desktop.vault.vault import Vault
from protocol.times import Clock


class Rejoining:
    """Makes a restored copy a device of its organisation; until then it works, and keeps what it writes to itself."""

    def __init__(self, vault: Vault, journal: Journal, clock: Clock) -> None:
        self._vault = vault
        self._journal = journal
        self._clock = clock

    @property
    def needed(self) -> bool:
        """Tell whether the organisation does not vouch for this device yet."""
        return not is_certified(self._vault)

    def rejoin(self, invitation: Path, code: str) -> Changes:
        """Join with a new invitation and its code; this device then gives its keys to colleagues anew.

        Raises UserError `vault.other_organisation` and `enrol.…`, EnvironmentProblem `files.…`.
        """
        moment = self._clock.now()
        membership = open_invitation(read_bytes(invitation, LARGEST), code, moment)
        self._vault.join(membership, moment)
        self._journal.keys.give_again()
        return changed(Aspect.SYNC, Aspect.SETTINGS, Aspect.HANDOVER)

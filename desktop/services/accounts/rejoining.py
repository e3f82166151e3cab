"""Joining the organisation again after restoring a backup. Called on the store thread only."""

from pathlib import Path

from desktop.kernel.changes import Aspect, Changes, changed
from desktop.kernel.files import read_bytes
from desktop.records import Intention, Journal
from desktop.services.dossier.completion import Completion
from desktop.vault.backup_restoring import is_certified
from desktop.vault.trust.invitation import LARGEST, open_invitation
from desktop.vault.vault import Vault
from protocol.canonical import JsonValue
from protocol.times import Clock

_GIVE = "rejoin.give"
"""The kind of intention: join, then wrap every key for colleagues by this device."""


class RejoinService:
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
        opened_invitation = open_invitation(read_bytes(invitation, LARGEST), code, moment)
        intention = Intention(_GIVE, None)
        self._journal.intentions.begin(intention)
        self._vault.join(opened_invitation, moment)
        self._give_keys(None)
        self._journal.intentions.finish(intention)
        return changed(Aspect.SYNC, Aspect.SETTINGS, Aspect.HANDOVER)

    def settle(self) -> Changes:
        """Give the keys to colleagues where an error or a crash came between joining and giving. At every opening."""
        return Completion(self._journal.intentions, {_GIVE: self._give_keys}).complete()

    def _give_keys(self, _value: JsonValue) -> Changes:
        if self.needed:  # it did not come to joining
            return Changes()
        self._journal.keys.give_again()
        return changed(Aspect.SYNC)

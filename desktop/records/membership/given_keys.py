"""Which keys may leave for another organisation, and which of them left.

The keys that go along with an offer are sent once the server is sure to have the offer: of two offers at once, those of
the one that is given up never leave. On a stick they leave at once, and a server that came back from a backup may have
lost an offer it had. So what left is remembered, and whoever has the present keys without being in the case is found.
"""

from collections.abc import Iterable, Iterator, Mapping

from desktop.records.membership.membership_records import MembershipRecords
from desktop.records.store.cursor_names import GIVEN, given_keys
from desktop.records.store.database import Store
from desktop.records.store.table_rows import KeyGrant
from desktop.vault.vault import Vault
from protocol.identifiers import DossierId, OrganisationId
from protocol.membership.state import DossierMembership


class GivenKeys:
    """The keys that this vault wraps for others. Same thread and same failures as `Journal`."""

    def __init__(self, store: Store, vault: Vault, membership: MembershipRecords) -> None:
        self._store = store
        self._vault = vault
        self._membership = membership

    def free_to_go(self, wraps: Iterable[KeyGrant]) -> Iterator[KeyGrant]:
        """Yield the wraps that may be sent.

        These are for the own organisation, and for who is in the case by what the server is sure to have heard.
        """
        heard: dict[DossierId, DossierMembership | None] = {}
        for wrap in wraps:
            if wrap.recipient != self._vault.organisation_id:
                if wrap.dossier not in heard:
                    heard[wrap.dossier] = self._membership.heard(wrap.dossier)
                state = heard[wrap.dossier]
                if state is None or wrap.epoch > state.epoch or wrap.recipient not in state.members:
                    continue
            yield wrap

    def note(self, wraps: Iterable[KeyGrant]) -> None:
        """Remember that these leave now; durable when this returns. Those for the own organisation need no memory."""
        newest: dict[tuple[DossierId, OrganisationId], int] = {}
        for wrap in wraps:
            place = (wrap.dossier, wrap.recipient)
            newest[place] = max(wrap.epoch, newest.get(place, 0))
        with self._store.atomic():
            for (dossier, recipient), epoch in newest.items():
                name = given_keys(recipient, dossier)
                if recipient != self._vault.organisation_id and epoch > int(self._store.cursor(name) or 0):
                    self._store.keep_cursor(name, str(epoch))

    def all(self) -> Mapping[DossierId, Mapping[OrganisationId, int]]:
        """Return the newest epoch of which keys left, by dossier and organisation."""
        found: dict[DossierId, dict[OrganisationId, int]] = {}
        select = "select name, value from cursors where substr(name, 1, ?) = ?"
        for name, epoch in self._store.run(select, [len(GIVEN), GIVEN]):
            organisation, _, dossier = str(name).removeprefix(GIVEN).partition("/")
            found.setdefault(DossierId(dossier), {})[OrganisationId(organisation)] = int(epoch)
        return found


def are_astray(state: DossierMembership, given: Mapping[OrganisationId, int]) -> bool:
    """Tell whether somebody was `given` keys that are in use now, and is not in the dossier under them."""
    return any(epoch >= state.epoch and not state.may_give(each, state.epoch) for each, epoch in given.items())

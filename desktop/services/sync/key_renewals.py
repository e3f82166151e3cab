"""A new wrapping key of the organisation, taken in and put to use.

What is still to be done is read from what is there:

    the own card is older than that of the directory    fetch the renewal and keep its keys: one write of the vault file
    a key of a dossier is not wrapped for the own card  wrap it, a few in each round
    the former key opens the newest keys of a dossier   begin fresh ones, a few after each round (`settlement`)

So whatever is cut off is found again as it was, and each step may be done twice.
"""

from dataclasses import dataclass

from desktop.records.journal import Journal
from desktop.services.sync.feed_position import FeedPosition
from desktop.sync import renewals
from desktop.sync.client import Client
from desktop.vault.trust.renewal import open_renewal, own_wrapping_key
from desktop.vault.vault import Vault
from protocol.certificates import OrganisationCard
from protocol.directory import Directory
from protocol.errors import UserError
from protocol.messages.documents import SignedDocument
from protocol.renewal import KeyRenewal

_SHOWN = "device.wrapping"
_AT_ONCE = 50
"""Keys that are wrapped in one round: the store is held up for under 0.2 s, also on a busy machine."""


@dataclass(frozen=True, slots=True)
class RenewalRequest:
    """What a round needs: the own wrapping key where the server lacks it, and the own card."""

    show: SignedDocument | None
    card: OrganisationCard


@dataclass(frozen=True, slots=True)
class RenewalAnswer:
    """What came of it: whether the own key was shown, a verified renewal where one was due, or the code without it."""

    shown: bool
    renewal: KeyRenewal | None
    missing: tuple[str, ...]


class KeyRenewals:
    """The renewals of one vault, in the three steps of a round."""

    def __init__(self, journal: Journal, vault: Vault, feed: FeedPosition) -> None:
        self._journal = journal
        self._vault = vault
        self._feed = feed

    def prepare(self) -> RenewalRequest:
        """Wrap the next keys, and return what to send and ask. Store thread."""
        self._journal.keys.wrap_again(_AT_ONCE)
        if self._feed.at_end:
            self._journal.keys.aged.begin()
        known = self._journal.outbox.cursor(_SHOWN) == self._vault.device.id
        document = None if known else own_wrapping_key(self._vault.device).signed
        return RenewalRequest(document, self._vault.membership.card)

    def exchange(self, client: Client, request: RenewalRequest, directory: Directory) -> RenewalAnswer:
        """Show the own key and fetch what is due. Network thread. Raises after what reading would fail as well."""
        shown = request.show is not None and renewals.show(client, request.show)
        return RenewalAnswer(shown, *renewals.fetch(client, directory, request.card))

    def settle(self, answer: RenewalAnswer) -> tuple[str, ...]:
        """Keep what came, and return the codes of what did not. Store thread. Before the keys of a page are taken in.

        What did not open for want of these keys is read again.
        """
        if answer.shown:
            self._journal.outbox.keep_cursor(_SHOWN, self._vault.device.id)
        if answer.renewal is None:
            return answer.missing
        try:
            wraps = open_renewal(answer.renewal, self._vault.device)
        except UserError:
            return (renewals.MISSING,)
        self._take(answer.renewal.card, wraps)
        return ()

    def take(self, renewal: KeyRenewal) -> None:
        """Keep a verified renewal that came on a stick; nothing that colleagues did is waited for. Store thread.

        Raises UserError `trust.…` for one that is not for this device.
        """
        self._take(renewal.card, open_renewal(renewal, self._vault.device))
        self._journal.keys.aged.begin()

    def forget_shown(self) -> None:
        """Show the own key once more: the server may have lost it."""
        self._journal.outbox.keep_cursor(_SHOWN, "")

    def count_left(self) -> int:
        """Return how many keys of dossiers are still to be wrapped for the newest card."""
        return self._journal.keys.wrapped.count_behind()

    def _take(self, card: OrganisationCard, wraps: tuple[bytes, ...]) -> None:
        self._feed.doubt_again()
        self._journal.keys.aged.note_all()
        self._vault.take_keys(card, wraps)

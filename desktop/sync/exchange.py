"""A whole round with the server on one thread: what tests, the command line and small callers need.

The application runs the same parts on its store thread and its network thread (`outgoing`, `incoming`, `directories`),
so that no work at the table waits for a network.
"""

from dataclasses import dataclass, replace
from typing import Self

from desktop.kernel.changes import Changes
from desktop.kernel.clock import Clock
from desktop.kernel.errors import EnvironmentProblem, OpmaatError
from desktop.records.journal import Journal
from desktop.sync import directories, incoming, outgoing
from desktop.sync.client import Client
from desktop.sync.connection import Connection
from desktop.sync.handover import Handover
from desktop.sync.incoming import Taken
from desktop.sync.offer_book import OfferBook
from desktop.sync.outgoing import Progress
from desktop.sync.trusted import Trusted
from desktop.sync.wire import Offer, Step
from desktop.vault.trust import Directory
from desktop.vault.vault import Vault

_ENROLLED = "sync.enrolled"
_NOTHING_PULLED = Taken(Changes(), (), (), (), (), more=False)


@dataclass(frozen=True, slots=True)
class Round:
    """What one round did: rows pushed and blocked dossiers, and what was taken in."""

    pushed: Progress
    taken: Taken


class Exchange:
    """Everything this device exchanges with the server of its organisation, step by step or as one `round`.

    Every step may stop anywhere and be taken again. Raises what `Connection` raises; local work is never touched by it.
    Raises UserError `vault.no_organisation` for a vault that has not joined one.
    """

    def __init__(self, client: Client, vault: Vault, journal: Journal, clock: Clock) -> None:
        self._client = client
        self._vault = vault
        self._journal = journal
        self._own = vault.belonging.card
        self.handover = Handover(client, vault.device, clock)
        self.offers = OfferBook(journal)

    @classmethod
    def over(cls, connection: Connection, vault: Vault, journal: Journal, clock: Clock) -> Self:
        """Return an exchange over `connection`."""
        return cls(Client(connection), vault, journal, clock)

    def round(self) -> Round:
        """Join where needed, refresh the directory, send keys and rows, read the feed, confirm what was received.

        A server that came back from a backup may have forgotten this device; the next round then joins again.
        """
        self.join()
        try:
            self.refresh_directory()
        except EnvironmentProblem as error:
            if error.code == "sync.device_unknown":
                self._journal.keep_cursor(_ENROLLED, "")
            raise
        pushed = self.push()
        taken = self.pull()
        self.confirm()
        return Round(pushed, taken)

    def join(self) -> None:
        """Make this device known to the server, once."""
        device = self._vault.device.id
        if self._journal.cursor(_ENROLLED) != device:
            self._client.enrol(self._vault.belonging.chain)
            self._journal.keep_cursor(_ENROLLED, device)

    def refresh_directory(self) -> Directory | None:
        """Return the newest directory, fetched and kept when there is a newer one."""
        kept = directories.kept_directory(self._vault)
        data = directories.fetch_directory(self._client, self._own, kept)
        return kept if data is None else directories.keep_directory(self._vault, data)

    def push(self) -> Progress:
        """Send every waiting key, then every waiting row."""
        while (keys := outgoing.collect_keys(self._journal)) is not None:
            outgoing.settle_keys(self._journal, outgoing.send_keys(self._client, keys))
        progress = Progress(self._journal.acknowledged())
        while (batch := outgoing.collect(self._journal, self._vault.device, progress)) is not None:
            progress = outgoing.send(self._client, batch)
            outgoing.settle(self._journal, progress)
        return progress

    def pull(self, *, own_too: bool = False) -> Taken:
        """Read the feed to its end and keep everything in it."""
        directory = directories.kept_directory(self._vault)
        trusted = Trusted(directories.roots_of(self._own, directory), self._client.chain)
        total = _NOTHING_PULLED
        more = True
        while more:
            page = incoming.fetch(self._client, trusted, incoming.pulled(self._journal), own_too=own_too)
            total = _together(total, incoming.take_in(self._journal, page, directory))
            more = page.more
        return total

    def confirm(self) -> tuple[Offer, ...]:
        """Send the receipt of every offer to this organisation that has arrived, and return them."""
        confirmed = []
        for offer in self.offers.offers():
            if offer.step is Step.OFFERED and offer.statements[0].recipient == self._own.id:
                try:
                    received = self.handover.receive(offer)
                except OpmaatError as error:
                    if error.code != "offer.wrong_step":  # withdrawn meanwhile; the feed will tell
                        raise
                    continue
                self.offers.put(received)
                confirmed.append(received)
        return tuple(confirmed)


def _together(before: Taken, after: Taken) -> Taken:
    return replace(
        after,
        changes=before.changes | after.changes,
        offers=(*before.offers, *after.offers),
        quarantined=(*before.quarantined, *after.quarantined),
        refused_keys=(*before.refused_keys, *after.refused_keys),
        refused=(*before.refused, *after.refused),
    )

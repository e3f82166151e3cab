"""What organisations said to each other about dossiers, and whom this laptop knows: kept sealed in the vault.

Offers and statements are routing data, without an answer or a name of a person. Called on the store thread only.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec.structs import replace

from desktop.vault.last_read import LastRead
from desktop.vault.revocations import DIRECTORY_NOTE, kept_directory
from desktop.vault.vault import Vault
from protocol.canonical import JsonValue, parse_canonical
from protocol.certificates import OrganisationCard
from protocol.directory import Directory, verify_directory
from protocol.errors import UserError
from protocol.identifiers import DossierId, OrganisationId
from protocol.messages.message import from_value, to_value
from protocol.messages.offers import Offer, OfferStep, Statement, statement_message
from protocol.signatures import NO_SIGNATURE

_OFFERS = "offers"
_WAITING = "statements"


class Correspondence:
    """The offers known here, the statements still to be said, and the directory last seen, of one vault."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._offers = LastRead(lambda: vault.get(_OFFERS), _offers)
        self._waiting = LastRead(lambda: vault.get(_WAITING), _statements)
        self._directory = LastRead(lambda: vault.get(DIRECTORY_NOTE), lambda _note: kept_directory(vault))

    def sign(
        self,
        offer: str,
        dossier: DossierId,
        sender: OrganisationId,
        recipient: OrganisationId,
        step: OfferStep,
        at: datetime,
    ) -> Statement:
        """Return a statement of this device, signed."""
        device = self._vault.device
        unsigned = Statement(
            offer, dossier, sender, recipient, step, device.id, at.replace(microsecond=0), NO_SIGNATURE
        )
        return replace(unsigned, signature=device.sign(statement_message(unsigned)))

    def queue(self, statement: Statement) -> None:
        """Keep a statement to be said at the next synchronisation; durable on return."""
        self._vault.put(_WAITING, [to_value(each) for each in (*self.waiting(), statement)])

    def waiting(self) -> tuple[Statement, ...]:
        """Return what is still to be said, oldest first."""
        return self._waiting.value()

    def settle(self, statements: Sequence[Statement]) -> None:
        """Forget what has been said, or what the server will never take."""
        done = {each.signature for each in statements}
        left = [to_value(each) for each in self.waiting() if each.signature not in done]
        self._vault.put(_WAITING, left)

    def offers(self) -> tuple[Offer, ...]:
        """Return every offer known here with its newest step, oldest first."""
        return self._offers.value()

    def newest(self) -> Mapping[DossierId, Offer]:
        """Return the newest offer of every dossier that was ever offered."""
        return {DossierId(each.statements[0].dossier): each for each in self.offers()}

    def offer(self, dossier: DossierId) -> Offer | None:
        """Return the newest offer of `dossier`, None when there is none."""
        return self.newest().get(dossier)

    def keep_offers(self, offers: Sequence[Offer]) -> tuple[DossierId, ...]:
        """Keep `offers` and return the dossiers it is about. An older word never replaces a newer one."""
        known: dict[str, Offer] = {each.statements[0].offer: each for each in self.offers()}
        news: list[DossierId] = []
        for offer in offers:
            key = offer.statements[0].offer
            if key not in known or len(offer.statements) > len(known[key].statements):
                known[key] = offer
                news.append(DossierId(offer.statements[0].dossier))
        if news:
            self._vault.put(_OFFERS, [to_value(each) for each in known.values()])
        return tuple(news)

    def forget(self, dossier: DossierId) -> None:
        """Forget what was said about a dossier that was erased."""
        left = [to_value(each) for each in self.offers() if each.statements[0].dossier != dossier]
        unsaid = [to_value(each) for each in self.waiting() if each.dossier != dossier]
        self._vault.put(_OFFERS, left)
        self._vault.put(_WAITING, unsaid)

    def undecided(self) -> frozenset[DossierId]:
        """Return the dossiers whose newest offer is to this organisation and was not accepted."""
        own = self._vault.organisation_id
        return frozenset(
            DossierId(each.statements[0].dossier)
            for each in self.newest().values()
            if each.statements[0].recipient == own and each.step is not OfferStep.ACCEPTED
        )

    def directory(self) -> Directory | None:
        """Return the directory last seen, verified when read; None when there is none or it no longer holds."""
        return self._directory.value()

    def organisations(self) -> tuple[OrganisationCard, ...]:
        """Return the organisations the directory vouches for; none before the first synchronisation."""
        directory = self.directory()
        return () if directory is None else directory.organisations

    def keep_directory(self, data: bytes) -> Directory:
        """Keep the directory in `data` as it was signed, unless a newer one is kept; return the newest.

        A server that came back from a backup gives an older one: that is no reason to stop, and never one to forget
        which devices were revoked since. Raises UserError `trust.…` for a directory that is not ours.
        """
        kept = self.directory()
        newest = newest_of(kept, verify_directory(data, self._vault.membership.card.root))
        if newest is not kept:
            self._vault.put(DIRECTORY_NOTE, parse_canonical(data))
        return newest

    def roots(self) -> Mapping[OrganisationId, bytes]:
        """Return the root keys this laptop believes: its own organisation's and those of the directory."""
        return roots_of(self.directory(), self._vault)


def newest_of(kept: Directory | None, given: Directory) -> Directory:
    """Return `given` when it is newer than what was kept, else `kept`."""
    return given if kept is None or given.version > kept.version else kept


def roots_of(directory: Directory | None, vault: Vault) -> Mapping[OrganisationId, bytes]:
    """Return the roots of `directory` and the own one."""
    own = vault.membership.card
    known = () if directory is None else directory.organisations
    return {**{card.id: card.root for card in known}, own.id: own.root}


def _offers(note: JsonValue) -> tuple[Offer, ...]:
    return tuple(from_value(Offer, value) for value in _items(note))


def _statements(note: JsonValue) -> tuple[Statement, ...]:
    return tuple(from_value(Statement, value) for value in _items(note))


def _items(value: JsonValue) -> Sequence[JsonValue]:
    if value is None:
        return ()
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise UserError("vault.damaged")
    return value

"""The offers this device knows of, kept in the journal's file so that they can be seen without a network.

An offer holds ids, steps, times and signatures; nothing in it is about the person, so it may lie in clear.
"""

from desktop.kernel.errors import UserError
from desktop.records.journal import Journal
from desktop.sync.wire import Offer, from_bytes, to_bytes

_INDEX = "sync.offers"


class OfferBook:
    """Reads and keeps offers. Store thread. Only offers whose statements were verified are put in."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def offers(self) -> tuple[Offer, ...]:
        """Return every known offer, the oldest first; a damaged one is left out until it is pulled again."""
        found = (self.find(name) for name in self._names())
        return tuple(offer for offer in found if offer is not None)

    def find(self, offer: str) -> Offer | None:
        """Return one offer by its identifier, or None."""
        kept = self._journal.cursor(_place(offer))
        if kept is None:
            return None
        try:
            return from_bytes(Offer, kept.encode("ascii"))
        except (UserError, UnicodeEncodeError):
            return None

    def put(self, offer: Offer) -> bool:
        """Keep an offer unless a later state of it is kept already; tell whether that is news."""
        name = offer.statements[0].offer
        known = self.find(name)
        if known is not None and len(known.statements) >= len(offer.statements):
            return False
        self._journal.keep_cursor(_place(name), to_bytes(offer).decode("ascii"))
        names = self._names()
        if name not in names:
            self._journal.keep_cursor(_INDEX, " ".join((*names, name)))
        return True

    def _names(self) -> tuple[str, ...]:
        return tuple((self._journal.cursor(_INDEX) or "").split())


def _place(offer: str) -> str:
    return f"sync.offer.{offer}"

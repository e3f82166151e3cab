"""How far the feed was read, and from where it has to be read again. Store thread."""

from collections.abc import Callable, Collection, Sequence
from datetime import date

from desktop.records.outbox import Outbox
from desktop.sync.incoming import FeedPlace, VerifiedPage
from desktop.sync.trust_store import CHAIN_UNREADABLE
from protocol.directory import Directory

_FEED = "feed.cursor"
_GENERATION = "feed.generation"
_DOUBTED = "feed.doubted"
_AHEAD = "feed.ahead"
_OF_TRUST = "trust."
_OF_MEMBERSHIP = frozenset({"records.epoch_ahead", "records.membership_unknown"})


class FeedPosition:
    """The cursor of one vault's feed with the mark of its entry, and the generation of the server that gave them.

    What was refused because the directory does not vouch for its author is fetched again, by itself, as soon as a newer
    directory came in: the first such page is remembered with the version that did not vouch. Where the server could not
    show who the author is, it is fetched again the next day as well: no directory would tell that it can by then. A key
    that came before the statement it follows from is fetched again once a membership log has grown. `at_end` tells that
    the last page was the newest there is.
    """

    def __init__(self, outbox: Outbox, today: Callable[[], date]) -> None:
        self._outbox = outbox
        self._today = today
        self.at_end = False

    def place(self) -> FeedPlace:
        """Return where to read on."""
        return FeedPlace.of(self._outbox.cursor(_FEED) or "0")

    def is_restored(self, page: VerifiedPage) -> bool:
        """Tell whether the server that gave `page` came back from a backup since the last page."""
        known = self._outbox.cursor(_GENERATION)
        if known is None:
            self._outbox.keep_cursor(_GENERATION, page.generation)
        return page.lost or known not in {None, page.generation}

    def start_over(self, page: VerifiedPage) -> None:
        """Read from the first number and send everything again; the generation is kept last, or this is done again."""
        self.read_again()
        self._outbox.send_again()
        self._outbox.keep_cursor(_GENERATION, page.generation)

    def read_again(self) -> None:
        """Read from the first number in the next round."""
        self._outbox.keep_cursor(_DOUBTED, "")
        self._outbox.keep_cursor(_AHEAD, "")
        self._outbox.keep_cursor(_FEED, "0")

    def doubt_again(self) -> None:
        """Let what was refused count as refused on the word of an even older directory: it is read again."""
        doubted = (self._outbox.cursor(_DOUBTED) or "").split()
        if doubted:
            self._outbox.keep_cursor(_DOUBTED, f"{doubted[0]} -1")

    def move(
        self,
        asked: FeedPlace,
        page: VerifiedPage,
        refused: Collection[str],
        directory: Directory,
        *,
        grown: bool = False,
    ) -> bool:
        """Go on after `page`, or back to what an older directory did not vouch for; tell whether it goes back.

        `asked` is where `page` begins, `refused` are the codes of what was not taken in from it, `grown` tells that a
        membership log is longer than before.
        """
        self.at_end = False
        doubted = (self._outbox.cursor(_DOUBTED) or "").split()
        if doubted and (directory.version > int(doubted[1]) or self._is_of_before(doubted[2:])):
            return self._go_back(_DOUBTED, doubted[0])
        ahead = self._outbox.cursor(_AHEAD) or ""
        if ahead and grown:
            return self._go_back(_AHEAD, ahead)
        if not ahead and not _OF_MEMBERSHIP.isdisjoint(refused):
            self._outbox.keep_cursor(_AHEAD, str(asked))
        self._doubt(doubted[:2] or [str(asked), str(directory.version)], frozenset(refused), known=bool(doubted))
        self._outbox.keep_cursor(_FEED, str(page.place))
        self.at_end = not page.more
        return False

    def _go_back(self, name: str, place: str) -> bool:
        self._outbox.keep_cursor(_FEED, place)
        self._outbox.keep_cursor(name, "")
        return True

    def _is_of_before(self, day: Sequence[str]) -> bool:
        return bool(day) and day[0] != self._today().isoformat()

    def _doubt(self, place: Sequence[str], refused: frozenset[str], *, known: bool) -> None:
        """Remember `place`, a cursor and a version; with the day where another day may bring more."""
        if CHAIN_UNREADABLE in refused:
            self._outbox.keep_cursor(_DOUBTED, " ".join((*place, self._today().isoformat())))
        elif not known and any(code.startswith(_OF_TRUST) for code in refused):
            self._outbox.keep_cursor(_DOUBTED, " ".join(place))

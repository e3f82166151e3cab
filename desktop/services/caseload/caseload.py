"""The people in this vault: who they are, what comes next for each, and a new dossier.

Called on the store thread only. Errors of the journal pass through with their code (`records.…`, `files.…`).
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from desktop.i18n.languages import DUTCH
from desktop.kernel.changes import Aspect, Changes, changed
from desktop.records.events.bodies import Body
from desktop.records.events.envelope import EventContext
from desktop.records.journal import Journal
from desktop.services.caseload.caseload_rows import DueGroup, PersonRow, Stage, person_row
from desktop.services.caseload.summary import SUMMARISE, Summary, from_bytes, summary_of
from desktop.services.sync.known_directory import KnownDirectory
from protocol.errors import UserError
from protocol.identifiers import DossierId
from protocol.messages.membership import MembershipStep
from protocol.times import Clock, today

LONGEST_NAME = 60

_HANDOVER = frozenset({Stage.SIGNED, Stage.SENT, Stage.RECEIVED, Stage.TALK, Stage.RETURNED})
_ORDER = {when: place for place, when in enumerate(DueGroup)}


@dataclass(frozen=True, slots=True)
class Caseload:
    """Everybody, most urgent first. `day` is the day for which the groups were made.

    `names` are those of the organisations, by id; `undecided` are the dossiers left out because nobody accepted them.
    """

    people: tuple[PersonRow, ...]
    day: date
    names: Mapping[str, str] = field(default_factory=dict)
    undecided: frozenset[DossierId] = frozenset()

    def filtered(self, name: str) -> tuple[PersonRow, ...]:
        """Return those of one filter: `mine`, `soon`, `handover`, `choice` or `all`."""
        return tuple(row for row in self.people if _passes(row, name))


FILTERS = ("mine", "soon", "handover", "choice", "all")


class CaseloadService:
    """The caseload of the worker `me` of `organisation` over `journal`."""

    def __init__(
        self,
        journal: Journal,
        known_directory: KnownDirectory,
        clock: Clock,
        me: str,
        organisation: str = "",
        begin_with: Callable[[], Sequence[Body]] = tuple,
    ) -> None:
        """`begin_with` returns what every new dossier is begun with."""
        self._journal = journal
        self._known_directory = known_directory
        self._clock = clock
        self._me = me
        self._organisation = organisation
        self._begin_with = begin_with

    def people(self) -> Caseload:
        """Return everybody with a readable dossier here.

        Left out are dossiers offered to this organisation that nobody accepted yet: those are received cases.
        """
        undecided, names, now = self._undecided(), self._names(), self._clock.now()
        kept = self._journal.summaries(SUMMARISE)
        people = [from_bytes(dossier, summary) for dossier, summary in kept.items() if dossier not in undecided]
        rows = [self._make_row(about, now, names) for about in people if about.name]
        return Caseload(tuple(sorted(rows, key=_urgency)), today(self._clock), names, undecided)

    def renew(self, before: Caseload, dossiers: Collection[DossierId]) -> Caseload:
        """Return `before` with the rows of `dossiers` as they are now, at a cost that does not grow with the others.

        Everything is read again where more than these rows may differ: another day, other organisations, other cases
        left out. Returns `before` itself when nothing does.
        """
        undecided, names, day = self._undecided(), self._names(), today(self._clock)
        if (before.day, before.undecided, before.names) != (day, undecided, names):
            return self.people()
        if not dossiers:
            return before
        renewed = (self._row(dossier, names) for dossier in dossiers if dossier not in undecided)
        rows = [row for row in before.people if row.dossier not in dossiers]
        rows += [row for row in renewed if row is not None and row.name]
        return replace(before, people=tuple(sorted(rows, key=_urgency)))

    def v_number(self, dossier: DossierId) -> str:
        """Return the V-number in one dossier, blank where none was given; costs next to nothing."""
        return summary_of(self._journal.view(dossier)).v_number

    def with_same_number(self, dossier: DossierId) -> tuple[PersonRow, ...]:
        """Return everybody else in this vault with the V-number of `dossier`: perhaps one person in two dossiers."""
        number = self.v_number(dossier)
        if not number:
            return ()
        left_out, kept = {dossier, *self._undecided()}, self._journal.summaries(SUMMARISE).items()
        others = [from_bytes(other, summary) for other, summary in kept if other not in left_out]
        now, names = self._clock.now(), self._names()
        return tuple(self._make_row(about, now, names) for about in others if about.v_number == number and about.name)

    def _row(self, dossier: DossierId, names: Mapping[str, str]) -> PersonRow | None:
        try:
            about = summary_of(self._journal.view(dossier))
        except UserError:
            return None
        return self._make_row(about, self._clock.now(), names)

    def person(self, dossier: DossierId) -> PersonRow:
        """Return the row of one dossier. Raises UserError `records.dossier_unknown` when there is none."""
        about = summary_of(self._journal.view(dossier))
        return self._make_row(about, self._clock.now(), self._names())

    def _make_row(self, about: Summary, now: datetime, names: Mapping[str, str]) -> PersonRow:
        return _with_organisation_names(person_row(about, self._me, now, self._organisation), names)

    def _undecided(self) -> frozenset[DossierId]:
        """Return the dossiers that are offered to this organisation, or were, and are not its own."""
        own = self._known_directory.own
        if own is None:
            return frozenset()
        logs = self._journal.membership.handed_over().items()
        return frozenset(
            dossier
            for dossier, log in logs
            if log.transfer is not None
            and log.transfer.recipient == own
            and log.transfer.step is not MembershipStep.ACCEPTED
        )

    def _names(self) -> Mapping[str, str]:
        return {card.id: card.name for card in self._known_directory.organisations()}

    def begin(self, name: str, languages: Sequence[str]) -> tuple[DossierId, Changes]:
        """Make a dossier for somebody called `name`, who speaks `languages` (tags, best first), and return its id.

        Durable on return. Raises UserError `caseload.name_missing`.
        """
        name = name.strip()
        if not name or len(name) > LONGEST_NAME:
            raise UserError("caseload.name_missing", {"count": str(LONGEST_NAME)})
        spoken = next((tag for tag in languages if tag != DUTCH), DUTCH)
        context, first = EventContext(self._me, spoken, interpreter=False), tuple(self._begin_with())
        with self._journal.in_one_step():
            dossier = self._journal.create_dossier(name, tuple(languages), context)
            if first:
                self._journal.append_all(dossier, first, context)
        return dossier, changed(Aspect.CASELOAD, dossier=dossier)


def _with_organisation_names(row: PersonRow, names: Mapping[str, str]) -> PersonRow:
    return replace(row, organisation=names[row.organisation]) if row.organisation in names else row


def _passes(row: PersonRow, name: str) -> bool:
    if name == "mine":
        return row.mine
    if name == "soon":
        return row.term is not None and row.term.soon
    if name == "handover":
        return row.stage in _HANDOVER
    if name == "choice":
        return row.conflicts > 0
    return True


def _urgency(row: PersonRow) -> tuple[int, int, str]:
    left = row.term.days_left if row.term is not None else 10_000
    return _ORDER[row.when], left, row.name.casefold()

"""What is recorded of a person on the way: talks, hours, absence, modules, levels, exams, exemptions, milestones.

Each operation is one durable transaction that undo takes back whole. An entry is corrected by saying it again under its
id, and withdrawn with a reason; what was said before stays in the journal. Only the organisation that holds the case,
and is no reception location, records. Called on the store thread only. Raises UserError of
`desktop.plan.progress.entry_checks` and the journal's errors; then nothing has changed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from desktop.documents import ProgressPaper
from desktop.kernel.changes import Aspect, Changes, changed
from desktop.plan.model.edits import sort_edits
from desktop.plan.progress.derive_progress import ProgressBasis, progress_of
from desktop.plan.progress.entry_checks import check_entry
from desktop.plan.progress.progress import Progress
from desktop.records import CORE, DossierView, EntryWithdrawn, ProgressBody
from desktop.services.caseload.summary import summary_of
from desktop.services.dossier.authors import language_of
from desktop.services.dossier.called_name import called_name
from desktop.services.dossier.undo import UndoHistory
from desktop.services.interview.dossier_context import DossierContexts
from desktop.services.pip.issued import issued_decisions
from desktop.services.plan.plan import PlanService, PlanTexts, edits_of
from desktop.services.progress.progress_parts import ProgressDone, ProgressView
from protocol.errors import UserError
from protocol.identifiers import DossierId, new_instance_id
from protocol.times import today

_CHANGED = (Aspect.PROGRESS, Aspect.CASELOAD)


@dataclass(frozen=True, slots=True)
class _Case:
    record: DossierView
    progress: Progress
    modules: dict[str, str]


class ProgressService:
    """The progress of every dossier on this device."""

    def __init__(
        self,
        contexts: DossierContexts,
        plans: PlanService,
        texts: PlanTexts,
        author: str,
        history: UndoHistory,
        follows: Callable[[DossierId], bool],
    ) -> None:
        """Entries are written through `history`; `follows` tells whether this organisation records in a case."""
        self._journal = contexts.journal
        self._clock = contexts.clock
        self._plans = plans
        self._texts = texts
        self._author = author
        self._history = history
        self._follows = follows

    def follows(self, dossier: DossierId) -> bool:
        """Tell whether this organisation may record in the case."""
        return self._follows(dossier)

    def view(self, dossier: DossierId, language: str = "") -> ProgressView:
        """Return the progress beside `language`, by default the one spoken at the table last."""
        case = self._case(dossier, language)
        tag = language or language_of(case.record)
        return ProgressView(
            dossier=dossier,
            name=called_name(case.record),
            progress=case.progress,
            dutch=self._texts.plan("nl"),
            other=self._texts.plan(tag),
            modules=case.modules,
            follows=self._follows(dossier),
            can_undo=self._history.can_undo(dossier),
        )

    def paper(self, dossier: DossierId, language: str) -> ProgressPaper:
        """Return the progress as it is printed beside `language`."""
        case = self._case(dossier, language)
        return ProgressPaper(case.progress, called_name(case.record), language)

    def record(self, dossier: DossierId, bodies: Sequence[ProgressBody]) -> ProgressDone:
        """Keep `bodies` in one step; a blank entry is a new one, any other corrects what stands under that id.

        Raises UserError `progress.not_yours`, `progress.nothing` without any, `progress.unknown_entry`.
        """
        self._require(dossier)
        record, day = self._journal.view(dossier), today(self._clock)
        named = [each if each.entry else replace(each, entry=_new_entry()) for each in bodies]
        if not named:
            raise UserError("progress.nothing")
        for body, given in zip(named, bodies, strict=True):
            if given.entry and given.entry not in record.progress:
                raise UserError("progress.unknown_entry")
            check_entry(body, day)
        self._history.write(dossier, named, CORE, "progress", named[0].entry)
        return self._done(dossier)

    def withdraw(self, dossier: DossierId, entry: str, reason: str) -> ProgressDone:
        """Let an entry count no more. Raises UserError `progress.not_yours`, `progress.unknown_entry`."""
        return self.record(dossier, [EntryWithdrawn(entry, reason.strip())])

    def settle(self, dossier: DossierId, entry: str, side: ProgressBody) -> ProgressDone:
        """Choose `side` for an entry that two devices corrected; what is not chosen stays in the record.

        Raises UserError `progress.not_yours`, and `progress.unknown_entry` where `side` is none of those that stand.
        """
        self._require(dossier)
        register = self._journal.view(dossier).progress.get(entry)
        if register is None or side not in {each.event.body for each in register.entries}:
            raise UserError("progress.unknown_entry")
        self._history.write(dossier, [side], CORE, "progress", entry)
        return self._done(dossier)

    def undo(self, dossier: DossierId) -> ProgressDone:
        """Take back the last thing done in the dossier, wherever that was; `undone` of the result says what."""
        undone = self._history.undo(dossier)
        if undone is None:
            return ProgressDone(self.view(dossier), Changes())
        return ProgressDone(self.view(dossier), changed(*Aspect, dossier=dossier), undone)

    def _require(self, dossier: DossierId) -> None:
        if not self._follows(dossier):
            raise UserError("progress.not_yours")

    def _done(self, dossier: DossierId) -> ProgressDone:
        return ProgressDone(self.view(dossier), changed(*_CHANGED, dossier=dossier))

    def _case(self, dossier: DossierId, language: str) -> _Case:
        planned = self._plans.with_facts(dossier, language)
        record = planned.record
        issued = issued_decisions(record)
        region = self._plans.workbook(record).region
        basis = ProgressBasis(
            plan=planned.plan,
            facts=planned.facts,
            edits=sort_edits(edits_of(record)),
            region=region,
            terms=summary_of(record).terms,
            decision=issued[-1].decision if issued else None,
            today=today(self._clock),
        )
        return _Case(record, progress_of(record.progress, basis), {each.name: each.label for each in region.modules})


def _new_entry() -> str:
    return f"{new_instance_id()}{new_instance_id()}"

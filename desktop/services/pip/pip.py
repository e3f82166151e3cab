"""The decision of the municipality (PIP) of a dossier: what an officer fills in, what it lacks, and issuing it.

Each change is one durable `PlanFieldSet` that undo takes back. What is issued is kept whole, with the plan that is its
second part, in one transaction, and never changes. Called on the store thread only. Raises UserError of `plan.edits`
for a value that does not fit, and the journal's errors; then nothing has changed.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from desktop.documents import DecisionPaper
from desktop.i18n.languages import DUTCH
from desktop.kernel.changes import Aspect, changed
from desktop.kernel.files import write_atomic
from desktop.plan.derive.hours import HoursLine, hours
from desktop.plan.law.term import legal_dates
from desktop.plan.model.edits import sort_edits, validate_edit
from desktop.plan.model.support_plan import MissingItem
from desktop.plan.pip.decide import PipBasis, decide, young_children
from desktop.plan.pip.decision import PipDecision, PipDraft
from desktop.plan.pip.duo_message import DuoPip, file_to_bytes, is_bsn, message_of
from desktop.plan.pip.duo_rules import DuoKnown, completed, offer_refused, refused, withdrawal_refused
from desktop.plan.pip.frozen_decision import freeze_decision, says_the_same
from desktop.plan.pip.pip_checks import pip_missing
from desktop.plan.pip.pip_edits import PipEdits
from desktop.records import CORE, DocumentMade, DossierView, PipIssued, PlanFieldSet
from desktop.services.caseload.summary import summary_of
from desktop.services.dossier.authors import context_of, language_of
from desktop.services.dossier.undo import UndoHistory
from desktop.services.interview.dossier_context import DossierContexts
from desktop.services.pip.issued import IssuedDecision, issued_decisions
from desktop.services.pip.pip_parts import PipDone, PipView
from desktop.services.plan.plan import PlanService, PlanTexts, edits_of
from desktop.services.plan.plan_versions import event_of, short_digest
from desktop.services.plan.session_facts import SessionFacts
from protocol.canonical import JsonValue
from protocol.errors import UserError
from protocol.identifiers import DossierId, case_number
from protocol.times import today

DUO_MESSAGE = "duo_message"
"""The kind under which the record says that a file for DUO was made."""


@dataclass(frozen=True, slots=True)
class _Case:
    """One dossier while its decision is looked at or issued."""

    record: DossierView
    facts: SessionFacts
    basis: PipBasis
    issued: tuple[IssuedDecision, ...]
    last: PipDecision | None


class PipService:
    """The decision on every dossier on this device."""

    def __init__(  # collaborators, named where it is built
        self,
        contexts: DossierContexts,
        plans: PlanService,
        texts: PlanTexts,
        author: str,
        history: UndoHistory,
        *,
        decides: Callable[[], bool],
        organisation: str,
    ) -> None:
        """Changes are written through `history`; `decides` tells whether this `organisation` may issue a decision."""
        self._clock = contexts.clock
        self._journal = contexts.journal
        self._plans = plans
        self._texts = texts
        self._author = author
        self._history = history
        self._decides = decides
        self._organisation = organisation

    def view(self, dossier: DossierId) -> PipView:
        """Return the decision beside the language spoken at the table last."""
        case = self._case(dossier)
        draft = self._draft(case)
        last, terms = case.last, case.basis.terms
        return PipView(
            dossier=dossier,
            dates=legal_dates(terms),
            fields=case.basis.filled.edits.fields,
            children=young_children(case.facts, draft.decision.dated or case.basis.plan.made),
            draft=draft,
            message=_message(draft.decision),
            issued=case.issued,
            changed=last is None or not says_the_same(last, draft.decision),
            decides=self._decides(),
            duo_notes=_notes(case, today(self._clock)),
            has_bsn=is_bsn(case.facts.value("bsn")),
            hours=self._hours(case),
            other=self._texts.plan(language_of(case.record)),
        )

    def set_field(self, dossier: DossierId, field: str, value: JsonValue) -> PipDone:
        """Keep what was filled in for `field`; None takes it away."""
        record = self._journal.view(dossier)
        validate_edit(field, value)
        if edits_of(record).get(field) != value or field in record.conflicts():
            self._history.write(dossier, [PlanFieldSet(field, value)], CORE, "plan", field)
        return self._done(dossier)

    def issue(self, dossier: DossierId) -> PipDone:
        """Issue the decision: keep every word of it, and of the plan that goes with it, for good.

        Raises UserError `pip.not_yours` for an organisation that does not decide, `pip.not_ready` while something that
        blocks is missing, and `pip.nothing_new` where the last decision says the same.
        """
        case = self._case(dossier)
        draft = self._draft(case)
        if not self._decides():
            raise UserError("pip.not_yours")
        if not draft.may_be_issued:
            raise UserError("pip.not_ready")
        if case.last is not None and says_the_same(case.last, draft.decision):
            raise UserError("pip.nothing_new")
        plan = self._plans.to_keep(dossier)
        decision = replace(draft.decision, plan_number=plan.number, plan_seal=short_digest(plan.frozen.digest))
        frozen = freeze_decision(decision, self._texts.columns(language_of(case.record)))
        issued = PipIssued(frozen.language, frozen.text, plan.frozen.digest)
        bodies = [event_of(plan.frozen), issued] if plan.is_new else [issued]
        self._journal.append_all(dossier, bodies, context_of(case.record, self._author), CORE)
        return self._done(dossier)

    def paper(self, dossier: DossierId, *, issued: bool, language: str = "") -> DecisionPaper:
        """Return the decision that was issued last, or the draft, as it is printed.

        Raises UserError `pip.nothing_issued` where none was, and `pip.decision_damaged`.
        """
        case = self._case(dossier, language)
        number = len(case.issued)
        if not issued:
            tag = language or language_of(case.record)
            return DecisionPaper(self._draft(case).decision, case_number(dossier), tag, number + 1)
        if not case.issued:
            raise UserError("pip.nothing_issued")
        last = case.issued[-1]
        seal = short_digest(last.frozen.digest)
        return DecisionPaper(last.decision, case_number(dossier), last.frozen.language, number, seal)

    def export_duo(self, dossier: DossierId, path: Path) -> None:
        """Write what DUO receives of the decision issued last to `path`; a file there is replaced as a whole.

        Raises UserError `pip.nothing_issued` and `duo.bsn_wrong`, EnvironmentProblem of `kernel.files`.
        """
        case = self._case(dossier)
        message = None if case.last is None else _message(case.last)
        if message is None:
            raise UserError("pip.nothing_issued")
        data = file_to_bytes(case.facts.value("bsn"), message)
        write_atomic(path, data)
        made = DocumentMade(DUO_MESSAGE, DUTCH, sha256(data).hexdigest())
        self._journal.append(dossier, made, context_of(case.record, self._author))

    def duo_file_name(self, dossier: DossierId) -> str:
        """Return the name suggested for the file for DUO."""
        return f"duo-pip-{case_number(dossier)}.json"

    def _hours(self, case: _Case) -> tuple[HoursLine, ...]:
        plan = case.basis.plan
        edits = case.basis.filled.edits
        return hours(
            case.facts, edits, self._plans.workbook(case.record).region, plan.proposed_route, plan.region_route
        )

    def _done(self, dossier: DossierId) -> PipDone:
        return PipDone(self.view(dossier), changed(Aspect.PLAN, Aspect.CASELOAD, dossier=dossier))

    def _case(self, dossier: DossierId, language: str = "") -> _Case:
        planned = self._plans.with_facts(dossier, language)
        record = planned.record
        issued = issued_decisions(record)
        last = None if not issued else issued[-1].decision
        basis = PipBasis(
            plan=planned.plan,
            filled=PipEdits(sort_edits(edits_of(record))),
            terms=summary_of(record).terms,
            municipality=self._organisation,
            first=None if not issued else issued[0].decision.first,
            talks_held=tuple(talk.stamp.time.astimezone().date() for talk in record.conversations),
        )
        return _Case(record, planned.facts, basis, issued, last)

    def _draft(self, case: _Case) -> PipDraft:
        decision = decide(case.facts, case.basis)
        missing = [*pip_missing(decision, case.facts, case.basis, case.last)]
        message = _message(decision)
        if message is not None:
            missing += refused(message, _known(case, decision))
        missing += [
            MissingItem("pip.two_values", field)
            for field in case.record.conflicts()
            if field.startswith(("pip/", "term/"))
        ]
        return PipDraft(decision, tuple(missing))


def _notes(case: _Case, day: date) -> tuple[str, ...]:
    """Return why DUO would not take the decision back, or an offer of lessons made on `day`; nothing before issuing."""
    if case.last is None:
        return ()
    known = _known(case, case.last)
    return (
        *withdrawal_refused(replace(known, term_set=known.first is not None and day > known.first)),
        *offer_refused(day, known),
    )


def _message(decision: PipDecision) -> DuoPip | None:
    message = message_of(decision)
    return None if message is None else completed(message)


def _known(case: _Case, decision: PipDecision) -> DuoKnown:
    """Return what DUO knows beside the message, as far as the record tells."""
    terms, last = case.basis.terms, case.last
    return DuoKnown(
        duty_began=case.basis.filled.edits.day("pip/duty_began"),
        settled=terms.moved or terms.registered,
        first=terms.first_plan,
        current=terms.plan if last is None else last.dated,
        asylum=decision.asylum,
        course_hours=case.basis.filled.number("done_lessons") or 0,
    )

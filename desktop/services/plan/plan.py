"""The support plan: what follows from the answers, laid under what people decided about it.

Guarantees: the plan is derived anew from the record every time, so it never disagrees with the answers; each change is
one durable `PlanFieldSet` per field; nothing is advised, ranked or decided here. Who signs, signs a version that holds
every word and never changes; where today's plan says anything else, it is a draft that nobody signed. Called on the
store thread only.
Raises UserError of `plan.edits` for a value that does not fit, and the journal's errors; then nothing has changed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from desktop.forms import Session
from desktop.i18n import LANGUAGES, Catalogue, Language, language
from desktop.i18n.languages import DUTCH
from desktop.kernel.changes import Aspect, Changes, changed
from desktop.kernel.ref import PlanField, parse_address
from desktop.plan.derive.derive import derive
from desktop.plan.model.edits import validate_edit
from desktop.plan.model.frozen_plan import FrozenPlan, PlanColumns, content_of, freeze
from desktop.plan.model.plan_changes import changes_between
from desktop.plan.model.support_plan import Goal, LegalRoute, MissingItem, Sign, SupportPlan
from desktop.records import CORE, DossierView, PlanFieldSet, PlanFrozen
from desktop.services.content.workbooks import Workbook, Workbooks, value_of
from desktop.services.dossier.authors import WriterNames, caseworker_of, language_of, organisation_of
from desktop.services.dossier.called_name import called_name
from desktop.services.dossier.registers import current
from desktop.services.dossier.sessions import session_of
from desktop.services.dossier.undo import UndoHistory
from desktop.services.interview.dossier_context import DossierContexts
from desktop.services.plan.answer_links import links
from desktop.services.plan.edit_diff import Edits, goal_edits, half_day_edits
from desktop.services.plan.plan_parts import (
    Dispute,
    DisputeSide,
    GoalDraft,
    HalfDayDraft,
    PlanDone,
    PlanView,
    PlanWithFacts,
    TalkRef,
    WorkbookStanding,
)
from desktop.services.plan.plan_versions import (
    PlanToKeep,
    VersionHistory,
    event_of,
    history_of,
    plan_to_keep,
    signed_by,
)
from desktop.services.plan.region_offer import region_offer
from desktop.services.plan.session_facts import PlanCatalogues, SessionFacts
from protocol.canonical import JsonValue
from protocol.errors import UserError
from protocol.identifiers import DossierId, new_instance_id
from protocol.times import today


@dataclass(frozen=True, slots=True)
class PlanTexts:
    """The catalogues the plan is shown in, by language tag: those of the plan and those of the interview."""

    plan: Callable[[str], Catalogue]
    intake: Callable[[str], Catalogue]

    def columns(self, tag: str) -> PlanColumns:
        """Return how a plan is read in Dutch beside the language `tag`."""
        other = self.plan(tag)
        return PlanColumns(self.plan(DUTCH).find, other.find, tag, other.language.is_rtl)


class PlanService:
    """The plan of every dossier on this device."""

    def __init__(
        self, contexts: DossierContexts, workbooks: Workbooks, texts: PlanTexts, author: str, history: UndoHistory
    ) -> None:
        """Derive plans from the records and form of `contexts` by `workbooks`; `author` signs each change."""
        journal, form, clock = contexts.journal, contexts.form, contexts.clock
        self._journal = journal
        self._form = form
        self._workbooks = workbooks
        self._clock = clock
        self._texts = texts
        self._author = author
        self._writers = contexts.writers
        self._history = history

    def plan(self, dossier: DossierId, tag: str = "") -> SupportPlan:
        """Return the plan as it stands now; answers that were chosen also get their words in language `tag`."""
        return self.plan_and_versions(dossier, tag)[0]

    def versions(self, dossier: DossierId) -> VersionHistory:
        """Return the versions that were signed, and what today's plan says otherwise than the newest."""
        return self.plan_and_versions(dossier)[1]

    def plan_and_versions(self, dossier: DossierId, tag: str = "") -> tuple[SupportPlan, VersionHistory]:
        """Return what `plan` and `versions` return."""
        record = self._journal.view(dossier)
        return self._derive(record, session_of(self._form, record, self._clock), tag or language_of(record))

    def with_facts(self, dossier: DossierId, tag: str = "") -> PlanWithFacts:
        """Return what `plan` returns, with the record and the answers that it follows from."""
        record = self._journal.view(dossier)
        session, second = session_of(self._form, record, self._clock), tag or language_of(record)
        plan, _history = self._derive(record, session, second)
        return PlanWithFacts(record, self._facts(record, session, second), plan)

    def workbook(self, record: DossierView) -> Workbook:
        """Return the workbook that the plan of `record` goes by."""
        return self._workbooks.of_case(record)

    def sender(self, record: DossierView) -> str:
        """Return the organisation that makes the plan of `record`."""
        return organisation_of(record, self._writers)

    def view(self, dossier: DossierId, tag: str = "") -> PlanView:
        """Return the plan beside language `tag`, by default the one spoken at the table last."""
        record = self._journal.view(dossier)
        session = session_of(self._form, record, self._clock)
        second = tag or language_of(record)
        plan, history = self._derive(record, session, second)
        return PlanView(
            dossier=dossier,
            name=called_name(record),
            plan=plan,
            dutch=self._texts.plan(DUTCH),
            other=self._texts.plan(second),
            languages=tuple(tag for tag in record.languages if tag != DUTCH),
            links=links(self._form, session, self._texts.intake(DUTCH), _sources(plan)),
            disputes=tuple(
                _dispute(record, name, self._writers)
                for name in record.conflicts()
                if isinstance(parse_address(name), PlanField)
            ),
            talk=_find_talk(record),
            words_in=_own_words_language(record, second),
            can_undo=self._history.can_undo(dossier),
            history=history,
            region_offer=region_offer(
                self._workbooks.of_case(record).region, edits_of(record), plan, today(self._clock)
            ),
            workbook=self._workbook_standing(record, session),
        )

    def set_reason(self, dossier: DossierId, route: LegalRoute, text: str) -> PlanDone:
        """Keep why the caseworker and the person come to this about `route`; an empty text takes it away."""
        return self._apply_edits(dossier, {f"route/{route}/reason": text.strip() or None})

    def set_argument(self, dossier: DossierId, argument: str, route: LegalRoute, sign: Sign, text: str) -> PlanDone:
        """Keep a reason people wrote for or against `route`; a blank `argument` adds one, no text takes it away."""
        name = f"argument/{argument or self._new_name()}"
        if not text.strip():
            return self._apply_edits(dossier, {name: None} if argument else {})
        return self._apply_edits(dossier, {name: {"route": route, "sign": sign, "text": text.strip()}})

    def propose(self, dossier: DossierId, route: LegalRoute) -> PlanDone:
        """Propose `route`: a person's choice, never the program's."""
        return self._apply_edits(dossier, {"route/proposed": route})

    def choose_region_route(self, dossier: DossierId, name: str) -> PlanDone:
        """Choose the route of the region called `name`; a start that was chosen for another one goes."""
        region = self._workbooks.of_case(self._journal.view(dossier)).region
        route = next((each for each in region.routes if each.name == name), None)
        if route is None:
            raise UserError("plan.wrong_value", {"field": "route/region"})
        start = self.plan(dossier).start
        kept = start is not None and start in route.start_dates
        edits: dict[str, JsonValue] = {"route/region": name}
        return self._apply_edits(dossier, edits if kept else {**edits, "route/start": None})

    def choose_start(self, dossier: DossierId, day: date) -> PlanDone:
        """Choose when the route starts."""
        return self._apply_edits(dossier, {"route/start": day.isoformat()})

    def switch_workbook(self, dossier: DossierId) -> PlanDone:
        """Let the case go by the newest workbook of the organisation. Raises UserError `content.none` without one."""
        newest = self._workbooks.newest()
        if newest is None:
            raise UserError("content.none")
        return self._apply_edits(dossier, {self._workbooks.field: value_of(newest)})

    def set_deviation(self, dossier: DossierId, text: str) -> PlanDone:
        """Keep why the proposal differs from the learnability test (Divosa: allowed when reasoned)."""
        return self._apply_edits(dossier, {"route/deviation": text.strip() or None})

    def save_goal(self, dossier: DossierId, draft: GoalDraft) -> PlanDone:
        """Change the goal of `draft`, or add it when its id is blank. Raises UserError `plan.goal_empty`."""
        return self._apply_edits(dossier, goal_edits(self._goal(dossier, draft.id), draft, self._new_name()))

    def remove_goal(self, dossier: DossierId, goal: str) -> PlanDone:
        """Leave a goal out of the plan; `undo` brings it back."""
        return self._apply_edits(dossier, {f"goal/{goal}/removed": True})

    def tick_action(self, dossier: DossierId, goal: str, action: str, *, done: bool) -> PlanDone:
        """Mark one step of a goal as done, or not."""
        return self._apply_edits(dossier, {f"goal/{goal}/action/{action}/done": done})

    def set_week(self, dossier: DossierId, drafts: tuple[HalfDayDraft, ...]) -> PlanDone:
        """Plan half-days of the week by hand."""
        return self._apply_edits(dossier, half_day_edits(drafts))

    def set_own_words(self, dossier: DossierId, dutch: str, said: str) -> PlanDone:
        """Keep what the person wants, in Dutch and as it was said."""
        return self._apply_edits(dossier, {"own_words": dutch.strip() or None, "own_words/other": said.strip() or None})

    def set_feedback(self, dossier: DossierId, agrees: str, dutch: str = "", said: str = "") -> PlanDone:
        """Keep whether the plan fits the person (`yes`, `partly`, `no`), and what the person says about it."""
        edits: dict[str, JsonValue] = {"feedback/agrees": agrees}
        edits |= {"feedback": dutch.strip() or None, "feedback/other": said.strip() or None}
        return self._apply_edits(dossier, edits)

    def set_read_aloud(self, dossier: DossierId, tag: str, interpreter: str) -> PlanDone:
        """Keep that the plan was read aloud today in language `tag`; `interpreter` is a number, never a name."""
        day = today(self._clock).isoformat()
        return self._apply_edits(
            dossier, {"read_aloud": {"language": tag, "date": day, "interpreter": interpreter.strip()}}
        )

    def sign(self, dossier: DossierId, role: str, name: str, how: str) -> PlanDone:
        """Sign for `role` (`person`, `caseworker`, `municipality`) today; `how` says in what way.

        What is signed is kept whole, in the same step, unless the plan is a signed version already. Raises UserError
        `plan.not_ready` while something that blocks signing is missing, and `plan.name_missing`.
        """
        record = self._journal.view(dossier)
        session = session_of(self._form, record, self._clock)
        plan, history = self._derive(record, session, language_of(record))
        if not plan.may_be_signed:
            raise UserError("plan.not_ready")
        if not name.strip():
            raise UserError("plan.name_missing")
        standing = history.standing
        frozen = self._freeze(record, session, plan) if standing is None else standing.frozen
        day = today(self._clock).isoformat()
        signature = {"name": name.strip(), "date": day, "how": how, "version": frozen.digest}
        return self._apply_edits(
            dossier, {f"signature/{role}": signature}, () if standing is not None else (event_of(frozen),)
        )

    def unsign(self, dossier: DossierId, role: str) -> PlanDone:
        """Take back the signature of `role`."""
        return self._apply_edits(dossier, {f"signature/{role}": None})

    def to_keep(self, dossier: DossierId) -> PlanToKeep:
        """Return today's plan as it is kept beside a decision of the municipality."""
        record = self._journal.view(dossier)
        session = session_of(self._form, record, self._clock)
        plan, _history = self._derive(record, session, language_of(record))
        return plan_to_keep(record, self._freeze(record, session, plan))

    def settle(self, dossier: DossierId, name: str, value: JsonValue) -> PlanDone:
        """Choose `value` for a field that two devices set differently; what is not chosen stays in the record."""
        return self._apply_edits(dossier, {name: value})

    def undo(self, dossier: DossierId) -> PlanDone:
        """Take back the last thing done in the dossier, wherever that was; `undone` of the result says what."""
        undone = self._history.undo(dossier)
        if undone is None:
            return PlanDone(self.view(dossier), Changes())
        return PlanDone(self.view(dossier), changed(*Aspect, dossier=dossier), undone)

    def _new_name(self) -> str:
        return f"own-{int(self._clock.now().timestamp()):010x}-{new_instance_id()}"

    def _apply_edits(self, dossier: DossierId, edits: Edits, first: Sequence[PlanFrozen] = ()) -> PlanDone:
        record = self._journal.view(dossier)
        before, disputed = edits_of(record), record.conflicts()
        real = {name: value for name, value in edits.items() if before.get(name) != value or name in disputed}
        for name, value in real.items():
            validate_edit(name, value)
        if real:
            bodies = [*first, *(PlanFieldSet(name, value) for name, value in real.items())]
            self._history.write(dossier, bodies, CORE, "plan", next(iter(real)))
        return self._make_result(dossier)

    def _make_result(self, dossier: DossierId) -> PlanDone:
        aspects: Changes = changed(Aspect.PLAN, Aspect.HANDOVER, Aspect.CASELOAD, dossier=dossier)
        return PlanDone(self.view(dossier), aspects)

    def _derive(self, record: DossierView, session: Session, tag: str) -> tuple[SupportPlan, VersionHistory]:
        """Return today's plan, signed where it is a signed version word for word, and the signed versions."""
        plan = self._unsigned(record, session, tag)
        history = history_of(record, lambda: plan if tag == DUTCH else self._unsigned(record, session, DUTCH))
        standing = history.standing
        return (plan if standing is None else signed_by(plan, standing.signatures)), history

    def _unsigned(
        self, record: DossierView, session: Session, tag: str, workbook: Workbook | None = None
    ) -> SupportPlan:
        """Return today's plan without signatures, by the workbook of the case or by another one."""
        by = workbook or self._workbooks.of_case(record)
        facts, worker = self._facts(record, session, tag), caseworker_of(record) or self._author
        day, edits = today(self._clock), edits_of(record)
        plan = derive(facts, edits, by.region, day, caseworker=worker, organisation=self.sender(record))
        if by.state != "not_here":
            return plan
        absent = MissingItem("plan.workbook_not_here", self._workbooks.field, {"version": str(by.version)})
        return replace(plan, missing=(absent, *plan.missing))

    def _facts(self, record: DossierView, session: Session, tag: str) -> SessionFacts:
        catalogues = PlanCatalogues(self._texts.intake(DUTCH), self._texts.intake(tag))
        return SessionFacts(self._form, session, record, catalogues)

    def _workbook_standing(self, record: DossierView, session: Session) -> WorkbookStanding:
        """Return by which workbook the case goes, and what the plan would say otherwise by the newest."""
        now, newest = self._workbooks.of_case(record), self._workbooks.newest()
        if newest is None or newest.digest == now.digest:
            return WorkbookStanding(now.state, now.version, now.issued)
        before, after = (self._unsigned(record, session, DUTCH, each) for each in (now, newest))
        same = content_of(before) == content_of(after)
        changes = () if same else changes_between(before, after)
        return WorkbookStanding(now.state, now.version, now.issued, newest.version, newest.issued, changes)

    def _freeze(self, record: DossierView, session: Session, plan: SupportPlan) -> FrozenPlan:
        """Return `plan`, beside the language spoken at the table, as it is signed."""
        columns = self._texts.columns(language_of(record))
        return freeze(plan, columns, content_of(self._unsigned(record, session, DUTCH)))

    def _goal(self, dossier: DossierId, goal: str) -> Goal | None:
        return next((item for item in self.plan(dossier).goals if item.id == goal), None)


def edits_of(record: DossierView) -> Mapping[str, JsonValue]:
    """Return the plan fields people set, by name; where two devices differ, the value set last."""
    found: dict[str, JsonValue] = {}
    for name, register in record.plan.items():
        entry = current(register)
        if entry is not None:
            found[name] = entry.value
    return found


def _sources(plan: SupportPlan) -> tuple[str, ...]:
    argued = [ref for weighing in plan.routes for argument in weighing.arguments for ref in argument.sources]
    return (*argued, *(ref for goal in plan.goals for ref in goal.sources))


def _dispute(record: DossierView, name: str, writers: WriterNames) -> Dispute:
    """Return both sides of a field on which two devices differ, the older first."""
    return Dispute(
        name,
        tuple(
            DisputeSide(each.value, _readable(each.value), each.author, writers.of(each.device), each.time)
            for each in record.plan[name]
        ),
    )


def _readable(value: JsonValue) -> str:
    """Return the words in a plan value; blank for one that was taken away."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return ", ".join(filter(None, map(_readable, value.values())))
    if isinstance(value, Sequence):
        return "; ".join(filter(None, map(_readable, value)))
    return ""


def _own_words_language(record: DossierView, language_tag: str) -> Language:
    """Return the language across the table when the person's own words were written down, else `language_tag`."""
    entry = current(record.plan.get("own_words/other"))
    spoken = language_tag if entry is None else entry.language
    return language(spoken if spoken in {known.tag for known in LANGUAGES} else language_tag)


def _find_talk(record: DossierView) -> TalkRef:
    """Return the talk in which the person's own words were set; where they come from an answer, the last one held."""
    if not record.conversations:
        return TalkRef(0, None)
    words = current(record.plan.get("own_words"))
    held = [talk for talk in record.conversations if words is None or talk.stamp.time <= words.time]
    last = held[-1] if held else record.conversations[-1]
    return TalkRef(last.body.number, last.stamp.time.astimezone().date())

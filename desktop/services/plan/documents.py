"""Documents of a dossier: looked at before they are made, then written as one file that is whole or not there.

A file is named after the kind of document and the case number, never after a person. What was made is remembered in
the record by its digest, so that a printed plan can be told from a changed one. Called on the store thread only.
Raises EnvironmentProblem of `kernel.files` when the file cannot be written, and the errors of `desktop.documents`.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from desktop import documents
from desktop.documents import (
    DecisionDocument,
    DecisionPaper,
    DocumentMeta,
    InterviewDocument,
    PlanDocument,
    ProgressDocument,
    ProgressPaper,
    Typeset,
)
from desktop.documents.typst_compiler import compile_pdf
from desktop.i18n import N_, Catalogue
from desktop.i18n.languages import DUTCH
from desktop.kernel.changes import Aspect, Changes, changed
from desktop.kernel.files import write_atomic
from desktop.media.page_rendering import page_sizes
from desktop.plan.model.frozen_plan import PlanColumns
from desktop.plan.model.plan_exchange import PlanOrigin, exchanged
from desktop.records import DocumentMade, DossierView, Journal
from desktop.services.dossier.authors import caseworker_of, context_of, language_of
from desktop.services.interview.printed_interview import PrintedInterviews
from desktop.services.plan.plan import PlanService
from desktop.services.plan.plan_versions import PlanVersion, VersionHistory, short_digest, version_named
from protocol.errors import UserError
from protocol.identifiers import DossierId, case_number
from protocol.times import Clock

DocumentKind = str
"""The name of a kind of document in the record; once used, it keeps its meaning."""

SUPPORT_PLAN: DocumentKind = "support_plan"
SIGNED_PLAN: DocumentKind = "signed_plan"
INTAKE_REPORT: DocumentKind = "intake_report"
INTERVIEW_SO_FAR: DocumentKind = "interview_so_far"
BLANK_INTERVIEW: DocumentKind = "blank_interview"
PIP_DRAFT: DocumentKind = "pip_draft"
PIP_DECISION: DocumentKind = "pip_decision"
PIP_PLAN: DocumentKind = "pip_plan"
PROGRESS: DocumentKind = "progress_overview"
PLAN_IN_WORD: DocumentKind = "support_plan_word"
"""A copy of the support plan to go on writing in: it is saved and never shown, for it changes in other hands."""
PLAN_AS_DATA: DocumentKind = "support_plan_json"
"""The support plan for other programs, as `docs/formats/plan.md` describes it."""


@dataclass(frozen=True, slots=True)
class DocumentType:
    """One kind of document: what people call it (English msgid), how its file name starts, and how it is made.

    Documents of one `family` are offered beside each other.
    """

    name: str
    file_stem: str
    family: str
    document: PlanDocument | InterviewDocument | DecisionDocument | ProgressDocument


DOCUMENTS: Mapping[DocumentKind, DocumentType] = {
    SUPPORT_PLAN: DocumentType(N_("Support plan"), "ondersteuningsplan", "plan", documents.SUPPORT_PLAN),
    SIGNED_PLAN: DocumentType(N_("Signed plan"), "ondertekend-plan", "plan", documents.SUPPORT_PLAN),
    INTAKE_REPORT: DocumentType(N_("Intake report"), "verslag-brede-intake", "plan", documents.INTAKE_REPORT),
    INTERVIEW_SO_FAR: DocumentType(N_("What was said"), "gesprek", "interview", InterviewDocument(blank=False)),
    BLANK_INTERVIEW: DocumentType(N_("Blank interview"), "vragenlijst", "interview", InterviewDocument(blank=True)),
    PIP_DRAFT: DocumentType(N_("Decision in draft"), "concept-besluit-pip", "decision", DecisionDocument(issued=False)),
    PIP_DECISION: DocumentType(N_("Decision (PIP)"), "besluit-pip", "decision", DecisionDocument(issued=True)),
    PIP_PLAN: DocumentType(N_("Plan with the decision"), "plan-bij-besluit", "decision", documents.SUPPORT_PLAN),
    PROGRESS: DocumentType(N_("Progress"), "voortgang", "progress", ProgressDocument()),
}
"""The documents there are, in the order in which they are offered: another one is a row here, data and a template."""

KEPT = frozenset({SIGNED_PLAN, PIP_DECISION, PIP_PLAN})
"""Documents of words that were kept: they stand beside the language they were kept in, whatever is chosen."""


class GiveDecision(Protocol):
    """Gives a decision (PIP) as it is printed."""

    def __call__(self, dossier: DossierId, *, issued: bool, language: str = "") -> DecisionPaper:
        """Return the one issued last, or the draft. Raises UserError `pip.nothing_issued`, `pip.decision_damaged`."""
        ...


@dataclass(frozen=True, slots=True)
class PrintedSources:
    """What documents are made of besides the plan: the interview, the decision, and the progress beside a language."""

    interviews: PrintedInterviews
    decisions: GiveDecision
    progress: Callable[[DossierId, str], ProgressPaper]


@dataclass(frozen=True, slots=True, repr=False)
class Preview:
    """A document as it will be saved; `languages` are those it can be made in besides Dutch.

    `pages` are width and height of each page, in points of 1/72 inch; `kinds` are the documents there are of the case.
    """

    kind: DocumentKind
    dossier: DossierId
    language: str
    pdf: bytes
    pages: tuple[tuple[float, float], ...]
    file_name: str
    languages: tuple[str, ...]
    kinds: tuple[DocumentKind, ...]


@dataclass(frozen=True, slots=True)
class Exported:
    """A document that lies at `path`; `digest` is the SHA-256 of its bytes in hexadecimal."""

    path: Path
    digest: str
    changes: Changes


class DocumentService:
    """Makes the documents of every dossier on this device."""

    def __init__(
        self,
        journal: Journal,
        plans: PlanService,
        clock: Clock,
        texts: Callable[[str], Catalogue],
        author: str,
        sources: PrintedSources,
        *,
        typeset: Typeset = compile_pdf,
    ) -> None:
        """Set what `plans` derives; `texts` gives the plan's catalogue by language tag, `typeset` makes the PDF."""
        self._journal = journal
        self._plans = plans
        self._clock = clock
        self._texts = texts
        self._author = author
        self.sources = sources
        self._typeset = typeset
        self._made: tuple[tuple[object, ...], bytes] | None = None

    def preview(self, kind: DocumentKind, dossier: DossierId, language: str = "") -> Preview:
        """Return a document beside `language`, by default the one spoken at the table last.

        What was signed or issued is beside the language it was kept in. Raises UserError `plan.nothing_signed` and
        `pip.nothing_issued` without one, `plan.version_damaged` and `pip.decision_damaged`.
        """
        record = self._journal.view(dossier)
        tag, history, pdf = self._make(kind, record, language or language_of(record))
        kept = kind in KEPT
        others = (tag,) if kept else tuple(each for each in record.languages if each != DUTCH) or (tag,)
        there = {SIGNED_PLAN: bool(history.changes), PIP_DECISION: bool(record.decisions)}
        there[PIP_PLAN] = there[PIP_DECISION]
        kinds = tuple(each for each in _beside(kind) if there.get(each, True))
        return Preview(kind, dossier, tag, pdf, page_sizes(pdf), self.file_name(kind, dossier), others, kinds)

    def export(self, kind: DocumentKind, dossier: DossierId, language: str, path: Path) -> Exported:
        """Write a document as PDF to `path`; an older file there is replaced as a whole. Raises as `preview`."""
        tag, _history, pdf = self._make(kind, self._journal.view(dossier), language)
        return self._write(kind, dossier, tag, pdf, path)

    def save(self, preview: Preview, path: Path) -> Exported:
        """Write the very document that was looked at, as `export` does."""
        return self._write(preview.kind, preview.dossier, preview.language, preview.pdf, path)

    def save_in_word(self, dossier: DossierId, language: str, path: Path) -> Exported:
        """Write today's support plan beside `language` as DOCX, to go on writing in. Raises as `export`."""
        from desktop.documents.word.plan_word import plan_word

        record = self._journal.view(dossier)
        plan, history = self._plans.plan_and_versions(dossier, language)
        texts = (self._texts(DUTCH), self._texts(language))
        word = plan_word(plan, texts, self._meta(record, history, None), self._clock.now())
        return self._write(PLAN_IN_WORD, dossier, language, word, path)

    def save_as_data(self, dossier: DossierId, language: str, path: Path) -> Exported:
        """Write today's support plan beside `language` as JSON for other programs. Raises as `export`."""
        record = self._journal.view(dossier)
        plan, history = self._plans.plan_and_versions(dossier, language)
        other, meta = self._texts(language), self._meta(record, history, None)
        columns = PlanColumns(self._texts(DUTCH).find, other.find, language, other.language.is_rtl)
        made = exchanged(plan, columns, PlanOrigin(meta.case_number, meta.sender, meta.version))
        return self._write(PLAN_AS_DATA, dossier, language, made, path)

    def language_of(self, dossier: DossierId) -> str:
        """Return the language that a document of the case stands beside where nobody chose another."""
        return language_of(self._journal.view(dossier))

    def file_name(self, kind: DocumentKind, dossier: DossierId, ending: str = "pdf") -> str:
        """Return the name suggested for the file, which tells the kind of document and the case number."""
        return f"{DOCUMENTS[kind].file_stem}-{case_number(dossier)}.{ending}"

    def _make(self, kind: DocumentKind, record: DossierView, language: str) -> tuple[str, VersionHistory, bytes]:
        """Return the language a document stands beside, the versions of the plan, and its PDF."""
        document, now = DOCUMENTS[kind].document, self._clock.now()
        plan, history = self._plans.plan_and_versions(record.id, language)
        signed = _plan_of_decision(record) if kind == PIP_PLAN else _version_of(kind, history, language)
        tag = language if signed is None else signed.frozen.language
        texts, meta = (self._texts(DUTCH), self._texts(tag)), self._meta(record, history, signed)
        around = (kind, texts, meta, now.astimezone().date())
        if isinstance(document, InterviewDocument):
            paper = self.sources.interviews.paper(record.id, tag, blank=document.blank)
            pdf = self._make_once((paper, *around), lambda: document.pdf(paper, texts, meta, now, self._typeset))
        elif isinstance(document, DecisionDocument):
            decision = self.sources.decisions(record.id, issued=document.issued, language=tag)
            tag, columns = decision.language, (self._texts(DUTCH), self._texts(decision.language))
            pdf = self._make_once(
                (decision, kind, columns, now.astimezone().date()),
                lambda: document.pdf(decision, columns, now, self._typeset),
            )
        elif isinstance(document, ProgressDocument):
            progress = self.sources.progress(record.id, tag)
            pdf = self._make_once((progress, *around), lambda: document.pdf(progress, texts, meta, now, self._typeset))
        else:
            shown = plan if signed is None else signed.plan()
            pdf = self._make_once((shown, *around), lambda: document.pdf(shown, texts, meta, now, self._typeset))
        return tag, history, pdf

    def _make_once(self, said: tuple[object, ...], make: Callable[[], bytes]) -> bytes:
        """Return the PDF that was made last where it says the same, on the same day; else what `make` makes."""
        if self._made is None or self._made[0] != said:
            self._made = (said, make())
        return self._made[1]

    def _write(self, kind: DocumentKind, dossier: DossierId, language: str, made: bytes, path: Path) -> Exported:
        write_atomic(path, made)
        digest = hashlib.sha256(made).hexdigest()
        context = context_of(self._journal.view(dossier), self._author)
        self._journal.append(dossier, DocumentMade(kind, language, digest), context)
        return Exported(path, digest, changed(Aspect.PLAN, Aspect.HANDOVER, dossier=dossier))

    def _meta(self, record: DossierView, history: VersionHistory, signed: PlanVersion | None) -> DocumentMeta:
        """Return what stands around the plan; `signed` is the version that is printed, None for today's plan."""
        workbook = self._plans.workbook(record)
        return DocumentMeta(
            case_number=case_number(record.id),
            sender=self._plans.sender(record),
            version=history.next_number if signed is None else signed.number,
            seal="" if signed is None else short_digest(signed.digest),
            changes=history.changes if signed is None else (),
            caseworker=caseworker_of(record) or self._author,
            talks_held=tuple(talk.stamp.time.astimezone().date() for talk in record.conversations),
            letterhead=workbook.region.letterhead,
            logo=workbook.logo,
        )


def _beside(kind: DocumentKind) -> tuple[DocumentKind, ...]:
    """Return the documents that are offered with `kind`: those of the plan, of the interview, or of the decision."""
    return tuple(key for key, each in DOCUMENTS.items() if each.family == DOCUMENTS[kind].family)


def _plan_of_decision(record: DossierView) -> PlanVersion:
    """Return the plan that went with the newest decision, which is its part 2.

    Raises UserError `pip.nothing_issued`, and `plan.version_damaged` where the record does not hold it whole.
    """
    if not record.decisions:
        raise UserError("pip.nothing_issued")
    found = version_named(record, record.decisions[-1].body.plan)
    if found is None:
        raise UserError("plan.version_damaged")
    return found


def _version_of(kind: DocumentKind, history: VersionHistory, language: str) -> PlanVersion | None:
    """Return the version that a document is of; None for one of today.

    The support plan is of the version that today's plan is, where that was signed beside this `language`. Raises
    UserError `plan.nothing_signed` for a signed plan that nobody signed.
    """
    standing = history.standing
    if kind == SIGNED_PLAN and history.newest is None:
        raise UserError("plan.nothing_signed")
    if kind == SIGNED_PLAN:
        return history.newest
    same = kind == SUPPORT_PLAN and standing is not None and standing.frozen.language == language
    return standing if same else None

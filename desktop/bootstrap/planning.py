"""How the use cases around a plan are put together: by which workbook it goes, who decides on it, what it prints."""

from collections.abc import Callable
from typing import NamedTuple

from desktop.bootstrap.content import Content
from desktop.documents.typesetting import isolated_process
from desktop.records import Journal, PlanFieldSet
from desktop.services.content.content_service import ContentService
from desktop.services.content.known_content import KnownContent
from desktop.services.content.workbooks import Workbooks
from desktop.services.dossier.undo import UndoHistory
from desktop.services.interview.dossier_context import DossierContexts
from desktop.services.interview.printed_interview import PrintedInterviews
from desktop.services.pip.pip import PipService
from desktop.services.plan.documents import DocumentService, PrintedSources
from desktop.services.plan.plan import PlanService, PlanTexts
from desktop.services.progress.attendance_service import AttendanceService
from desktop.services.progress.progress_service import ProgressService
from desktop.services.sync.known_directory import KnownDirectory
from desktop.vault.vault import Vault
from protocol.certificates import RECEPTION
from protocol.identifiers import DossierId


class Planning(NamedTuple):
    """The use cases around the plans of one vault."""

    workbooks: Workbooks
    plans: PlanService
    pip: PipService
    progress: ProgressService
    attendance: AttendanceService
    documents: DocumentService
    content: ContentService

    @property
    def kept_version(self) -> Callable[[], tuple[PlanFieldSet, ...]]:
        """Return what a new case is begun with: the version of the workbook it goes by."""
        return self.workbooks.kept_version


def planning_of(
    vault: Vault, contexts: DossierContexts, content: Content, history: UndoHistory, known_directory: KnownDirectory
) -> Planning:
    """Return the use cases around the plans of `vault`, in the name of its person."""
    known = KnownContent(vault)
    workbooks = _workbooks(vault, contexts.journal, content, known)
    plans = PlanService(contexts, workbooks, PlanTexts(content.plan, content.intake), vault.person, history)
    pip = _decisions(contexts, plans, content, vault, history)
    progress = _progress(contexts, plans, content, vault, history)
    documents = _documents(
        contexts, plans, PrintedSources(PrintedInterviews(contexts), pip.paper, progress.paper), content, vault.person
    )
    published = _content_service(vault, known, workbooks, known_directory)
    attendance = AttendanceService(contexts.journal, vault, contexts.clock, progress, history)
    return Planning(workbooks, plans, pip, progress, attendance, documents, published)


def _workbooks(vault: Vault, journal: Journal, content: Content, known: KnownContent) -> Workbooks:
    """Return what plans go by. The invented region is there in practice alone: a vault without a server."""
    own, practice = vault.organisation_id, not vault.membership.server

    def began_elsewhere(dossier: DossierId) -> bool:
        state = journal.membership.of(dossier)
        return state is not None and state.statements[0].organisation != own

    region = content.practice() if practice else content.national
    return Workbooks(known, content.form, own, region, began_elsewhere, practice=practice)


def _content_service(
    vault: Vault, known: KnownContent, workbooks: Workbooks, known_directory: KnownDirectory
) -> ContentService:
    def named() -> frozenset[bytes]:
        directory = known_directory.directory()
        return frozenset() if directory is None else frozenset(each.digest for each in directory.contents)

    return ContentService(known, workbooks, vault.membership.card.root, named)


def _decisions(
    contexts: DossierContexts, plans: PlanService, content: Content, vault: Vault, history: UndoHistory
) -> PipService:
    """A practice environment decides as well: it is both organisations."""
    return PipService(
        contexts,
        plans,
        PlanTexts(content.plan, content.intake),
        vault.person,
        history,
        decides=lambda: _is_municipality(vault),
        organisation=vault.organisation,
    )


def _progress(
    contexts: DossierContexts, plans: PlanService, content: Content, vault: Vault, history: UndoHistory
) -> ProgressService:
    """Whoever holds the case records, unless it is a reception location; in practice there is one organisation."""

    def follows(dossier: DossierId) -> bool:
        state = contexts.journal.membership.of(dossier)
        return _is_municipality(vault) and (state is None or state.holder == vault.organisation_id)

    texts = PlanTexts(content.plan, content.intake)
    return ProgressService(contexts, plans, texts, vault.person, history, follows)


def _is_municipality(vault: Vault) -> bool:
    """Tell whether the municipality's part is done here: a practice environment is both organisations."""
    return vault.organisation_id is None or vault.membership.card.kind != RECEPTION


def _documents(
    contexts: DossierContexts, plans: PlanService, sources: PrintedSources, content: Content, me: str
) -> DocumentService:
    typeset = isolated_process.compile_pdf
    return DocumentService(contexts.journal, plans, contexts.clock, content.plan, me, sources, typeset=typeset)

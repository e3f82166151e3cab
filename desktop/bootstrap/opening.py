"""What a vault is opened with: the contents of an interview, and the use cases around an open vault.

It brings most of the program along, so `desktop.bootstrap` imports it when it is needed: after the first window.
"""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from desktop.documents.typesetting import isolated_process
from desktop.forms import Form
from desktop.i18n.catalogue import Catalogue, load_catalogue
from desktop.kernel.changes import Changes
from desktop.kernel.files import read_bytes
from desktop.kernel.resources import practice_directory
from desktop.plan.region.builtin import builtin_region
from desktop.plan.region.region_reader import national_region
from desktop.plan.region.region_rules import Region
from desktop.records import Journal, open_journal
from desktop.services.accounts.case_file import Case, read_case
from desktop.services.accounts.own_vault import OwnVault
from desktop.services.accounts.practice import fill_practice
from desktop.services.accounts.rejoining import RejoinService
from desktop.services.backups.backups import Backups
from desktop.services.backups.integrity_check import IntegrityCheck
from desktop.services.bundles.bundles import BundleService
from desktop.services.caseload.caseload import CaseloadService
from desktop.services.content.content_service import ContentService
from desktop.services.content.known_content import KnownContent
from desktop.services.content.workbooks import Workbooks
from desktop.services.dossier.authors import WriterNames
from desktop.services.dossier.form_locale import builtin_intake
from desktop.services.dossier.undo import UndoHistory
from desktop.services.handover.case_messages import MessageService
from desktop.services.handover.handover import HandoverService
from desktop.services.handover.handover_context import HandoverContext
from desktop.services.handover.person_picture import PictureService
from desktop.services.handover.received import ReceivedService
from desktop.services.handover.talk_service import TalkService
from desktop.services.interview.attachments import AttachmentService
from desktop.services.interview.conflicts import ConflictService
from desktop.services.interview.dossier_context import DossierContexts
from desktop.services.interview.interview import InterviewService
from desktop.services.interview.printed_interview import PrintedInterviews
from desktop.services.interview.review import ReviewService
from desktop.services.pip.pip import PipService
from desktop.services.plan.documents import DocumentService, PrintedSources
from desktop.services.plan.plan import PlanService, PlanTexts
from desktop.services.rights.audit import Audit
from desktop.services.rights.mistakes import MistakeService
from desktop.services.rights.own_copy import OwnCopyService
from desktop.services.rights.retention import RetentionService
from desktop.services.suite import Services
from desktop.services.sync.former_devices import FormerDevices
from desktop.services.sync.known_directory import KnownDirectory
from desktop.services.sync.synchronise import SyncService
from desktop.sync.client import Client
from desktop.sync.connection import Connection
from desktop.vault.crypto.identity import DeviceIdentity
from desktop.vault.vault import Vault
from protocol.identifiers import DossierId
from protocol.times import Clock, today

_LARGEST_CASE = 1_000_000


@dataclass(frozen=True, slots=True)
class Content:
    """What an interview is made of; the same for every vault, read once, off the screen's thread.

    `practice` is the invented region, `national` what a plan rests on where an organisation published no workbook.
    """

    form: Form
    practice: Region
    national: Region
    intake: Callable[[str], Catalogue]
    plan: Callable[[str], Catalogue]


def read_content(cache_directory: Path) -> Content:
    """Return interview, regions and catalogues as they ship with the program."""
    form = builtin_intake(cache_directory)
    intake = cache(lambda tag: load_catalogue(tag, "intake"))
    plan = cache(lambda tag: load_catalogue(tag, "plan"))
    return Content(form, builtin_region(form), national_region(form), intake, plan)


def open_services(vault: Vault, content: Content, clock: Clock) -> Services:
    """Return the use cases over an open vault. Call on the store thread; `close` closes and locks everything.

    Whatever is raised, the vault is locked, so that the next attempt opens it.
    """
    with ExitStack() as opened:
        opened.callback(vault.lock)
        journal = open_journal(vault.directory, vault, clock)
        opened.callback(journal.close)
        server = vault.membership.server
        client = _client(server, vault.device, clock) if server else None
        if client is not None:
            opened.callback(client.close)
        services = _services(vault, journal, client, content, clock)
        services.backups.settle()
        services.bundles.settle()
        services.rejoining.settle()
        services.handover.settle()
        services.retention.settle()
        return replace(services, close=opened.pop_all().close)


def _services(vault: Vault, journal: Journal, client: Client | None, content: Content, clock: Clock) -> Services:
    me, known_directory, workbooks = vault.person, KnownDirectory(vault), _workbooks(vault, journal, content)
    contexts, history = _contexts(vault, journal, content, clock, known_directory), UndoHistory(journal, me)
    context, plans = HandoverContext(journal, vault, known_directory), _plans(contexts, workbooks, content, me, history)
    backups = Backups(journal, vault, clock, practice=not vault.membership.server)
    handover = HandoverService(context, plans, content.form, clock, backups.current)
    received = ReceivedService(context, clock, workbooks.kept_version)
    bundles = BundleService(context, received, clock, lambda: _settle(handover, retention))
    retention = RetentionService(context, backups, clock, bundles.forget_erased)
    messages, talks = MessageService(journal, me, vault.organisation, contexts.writers), TalkService(context, clock)
    return Services(
        person=me,
        organisation=vault.organisation,
        journal=journal,
        close=vault.lock,
        fill_practice=lambda: fill_practice(journal, content.form, _practice_cases(clock), me),
        own_vault=OwnVault(vault, clock),
        caseload=CaseloadService(journal, known_directory, clock, me, vault.organisation, workbooks.kept_version),
        synchronise=_synchronise(context, client, clock, lambda: _settle(handover, retention)),
        interview=InterviewService(contexts, me, history),
        conflicts=ConflictService(contexts, me),
        review=ReviewService(contexts),
        plan=plans,
        pip=(pip := _decisions(contexts, plans, content, vault, history)),
        documents=_documents(contexts, plans, pip, content, me),
        handover=handover,
        received=received,
        bundles=bundles,
        talks=talks,
        messages=(messages := MessageService(journal, me, vault.organisation, contexts.writers)),
        pictures=PictureService(plans, talks, messages, clock),
        audit=Audit(journal, clock, me),
        integrity_check=IntegrityCheck(journal),
        attachments=AttachmentService(contexts, me, history),
        backups=backups,
        retention=retention,
        mistakes=MistakeService(context, retention, backups.current),
        rejoining=RejoinService(vault, journal, clock),
        content=_content_service(vault, workbooks, known_directory),
        own_copy=OwnCopyService(contexts, content.plan, (me, vault.organisation), typeset=isolated_process.compile_pdf),
    )


def _plans(
    contexts: DossierContexts, workbooks: Workbooks, content: Content, me: str, history: UndoHistory
) -> PlanService:
    return PlanService(contexts, workbooks, PlanTexts(content.plan, content.intake), me, history)


def _workbooks(vault: Vault, journal: Journal, content: Content) -> Workbooks:
    """Return what plans go by. The invented region is there in practice alone: a vault without a server."""
    own, practice = vault.organisation_id, None if vault.membership.server else content.practice

    def began_elsewhere(dossier: DossierId) -> bool:
        state = journal.membership.of(dossier)
        return state is not None and state.statements[0].organisation != own

    known, regions = KnownContent(vault), (content.national, practice)
    return Workbooks(known, content.form, own, regions, began_elsewhere)


def _content_service(vault: Vault, workbooks: Workbooks, known_directory: KnownDirectory) -> ContentService:
    def named() -> frozenset[bytes]:
        directory = known_directory.directory()
        return frozenset() if directory is None else frozenset(each.digest for each in directory.contents)

    return ContentService(KnownContent(vault), workbooks, vault.membership.card.root, named)


def _documents(contexts: DossierContexts, plans: PlanService, content: Content, me: str) -> DocumentService:
    printed, typeset = PrintedInterviews(contexts), isolated_process.compile_pdf
    return DocumentService(contexts.journal, plans, contexts.clock, content.plan, me, printed, typeset=typeset)


def _contexts(
    vault: Vault, journal: Journal, content: Content, clock: Clock, known_directory: KnownDirectory
) -> DossierContexts:
    writers = WriterNames(journal.membership, vault.organisation, known_directory.name)
    return DossierContexts(journal, content.form, clock, content.intake, writers)


def _synchronise(
    context: HandoverContext, client: Client | None, clock: Clock, after: Callable[[], Changes]
) -> SyncService:
    journal, vault = context.journal, context.vault
    former = FormerDevices(journal, vault, lambda device: _client(vault.membership.server, device, clock))
    return SyncService(journal, vault, context.known_directory, clock, client, after, former)


def _settle(handover: HandoverService, retention: RetentionService) -> Changes:
    """Do what follows from what was heard, in the backups as well where something was erased."""
    changes = handover.settle()
    return changes | retention.settle(backups=bool(changes))


def _client(server: str, device: DeviceIdentity, clock: Clock) -> Client:
    return Client(Connection(server, device, clock))


def _practice_cases(clock: Clock) -> tuple[Case, ...]:
    paths = sorted(practice_directory().glob("case_*.json"))
    return tuple(read_case(read_bytes(path, _LARGEST_CASE), today(clock)) for path in paths)

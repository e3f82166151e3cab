"""The use cases around an open vault.

It brings most of the program along, so `desktop.bootstrap` imports it when it is needed: after the first window.
"""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from typing import NamedTuple

from desktop.bootstrap.content import Content
from desktop.bootstrap.planning import Planning, planning_of
from desktop.documents.typesetting import isolated_process
from desktop.kernel.changes import Changes
from desktop.kernel.files import read_bytes
from desktop.kernel.resources import practice_directory
from desktop.records import Journal, open_journal
from desktop.services.accounts.case_file import Case, read_case
from desktop.services.accounts.organisation_keys import OrganisationKeys
from desktop.services.accounts.own_vault import OwnVault
from desktop.services.accounts.practice import fill_practice
from desktop.services.accounts.rejoining import RejoinService
from desktop.services.backups.backups import Backups
from desktop.services.backups.integrity_check import IntegrityCheck
from desktop.services.bundles.bundles import BundleService
from desktop.services.caseload.caseload import CaseloadService
from desktop.services.dossier.authors import WriterNames
from desktop.services.dossier.undo import UndoHistory
from desktop.services.exchange.translation_remarks import TranslationRemarks
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
from desktop.services.interview.review import ReviewService
from desktop.services.rights.audit import Audit
from desktop.services.rights.mistakes import MistakeService
from desktop.services.rights.own_copy import OwnCopyService
from desktop.services.rights.retention import RetentionService
from desktop.services.suite import Services
from desktop.services.sync.feed_position import FeedPosition
from desktop.services.sync.former_devices import FormerDevices
from desktop.services.sync.key_renewals import KeyRenewals
from desktop.services.sync.known_directory import KnownDirectory
from desktop.services.sync.synchronise import SyncService
from desktop.services.today.task_service import TaskService
from desktop.services.today.today_service import TodayService
from desktop.sync.client import Client
from desktop.sync.connection import Connection
from desktop.vault.crypto.identity import DeviceIdentity
from desktop.vault.vault import Vault
from protocol.certificates import RECEPTION
from protocol.times import Clock, today

_LARGEST_CASE = 1_000_000


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
    contexts = _contexts(vault, journal, content, clock, known_directory := KnownDirectory(vault))
    planning = planning_of(vault, contexts, content, history := UndoHistory(journal, vault.person), known_directory)
    over = _handing_over(context := HandoverContext(journal, vault, known_directory), planning, content, clock)
    return Services(
        person=(me := vault.person),
        organisation=vault.organisation,
        journal=journal,
        close=vault.lock,
        fill_practice=lambda: fill_practice(journal, content.form, _practice_cases(clock), me),
        own_vault=OwnVault(vault, clock),
        caseload=CaseloadService(journal, known_directory, clock, me, vault.organisation, planning.kept_version),
        synchronise=_synchronise(context, client, clock, over.settle),
        interview=InterviewService(contexts, me, history),
        conflicts=ConflictService(contexts, me),
        review=ReviewService(contexts),
        plan=planning.plans,
        pip=planning.pip,
        progress=planning.progress,
        attendance=planning.attendance,
        documents=planning.documents,
        handover=over.handover,
        received=over.received,
        bundles=over.bundles,
        talks=(talks := TalkService(context, clock)),
        messages=(messages := MessageService(journal, me, vault.organisation, contexts.writers)),
        pictures=PictureService(planning.plans, talks, messages, clock),
        audit=Audit(journal, clock, me),
        integrity_check=IntegrityCheck(journal),
        attachments=AttachmentService(contexts, me, history),
        backups=over.backups,
        retention=over.retention,
        mistakes=MistakeService(context, over.retention, over.backups.current),
        rejoining=RejoinService(vault, journal, clock),
        organisation_keys=_organisation_keys(context, clock, over.settle),
        content=planning.content,
        today=_day(vault, journal, clock),
        translation_remarks=TranslationRemarks(contexts),
        own_copy=OwnCopyService(contexts, content.plan, (me, vault.organisation), typeset=isolated_process.compile_pdf),
    )


def _day(vault: Vault, journal: Journal, clock: Clock) -> TodayService:
    reception = vault.organisation_id is not None and vault.membership.card.kind == RECEPTION
    tasks = TaskService(journal, clock, vault.person, vault.organisation)
    return TodayService(journal, clock, tasks, reception=reception)


class _HandingOver(NamedTuple):
    """What gives a case away, takes one in and lets one go. `settle` does what follows from what was heard."""

    handover: HandoverService
    received: ReceivedService
    bundles: BundleService
    retention: RetentionService
    backups: Backups

    def settle(self) -> Changes:
        """Do what follows, in the backups as well where something was erased."""
        changes = self.handover.settle()
        return changes | self.retention.settle(backups=bool(changes))


def _handing_over(context: HandoverContext, planning: Planning, content: Content, clock: Clock) -> _HandingOver:
    def settle() -> Changes:
        return over.settle()

    backups = Backups(context.journal, context.vault, clock, practice=not context.vault.membership.server)
    handover = HandoverService(context, planning.plans, content.form, clock, backups.current)
    received = ReceivedService(context, clock, planning.workbooks.kept_version)
    bundles = BundleService(context, received, clock, settle)
    retention = RetentionService(context, backups, clock, bundles.forget_erased)
    over = _HandingOver(handover, received, bundles, retention, backups)
    return over


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


def _organisation_keys(context: HandoverContext, clock: Clock, settle: Callable[[], Changes]) -> OrganisationKeys:
    journal, vault = context.journal, context.vault
    renewals = KeyRenewals(journal, vault, FeedPosition(journal.outbox, lambda: today(clock)))
    return OrganisationKeys(journal, vault, context.known_directory, renewals, settle)


def _client(server: str, device: DeviceIdentity, clock: Clock) -> Client:
    return Client(Connection(server, device, clock))


def _practice_cases(clock: Clock) -> tuple[Case, ...]:
    paths = sorted(practice_directory().glob("case_*.json"))
    return tuple(read_case(read_bytes(path, _LARGEST_CASE), today(clock)) for path in paths)

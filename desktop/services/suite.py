"""The use cases as two values the composition root builds: before a vault is open, and with one.

Pages receive them; nothing looks anything up by name. The use cases of an open vault are named here and not imported,
so that the first window does not wait for them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.services.accounts.preferences import Preferences

if TYPE_CHECKING:
    from desktop.records import Journal
    from desktop.services.accounts.accounts import Account, Accounts
    from desktop.services.accounts.organisation_keys import OrganisationKeys
    from desktop.services.accounts.own_vault import OwnVault
    from desktop.services.accounts.rejoining import RejoinService
    from desktop.services.backups.backups import Backups
    from desktop.services.backups.integrity_check import IntegrityCheck
    from desktop.services.backups.restoring import RestoreService
    from desktop.services.bundles.bundles import BundleService
    from desktop.services.caseload.caseload import CaseloadService
    from desktop.services.content.content_service import ContentService
    from desktop.services.exchange.translation_remarks import TranslationRemarks
    from desktop.services.handover.case_messages import MessageService
    from desktop.services.handover.handover import HandoverService
    from desktop.services.handover.person_picture import PictureService
    from desktop.services.handover.received import ReceivedService
    from desktop.services.handover.talk_service import TalkService
    from desktop.services.interview.attachments import AttachmentService
    from desktop.services.interview.conflicts import ConflictService
    from desktop.services.interview.interview import InterviewService
    from desktop.services.interview.review import ReviewService
    from desktop.services.pip.pip import PipService
    from desktop.services.plan.documents import DocumentService
    from desktop.services.plan.plan import PlanService
    from desktop.services.progress.attendance_service import AttendanceService
    from desktop.services.progress.progress_service import ProgressService
    from desktop.services.rights.audit import Audit
    from desktop.services.rights.mistakes import MistakeService
    from desktop.services.rights.own_copy import OwnCopyService
    from desktop.services.rights.retention import RetentionService
    from desktop.services.sync.synchronise import SyncService
    from desktop.services.today.today_service import TodayService
    from desktop.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class Services:
    """One field per use case over an open vault. All are called on the store thread only.

    `journal` is the record that all of them work on; `close` closes it and the vault. `fill_practice` adds invented
    people to a practice environment. `synchronise` says itself which of its steps belong to the network thread.
    """

    person: str
    organisation: str
    journal: "Journal"
    close: Callable[[], None]
    fill_practice: Callable[[], None]
    own_vault: "OwnVault"
    caseload: "CaseloadService"
    synchronise: "SyncService"
    interview: "InterviewService"
    conflicts: "ConflictService"
    review: "ReviewService"
    plan: "PlanService"
    pip: "PipService"
    progress: "ProgressService"
    attendance: "AttendanceService"
    documents: "DocumentService"
    handover: "HandoverService"
    received: "ReceivedService"
    bundles: "BundleService"
    talks: "TalkService"
    messages: "MessageService"
    pictures: "PictureService"
    attachments: "AttachmentService"
    audit: "Audit"
    integrity_check: "IntegrityCheck"
    backups: "Backups"
    retention: "RetentionService"
    mistakes: "MistakeService"
    own_copy: "OwnCopyService"
    rejoining: "RejoinService"
    organisation_keys: "OrganisationKeys"
    content: "ContentService"
    today: "TodayService"
    translation_remarks: "TranslationRemarks"


@dataclass(frozen=True, slots=True)
class AppServices:
    """What there is before a vault is open.

    `accounts` brings the vault's cryptography along when it is first asked for. `list_accounts` returns who has a vault
    here (store thread) and `end_practice` throws a practice environment away, both without it where there is none.
    `restoring` makes vaults of backups. `open` builds the use cases around an open vault (store thread).
    `recovery_sheet` returns the PDF of a recovery key: person, organisation, words. `save_report` writes what went
    wrong to a file (store thread). `get_ready` loads what `open` needs, so that it need not wait (store thread).
    """

    load_accounts: "Callable[[], Accounts]"
    list_accounts: "Callable[[], tuple[Account, ...]]"
    end_practice: Callable[[], None]
    preferences: Preferences
    restoring: Callable[[], "RestoreService"]
    open: "Callable[[Vault], Services]"
    recovery_sheet: Callable[[str, str, tuple[str, ...]], bytes]
    save_report: Callable[[Path], None]
    get_ready: Callable[[], object]

    @property
    def accounts(self) -> "Accounts":
        """Opening vaults, joining and practising."""
        return self.load_accounts()

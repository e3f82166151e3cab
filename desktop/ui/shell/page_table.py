"""Every page of the open vault, in the order of the tabs: one row each. Imported when they are first opened."""

from PySide6.QtWidgets import QWidget

from desktop.i18n.mark import N_
from desktop.services.suite import Services
from desktop.ui.context import UiContext
from desktop.ui.settings.settings_page import AppearanceActions
from desktop.ui.shell.pages import PageEntry
from protocol.identifiers import DossierId


def page_table(look: AppearanceActions) -> tuple[PageEntry, ...]:
    """Return the pages; `look` is how the settings page changes the look of the application."""

    def settings(context: UiContext) -> QWidget:
        from desktop.ui.settings.settings_page import SettingsPage

        return SettingsPage(context, look)

    return (
        PageEntry("today", N_("Today"), "sun", "home", _today),
        PageEntry("people", N_("People"), "people", "home", _people),
        PageEntry("received", N_("Received cases"), "inbox", "home", _received),
        PageEntry("settings", N_("Settings"), "sliders", "home", settings),
        PageEntry("retention", N_("What must be erased"), "trash", "aside", _retention),
        PageEntry("new_person", N_("New dossier"), "plus", "aside", _new_person),
        PageEntry("interview", N_("Talk"), "chat", "dossier", _interview),
        PageEntry("review", N_("Review"), "check", "dossier", _review),
        PageEntry("attachments", N_("Attachments"), "clip", "dossier", _attachments),
        PageEntry("plan", N_("Plan"), "document", "dossier", _plan),
        PageEntry("handover", N_("Handover"), "handshake", "dossier", _handover),
        PageEntry("progress", N_("Progress"), "flag", "dossier", _progress, _follows),
        PageEntry("stick", N_("Handover on a stick"), "usb", "hidden", _stick),
        PageEntry("stick_import", N_("Read in from a stick"), "usb", "hidden", _stick_import),
        PageEntry("conflict", N_("Two answers"), "merge", "hidden", _conflict),
        PageEntry("attachment", N_("Attachment"), "clip", "hidden", _attachment),
        PageEntry("help", N_("Help"), "question", "hidden", _help),
        PageEntry("preview", N_("Preview"), "document", "hidden", _preview),
    )


def _retention(context: UiContext) -> QWidget:
    from desktop.ui.retention.retention_page import RetentionPage

    return RetentionPage(context)


def _today(context: UiContext) -> QWidget:
    from desktop.ui.today.today_page import TodayPage

    return TodayPage(context)


def _people(context: UiContext) -> QWidget:
    from desktop.ui.people.people_page import PeoplePage

    return PeoplePage(context)


def _new_person(context: UiContext) -> QWidget:
    from desktop.ui.people.new_page import NewPersonPage

    return NewPersonPage(context)


def _interview(context: UiContext) -> QWidget:
    from desktop.ui.interview.interview_page import InterviewPage

    return InterviewPage(context)


def _review(context: UiContext) -> QWidget:
    from desktop.ui.review.review_page import ReviewPage

    return ReviewPage(context)


def _conflict(context: UiContext) -> QWidget:
    from desktop.ui.conflict.conflict_page import ConflictPage

    return ConflictPage(context)


def _attachments(context: UiContext) -> QWidget:
    from desktop.ui.attachments.attachments_page import AttachmentsPage

    return AttachmentsPage(context)


def _attachment(context: UiContext) -> QWidget:
    from desktop.ui.attachments.viewer import AttachmentViewer

    return AttachmentViewer(context)


def _plan(context: UiContext) -> QWidget:
    from desktop.ui.plan.plan_page import PlanPage

    return PlanPage(context)


def _handover(context: UiContext) -> QWidget:
    from desktop.ui.handover.handover_page import HandoverPage

    return HandoverPage(context)


def _progress(context: UiContext) -> QWidget:
    from desktop.ui.progress.progress_page import ProgressPage

    return ProgressPage(context)


def _follows(services: Services, dossier: DossierId) -> bool:
    return services.progress.follows(dossier)


def _received(context: UiContext) -> QWidget:
    from desktop.ui.received.received_page import ReceivedPage

    return ReceivedPage(context)


def _stick(context: UiContext) -> QWidget:
    from desktop.ui.stick.stick_page import StickPage

    return StickPage(context)


def _stick_import(context: UiContext) -> QWidget:
    from desktop.ui.stick.import_page import StickImportPage

    return StickImportPage(context)


def _help(context: UiContext) -> QWidget:
    from desktop.ui.help.help_page import HelpPage

    return HelpPage(context)


def _preview(context: UiContext) -> QWidget:
    from desktop.ui.preview.preview_page import PreviewPage

    return PreviewPage(context)

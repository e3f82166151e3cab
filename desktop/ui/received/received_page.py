"""The page of received cases: a list, the case chosen in it, and one decision at a time."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QStackedWidget, QVBoxLayout, QWidget

from desktop.i18n import Catalogue
from desktop.i18n.languages import DUTCH
from desktop.i18n.messages import text_for
from desktop.kernel.changes import Aspect, Changes
from desktop.services.handover.handover_parts import ReceivedCase, ReceivedDone
from desktop.services.handover.received import ReceivedService
from desktop.services.plan.documents import SUPPORT_PLAN
from desktop.ui.common_texts import age_words
from desktop.ui.context import UiContext
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.handover.message_card import MessageCard
from desktop.ui.handover.standing_lines import LateLine
from desktop.ui.handover.step_age_line import StepAgeLine, age_of_case
from desktop.ui.handover.talk_file_card import TalkFileCard
from desktop.ui.kit.controls.autosave_text import AutosaveTextEdit
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.controls.field import Field
from desktop.ui.kit.controls.radio import RadioBox
from desktop.ui.kit.layout.columns import fit_rows
from desktop.ui.kit.layout.nest import clear, nest
from desktop.ui.kit.layout.scroll import ScrollPage
from desktop.ui.kit.surfaces.banner import Banner
from desktop.ui.kit.surfaces.dialog_sheet import DialogSheet
from desktop.ui.kit.surfaces.empty import EmptyState
from desktop.ui.kit.typography.text import Text
from desktop.ui.preview.preview_page import preview_part
from desktop.ui.received.case_view import CaseView
from desktop.ui.received.picture_card import PictureCard
from desktop.ui.received.received_texts import CHIPS, case_title, when
from protocol.errors import OpmaatError, UserError
from protocol.identifiers import DossierId

_WIDEST = 1240
_BESIDE = 940


class ReturnSheet(DialogSheet):
    """Asks why a case goes back; `returned` carries the reason."""

    returned = Signal(str)

    def __init__(self, theme: Theme, texts: Catalogue, parent: QWidget, sender: str) -> None:
        super().__init__(theme, parent, texts.text("Return with a question"), "received.why", texts.text("Cancel"))
        words = texts.text("What should {sender} do or answer?", sender=sender)
        self.reason = AutosaveTextEdit(theme, "received.reason", words, lines=4)
        hint = texts.text("The reason travels sealed: only {sender} can read it.", sender=sender)
        self._field = Field(theme, words, self.reason, hint=hint)
        self.fields.addWidget(self._field)
        self.fields.addStretch(1)
        self._texts = texts
        send = Button(theme, texts.text("Return the case"), "received.return.send", kind="primary", icon="undo")
        send.clicked.connect(self._send)
        self.add_primary(send)
        self.resize(theme.px(600), theme.px(400))
        self.reason.setFocus()

    def _send(self) -> None:
        text = self.reason.toPlainText().strip()
        if not text:
            self._field.refuse(text_for(UserError("received.reason_missing"), self._texts))
            return
        self.returned.emit(text)
        self.accept()


class ReceivedPage(QWidget):
    """All cases offered to this organisation."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._cases: tuple[ReceivedCase, ...] = ()
        self._chosen: DossierId | None = None
        theme, texts = context.theme, context.catalogue
        self.banner = Banner(theme, texts.text("Put away"), "received.banner")
        self.case = CaseView(theme, texts)
        self.talk_file = TalkFileCard(context)
        self.age = StepAgeLine(theme, texts)
        self.messages = MessageCard(context)
        self.picture = PictureCard(context)
        self.late = LateLine(theme, texts)
        self.case.above.addWidget(self.late)
        self.case.above.addWidget(self.picture)
        for part in (self.age, self.talk_file, self.messages):
            self.case.below.addWidget(part)
        self._list = QVBoxLayout()
        self._list.setSpacing(Space.SMALL)
        self._group = QButtonGroup(self)
        scroll = ScrollPage(widest=_WIDEST)
        scroll.body.addWidget(Text(theme, texts.text("Cases handed over to you"), Role.PAGE))
        subtitle = texts.text("Receive a case to read it. Then accept it, or return it with a question.")
        scroll.body.addWidget(Text(theme, subtitle, Role.BODY, tone=Tone.SOFT))
        self.stick = Button(theme, texts.text("Read in from a stick"), "received.stick", icon="usb")
        self.stick.clicked.connect(lambda: context.navigate("stick_import"))
        scroll.body.addWidget(self.stick, 0, Qt.AlignmentFlag.AlignLeading)
        scroll.body.addWidget(self.banner)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._columns())
        heading = texts.text("No cases yet")
        sentence = texts.text("When another organisation hands a case over to you, it appears here by itself.")
        self._stack.addWidget(EmptyState(theme, heading, sentence))
        scroll.body.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)
        self._connect()

    def show_all(self) -> None:
        """Show every case, as it stands now."""
        self._context.run(self._context.services.received.cases, self._show, self)

    def refresh(self, changes: Changes) -> None:
        """Show the list again when a handover moved on, or when the page is opened again."""
        if not changes or changes.aspects & {Aspect.HANDOVER, Aspect.SYNC, Aspect.CASELOAD}:
            self.show_all()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the case beside the list, or below it."""
        super().resizeEvent(event)
        fit_rows(self, self._context.theme, _BESIDE, self._row)

    def _columns(self) -> QWidget:
        widget = QWidget()
        self._row = row = QBoxLayout(QBoxLayout.Direction.LeftToRight, widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.BLOCK)
        start = QVBoxLayout()
        nest(start, self._list)
        start.addStretch(1)
        nest(row, start, 36)
        row.addWidget(self.case, 64)
        return widget

    def _connect(self) -> None:
        self.case.receive.connect(lambda: self._do(lambda work, case: work.receive(case)))
        self.case.receive_partly.connect(lambda: self._do(lambda work, case: work.receive(case, partly=True)))
        self.case.accept.connect(lambda: self._do(lambda work, case: work.accept(case)))
        self.case.give_back.connect(self._ask_reason)
        self.case.open_case.connect(self._open)
        self.case.export.connect(self._preview)

    def _do(self, act: Callable[[ReceivedService, DossierId], ReceivedDone]) -> None:
        chosen, work = self._chosen, self._context.services.received
        if chosen is not None:
            self._context.run(lambda: act(work, chosen), self._show_result, self, on_error=self._tell_error)

    def _show_result(self, done: ReceivedDone) -> None:
        self.banner.hide()
        decided = self.case.decides
        self._show(done.cases)
        if decided:
            self.case.focus_next_step()
        self._context.publish(done.changes, by=self)

    def _tell_error(self, error: OpmaatError) -> None:
        if isinstance(error, UserError):
            self.banner.show_message("asks", text_for(error, self._context.catalogue))
        else:
            self._context.report(error)
        self.show_all()

    def _show(self, cases: tuple[ReceivedCase, ...]) -> None:
        self._cases = cases
        known = {case.dossier for case in cases}
        if self._chosen not in known:
            self._chosen = cases[0].dossier if cases else None
        self._stack.setCurrentIndex(0 if cases else 1)
        clear(self._list)
        for number, case in enumerate(cases):
            self._list.addWidget(self._entry(number, case))
        self._show_chosen()

    def _entry(self, number: int, case: ReceivedCase) -> RadioBox:
        texts = self._context.catalogue
        word = texts.text(CHIPS[case.step][0])
        entry = RadioBox(
            self._context.theme,
            case_title(case),
            f"received.case.{number}",
            second=self._second(case),
            aside=(word, when(case, texts)),
            height=68,
            strong=True,
        )
        entry.setProperty("dossier", case.dossier)
        entry.setChecked(case.dossier == self._chosen)
        entry.clicked.connect(lambda: self._choose(case.dossier))
        self._group.addButton(entry)
        return entry

    def _second(self, case: ReceivedCase) -> str:
        age = age_of_case(case, self._context.clock.now())
        if age is None or not age.stuck:
            return case.sender
        return f"{case.sender} · {age_words(age, self._context.catalogue)}"

    def _choose(self, dossier: DossierId) -> None:
        self._chosen = dossier
        self.banner.hide()
        self._show_chosen()

    def _show_chosen(self) -> None:
        case = self._case()
        if case is not None:
            self.case.show_case(case)
            self.late.show_late(case.late)
            self.age.show_age(age_of_case(case, self._context.clock.now()), case.sender)
            opened = case.readable and case.step in {"received", "accepted"}
            self.picture.show_dossier(case.dossier if opened else None)
            self.messages.show_dossier(case.dossier if opened else None)
            self.talk_file.show_dossier(case.dossier if opened else None, case.sender)

    def _case(self) -> ReceivedCase | None:
        return next((case for case in self._cases if case.dossier == self._chosen), None)

    def _ask_reason(self) -> None:
        case = self._case()
        if case is None:
            return
        sheet = ReturnSheet(self._context.theme, self._context.catalogue, self, case.sender)
        sheet.returned.connect(lambda reason: self._do(lambda work, which: work.give_back(which, reason)))
        sheet.open()

    def _open(self) -> None:
        self._context.navigate("plan", self._chosen)

    def _preview(self) -> None:
        case = self._case()
        if case is not None:
            tag = next((tag for tag in case.languages if tag != DUTCH), "en")
            part = preview_part(SUPPORT_PLAN, tag, "received")
            self._context.navigate("preview", case.dossier, part=part)

"""A new dossier: what the person wants to be called, and the languages at the table."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n.languages import DUTCH, LANGUAGES
from desktop.i18n.messages import text_for
from desktop.kernel.changes import Changes
from desktop.ui.context import UiContext
from desktop.ui.design.tokens import Role, Space, Target, Tone
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.controls.field import Field, TextInput
from desktop.ui.kit.controls.radio import RadioBox
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.layout.scroll import ScrollPage
from desktop.ui.kit.surfaces.book import BookFrame
from desktop.ui.kit.typography.text import Text
from protocol.errors import OpmaatError
from protocol.identifiers import DossierId

_WIDEST = 960


class NewPersonPage(QWidget):
    """Makes a dossier and goes straight to the interview. The second language can be changed at any moment later."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        theme, text = context.theme, context.text
        page = ScrollPage()
        self._page = page
        theme.changed.connect(self._fit)
        self._fit()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(page)
        page.body.addWidget(Text(theme, text("New dossier"), Role.PAGE))
        book = BookFrame(theme, padding=Space.EDGE)
        page.body.addWidget(book)
        page.body.addStretch(1)
        self._name = TextInput(theme, "new.name", text("How does the person want to be called?"))
        self._field = Field(
            theme,
            text("How does the person want to be called?"),
            self._name,
            hint=text("A first name is enough. Only who may open this dossier reads it."),
        )
        book.first.addWidget(self._field)
        book.first.addStretch(1)
        self._languages = QButtonGroup(self)
        self._fill_languages(book.second)
        book.show_below()
        nest(book.below, self._buttons())
        self._name.returnPressed.connect(self._make)

    def refresh(self, changes: Changes) -> None:
        """Start with an empty form each time the page is opened."""
        if changes:
            return
        self._name.clear()
        self._field.accept()
        self._name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit(self) -> None:
        self._page.set_widest(self._context.theme.px(_WIDEST))

    def _fill_languages(self, column: QVBoxLayout) -> None:
        theme, text = self._context.theme, self._context.text
        column.addWidget(Text(theme, text("Which language is spoken beside Dutch?"), Role.STRONG))
        hint = text("Both languages are on the screen. You can change it at any moment.")
        column.addWidget(Text(theme, hint, Role.SMALL, tone=Tone.SOFT))
        for index, each in enumerate(each for each in LANGUAGES if each.tag != DUTCH):
            box = RadioBox(
                theme, each.own_name, f"new.language.{each.tag}", second=each.dutch_name, title_language=each
            )
            box.setProperty("tag", each.tag)
            box.setChecked(index == 0)
            self._languages.addButton(box)
            column.addWidget(box)
        column.addStretch(1)

    def _buttons(self) -> QHBoxLayout:
        theme, text = self._context.theme, self._context.text
        row = QHBoxLayout()
        row.setSpacing(Space.MEDIUM)
        back = Button(theme, text("Back"), "new.back", icon="arrow-left")
        back.clicked.connect(lambda: self._context.navigate("people"))
        self._begin = Button(
            theme, text("Begin the talk"), "new.begin", kind="primary", icon="chat", height=Target.LARGE
        )
        self._begin.clicked.connect(self._make)
        row.addWidget(back)
        row.addStretch(1)
        row.addWidget(self._begin)
        return row

    def _make(self) -> None:
        self._field.accept()
        name = self._name.text()
        button = self._languages.checkedButton()
        chosen = "" if button is None else str(button.property("tag"))
        caseload = self._context.services.caseload
        self._begin.disable(self._context.text("The dossier is being made."))
        self._context.run(lambda: caseload.begin(name, (chosen, DUTCH)), self._finish_making, self, on_error=self._fail)

    def _finish_making(self, made: tuple[DossierId, Changes]) -> None:
        self._begin.enable()
        dossier, changes = made
        self._context.publish(changes)
        self._context.navigate("interview", dossier)

    def _fail(self, error: OpmaatError) -> None:
        self._begin.enable()
        if error.code == "caseload.name_missing":
            self._field.refuse(text_for(error, self._context.catalogue))
            self._name.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._context.report(error)

"""The third step of the plan: what is still open, reading aloud, and signing by name."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from desktop.i18n import LANGUAGES, Catalogue, format_day
from desktop.i18n.languages import DUTCH
from desktop.plan.model.spoken import READ_ALOUD, SIGN_HERE
from desktop.plan.model.support_plan import Signature
from desktop.services.plan.plan_parts import PlanView
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.button import Button, SecondLabel
from desktop.ui.kit.controls.field import Field, TextInput
from desktop.ui.kit.controls.segmented import Segmented, SegmentOption
from desktop.ui.kit.controls.tick import TickBox
from desktop.ui.kit.drawing.icon import Icon
from desktop.ui.kit.layout.columns import add_column, fit_rows
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.layout.scroll import ScrollPage
from desktop.ui.kit.surfaces.card import Card
from desktop.ui.kit.typography.text import Text
from desktop.ui.plan.missing_card import MissingCard
from desktop.ui.plan.versions_card import VersionsCard

_WIDEST = 1472
_BESIDE = 960
HOW = "op het scherm"


class ReadAloudCard(Card):
    """In which language the plan was read aloud, and the number of the interpreter."""

    read = Signal(str, str)

    def __init__(self, theme: Theme, texts: Catalogue) -> None:
        super().__init__(theme)
        self._texts = texts
        self.body.addWidget(Text(theme, texts.text("Read aloud"), Role.CARD))
        self._other = Text(theme, role=Role.SMALL, tone=Tone.SOFT)
        self.body.addWidget(self._other)
        label = texts.text("Language of reading aloud")
        self.language = Segmented(theme, "plan.read_aloud.language", label, lambda _key: None)
        self.body.addWidget(self.language)
        words = texts.text("Interpreter number (no name)")
        self.interpreter = TextInput(theme, "plan.read_aloud.interpreter", words)
        self.body.addWidget(Field(theme, words, self.interpreter))
        row = QHBoxLayout()
        self.done = Button(theme, texts.text("It was read aloud"), "plan.read_aloud.done", icon="speaker")
        self._state = Text(theme, role=Role.SMALL, tone=Tone.GOOD)
        row.addWidget(self.done)
        row.addWidget(self._state, 1, Qt.AlignmentFlag.AlignVCenter)
        nest(self.body, row)
        self.done.clicked.connect(lambda: self.read.emit(self.language.chosen(), self.interpreter.text()))

    def show_view(self, view: PlanView) -> None:
        """Show what was written down."""
        read = view.plan.read_aloud
        self._other.set_text(view.fixed_text(READ_ALOUD).other, view.second)
        names = {language.tag: language for language in LANGUAGES}
        tags = dict.fromkeys((view.second.tag, *view.languages, DUTCH))
        segments = [SegmentOption(tag, names[tag].own_name, names[tag]) for tag in tags if tag in names]
        self.language.set_segments(segments, read.language if read.language in tags else view.second.tag)
        if not self.interpreter.hasFocus():
            self.interpreter.setText(read.interpreter)
        day = "" if read.date is None else format_day(read.date, self._texts.language.tag)
        self._state.set_text(self._texts.text("Read aloud on {day}", day=day) if day else "")


class SignCard(Card):
    """One place to sign: a sentence, a name, a tick, a button. Signed, it shows who and when."""

    signed = Signal(str, str)
    unsigned = Signal(str)

    def __init__(self, theme: Theme, texts: Catalogue, role: str, title: str, *, primary: bool) -> None:
        super().__init__(theme)
        self._texts, self._role = texts, role
        self.body.addWidget(Text(theme, title, Role.CARD))
        self._sentence = texts.text("I know my plan and I will work on it.")
        if role != "person":
            self._sentence = texts.text("I explained this plan and I stand by what I do in it.")
        label = texts.text("Name")
        self.name = TextInput(theme, f"plan.sign.{role}.name", f"{title}: {label}")
        self._field = Field(theme, label, self.name)
        self.tick = TickBox(theme, self._sentence, f"plan.sign.{role}.agree")
        self.button = Button(theme, texts.text("Sign"), f"plan.sign.{role}", icon="pencil")
        self.button.set_kind("primary" if primary else "plain")
        self._done = QWidget()
        row = QHBoxLayout(self._done)
        row.setContentsMargins(0, 0, 0, 0)
        self._state = Text(theme, role=Role.BODY, tone=Tone.GOOD)
        self.back = Button(theme, texts.text("Take back"), f"plan.sign.{role}.undo", kind="quiet", icon="undo")
        row.addWidget(Icon(theme, "check-circle", 24, Tone.GOOD))
        row.addWidget(self._state, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.back)
        for part in (self._field, self.tick):
            self.body.addWidget(part)
        self.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeading)
        self.body.addWidget(self._done)
        self.tick.toggled.connect(self._offer)
        self.button.clicked.connect(lambda: self.signed.emit(role, self.name.text()))
        self.back.clicked.connect(lambda: self.unsigned.emit(role))
        self._ready = False

    def show_signature(self, signature: Signature, view: PlanView, *, ready: bool) -> None:
        """Show whether and when `signature` was given; `ready` tells whether it may be given."""
        self._ready = ready
        open_ = signature.date is None
        for part in (self._field, self.tick, self.button):
            part.setVisible(open_)
        self._done.setVisible(not open_)
        if signature.date is not None:
            day = format_day(signature.date, self._texts.language.tag)
            self._state.set_text(self._texts.text("{name} signed on {day}", name=signature.name, day=day))
            self.tick.setChecked(False)
        if open_ and not self.name.text():
            self.name.setText(signature.name)
        if self._role == "person" and (second := view.fixed_text(SIGN_HERE).other):
            self.tick.set_second(SecondLabel(second, view.second))
        self._offer()

    def _offer(self) -> None:
        if not self._ready:
            self.button.disable(self._texts.text("First finish what is listed under “Before signing”."))
        elif not self.tick.isChecked():
            self.button.disable(self._texts.text("First tick the sentence above."))
        else:
            self.button.enable()


class SignView(ScrollPage):
    """Left what must be there, right who signs."""

    read = Signal(str, str)
    signed = Signal(str, str)
    unsigned = Signal(str)
    followed = Signal(str)

    def __init__(self, theme: Theme, texts: Catalogue) -> None:
        super().__init__(widest=_WIDEST)
        self._theme = theme
        self.versions = VersionsCard(theme, texts)
        self.missing = MissingCard(theme, texts, texts.text("Before signing"), "plan.missing")
        self.read_aloud = ReadAloudCard(theme, texts)
        titles: Mapping[str, str] = {"person": texts.text("The person"), "caseworker": texts.text("The caseworker")}
        self.cards = {
            role: SignCard(theme, texts, role, title, primary=role == "person") for role, title in titles.items()
        }
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(Space.WIDE)
        for parts in ((self.versions, self.missing, self.read_aloud), tuple(self.cards.values())):
            add_column(self._columns, parts)
        nest(self.body, self._columns)
        self.missing.followed.connect(self.followed)
        self.read_aloud.read.connect(self.read)
        for card in self.cards.values():
            card.signed.connect(self.signed)
            card.unsigned.connect(self.unsigned)

    def show_view(self, view: PlanView) -> None:
        """Show what is open and who signed."""
        self.versions.show_view(view)
        self.missing.show_missing(view.plan.missing)
        self.read_aloud.show_view(view)
        for signature in view.plan.signatures:
            if signature.role in self.cards:
                self.cards[signature.role].show_signature(signature, view, ready=view.plan.may_be_signed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put both columns side by side, or below each other."""
        super().resizeEvent(event)
        fit_rows(self, self._theme, _BESIDE, self._columns)

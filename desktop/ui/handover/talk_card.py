"""The talk of three: the person, the one who knows them, and the one who will."""

from datetime import datetime

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.i18n import Catalogue, format_date, format_time, with_plain_figures
from desktop.services.handover.handover_parts import HandoverView, TalkPlan
from desktop.services.handover.talk_calendar import PLACES
from desktop.ui.common_texts import first_name
from desktop.ui.design.icons import paint_icon
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.handover.handover_texts import contact_word, municipality_name, talk_moment
from desktop.ui.kit.controls.button import Button, IconButton
from desktop.ui.kit.controls.chip import Chip
from desktop.ui.kit.controls.date_input import read_date
from desktop.ui.kit.controls.field import Field, TextInput
from desktop.ui.kit.controls.segmented import Segmented, SegmentOption
from desktop.ui.kit.drawing.icon import Icon
from desktop.ui.kit.layout.nest import clear, nest
from desktop.ui.kit.surfaces.card import Card, Divider
from desktop.ui.kit.surfaces.dialog_sheet import DialogSheet
from desktop.ui.kit.typography.text import Text

_FACE = 46


class ParticipantIcon(QWidget):
    """A round figure for one of the three; the newcomer's is solid."""

    def __init__(self, theme: Theme, *, solid: bool) -> None:
        super().__init__()
        self._theme, self._solid = theme, solid
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return a square of 46."""
        side = self._theme.px(_FACE)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the disc and the figure."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("primary" if self._solid else "primary_tint"))
        box = QRectF(self.rect())
        painter.drawEllipse(QPointF(box.center()), box.width() / 2, box.height() / 2)
        ink = self._theme.colour("on_primary" if self._solid else "primary").name()
        paint_icon(painter, box.adjusted(11, 11, -11, -11), "person", ink)
        painter.end()


class TalkCard(Card):
    """Who talks when; or an invitation to plan it. `plan_asked` opens the editor."""

    plan_asked = Signal()

    def __init__(self, theme: Theme, texts: Catalogue) -> None:
        super().__init__(theme, padding=theme.px(18))
        self._texts = texts
        self.setObjectName("handover.talk")
        self.body.setContentsMargins(theme.px(18), theme.px(8), theme.px(10), theme.px(16))
        self.body.setSpacing(theme.px(Space.SMALL))
        head = QHBoxLayout()
        head.addWidget(Text(theme, texts.text("Talk of three"), Role.CARD), 1, Qt.AlignmentFlag.AlignVCenter)
        self._chip = Chip(theme, "", "asks", "calendar")
        self.plan = IconButton(theme, "pencil", texts.text("Plan the talk"), "handover.talk.plan")
        self.plan.clicked.connect(self.plan_asked)
        for part in (self._chip, self.plan):
            head.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        nest(self.body, head)
        self._faces = QHBoxLayout()
        self._faces.setSpacing(Space.SMALL)
        nest(self.body, self._faces)
        self.body.addWidget(Divider(theme))
        foot = QHBoxLayout()
        foot.setSpacing(Space.SMALL)
        self._globe = Icon(theme, "globe", 20)
        self._interpreter = Text(theme, role=Role.SMALL, tone=Tone.SOFT)
        middle = Qt.AlignmentFlag.AlignVCenter
        foot.addWidget(self._globe, 0, middle)
        foot.addWidget(self._interpreter, 1, middle)
        nest(self.body, foot)

    def show_view(self, view: HandoverView) -> None:
        """Show the talk of `view`."""
        texts, talk = self._texts, view.talk
        clear(self._faces)
        place = "" if talk is None else texts.text(PLACES[talk.place])
        municipality = municipality_name(view, texts)
        where = f"{municipality}, {place}" if place else municipality
        contact = talk.contact if talk is not None and talk.contact else contact_word(view, texts)
        people = (
            (first_name(view.name), texts.text("in the room"), True),
            (view.worker, view.sender, False),
            (contact, where, False),
        )
        for name, detail, solid in people:
            nest(self._faces, self._person(name, detail, solid=solid), 1)
        self._show_moment(view)
        words = talk.interpreter if talk is not None else ""
        self._interpreter.set_text(words or texts.text("No interpreter arranged yet"))

    def _show_moment(self, view: HandoverView) -> None:
        texts, talk = self._texts, view.talk
        if view.talk_held:
            self._chip.set_state(texts.text("held"), "good", "check")
        elif talk is not None:
            self._chip.set_state(talk_moment(talk, texts), "asks", "calendar")
        else:
            self._chip.set_state(texts.text("not planned yet"), "neutral", "calendar")
        self.plan.set_label(texts.text("Plan the talk") if talk is None else texts.text("Change the talk"))
        self.plan.setVisible(not view.talk_held)

    def _person(self, name: str, detail: str, *, solid: bool) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(ParticipantIcon(self._theme, solid=solid), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(Text(self._theme, name, Role.STRONG, centred=True))
        column.addWidget(Text(self._theme, detail, Role.META, tone=Tone.SOFT, centred=True))
        column.addStretch(1)
        return column


class TalkEditor(DialogSheet):
    """When, how, with whom, and the interpreter. `planned` carries the talk."""

    planned = Signal(object)

    def __init__(self, theme: Theme, texts: Catalogue, parent: QWidget, view: HandoverView, today: datetime) -> None:
        talk, organisation = view.talk, municipality_name(view, texts)
        title = texts.text("Plan the talk of three")
        super().__init__(theme, parent, title, "handover.talk.edit", texts.text("Cancel"))
        self._texts = texts
        local = (talk.moment if talk is not None else today).astimezone()
        self.day = TextInput(theme, "handover.talk.day", texts.text("Day"), placeholder="dd-mm-jjjj")
        self.time = TextInput(theme, "handover.talk.time", texts.text("Time"), placeholder="11:00")
        if talk is not None:
            self.day.setText(format_date(local.date()))
            self.time.setText(format_time(local))
        row = QHBoxLayout()
        row.setSpacing(Space.MEDIUM)
        row.addWidget(Field(theme, texts.text("Day"), self.day), 2)
        row.addWidget(Field(theme, texts.text("Time"), self.time), 1)
        nest(self.fields, row)
        label = texts.text("How {organisation} takes part", organisation=organisation)
        self.fields.addWidget(Text(theme, label, Role.STRONG))
        self.place = Segmented(theme, "handover.talk.place", label, lambda _key: None)
        segments = [SegmentOption(key, texts.text(word)) for key, word in PLACES.items()]
        self.place.set_segments(segments, "video" if talk is None else talk.place)
        self.fields.addWidget(self.place)
        words = texts.text("Who comes for {organisation}", organisation=organisation)
        self.contact = TextInput(theme, "handover.talk.contact", words)
        self.contact.setText("" if talk is None else talk.contact)
        self.fields.addWidget(Field(theme, words, self.contact))
        words = texts.text("Interpreter: language, how and until when")
        self.interpreter = TextInput(theme, "handover.talk.interpreter", words)
        self.interpreter.setText("" if talk is None else talk.interpreter)
        self.fields.addWidget(Field(theme, words, self.interpreter))
        self._problem = Text(theme, role=Role.SMALL, tone=Tone.WRONG)
        self.fields.addWidget(self._problem)
        self.fields.addStretch(1)
        save = Button(theme, texts.text("Plan the talk"), "handover.talk.save", kind="primary", icon="check")
        save.clicked.connect(self._save)
        self.add_primary(save)
        self.resize(theme.px(640), theme.px(580))
        self.day.setFocus()

    def _save(self) -> None:
        moment = read_moment(self.day.text(), self.time.text())
        if moment is None:
            self._problem.set_text(self._texts.text("Write the day as 24-11-2026 and the time as 11:00."))
            self.day.setFocus()
            return
        place = self.place.chosen()
        known = {"room", "video", "phone"}
        talk = TalkPlan(
            moment=moment,
            place=place if place in known else "video",  # type: ignore[arg-type]  # one of the three, just checked
            contact=self.contact.text().strip(),
            interpreter=self.interpreter.text().strip(),
        )
        self.planned.emit(talk)
        self.accept()


def read_moment(day: str, time: str) -> datetime | None:
    """Return the local moment of `day` (dd-mm-jjjj) and `time` (HH:MM), aware; None when either is wrong."""
    from datetime import UTC

    date = read_date(day)
    hours, _, minutes = with_plain_figures(time).strip().replace(".", ":").partition(":")
    if date is None or not hours.isdecimal() or not minutes.isdecimal():
        return None
    try:
        local = datetime(date.year, date.month, date.day, int(hours), int(minutes)).astimezone()  # typed as local time
    except ValueError:
        return None
    return local.astimezone(UTC)

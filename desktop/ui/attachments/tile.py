"""One attachment in a list: its thumbnail to press, what it is, and how to remove it."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from desktop.i18n.catalogue import Catalogue
from desktop.services.interview.attachments import ABOUTS, AttachmentRow
from desktop.ui.attachments.attachment_texts import ABOUT, COPY_CARE, apart, facts_of, name_of, spoken_of
from desktop.ui.design.icons import paint_icon
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Radius, Role, Space, Tone
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.controls.press import PressButton
from desktop.ui.kit.drawing.paint import BoxStyle, paint_box
from desktop.ui.kit.layout.flow import FlowRow
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.typography.text import Text

_SIDE = 84


class Thumbnail(PressButton):
    """The picture of the first page; pressing it opens the attachment. Without one, the sign of a file."""

    def __init__(self, theme: Theme, name: str, spoken: str, data: bytes) -> None:
        super().__init__()
        self._theme = theme
        self._image = QImage.fromData(data) if data else QImage()
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Return a square that grows with the text."""
        return QSize(self._theme.px(_SIDE), self._theme.px(_SIDE))

    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the picture on paper, as large as it fits."""
        theme, whole = self._theme, QRectF(self.rect())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        border = theme.colour("ink" if self.underMouse() else "control")
        paint_box(painter, whole, BoxStyle(theme.colour("surface_2"), border, 1.5, Radius.CHIP))
        room = whole.adjusted(5, 5, -5, -5)
        if self._image.isNull():
            side = room.width() * 0.45
            middle = QRectF(room.center().x() - side / 2, room.center().y() - side / 2, side, side)
            paint_icon(painter, middle, "document", theme.colour("ink_2").name())
        else:
            size = self._image.size().scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRectF(0, 0, size.width(), size.height())
            place.moveCenter(room.center())
            painter.drawImage(place, self._image)
        painter.end()


class Tile(QWidget):
    """Shows one attachment. `opened`, `removed` and `described` carry its id, the last one also what it is."""

    opened = Signal(str)
    removed = Signal(str)
    described = Signal(str, str)

    def __init__(self, theme: Theme, words: Catalogue, row: AttachmentRow, prefix: str) -> None:
        super().__init__()
        self._row, self._words = row, words
        name = f"{prefix}.{row.id}"
        self._picture = Thumbnail(theme, f"{name}.open", spoken_of(row, words), row.thumbnail)
        self._picture.clicked.connect(lambda: self.opened.emit(row.id))
        self._kind = Button(
            theme, words.text(ABOUT[row.about]), f"{name}.about", kind="quiet", icon="chevron-down", icon_after=True
        )
        self._kind.setAccessibleName(words.text("What is it? {about}", about=words.text(ABOUT[row.about])))
        self._kind.clicked.connect(self._choose)
        remove = Button(theme, words.text("Remove"), f"{name}.remove", kind="quiet", icon="trash")
        remove.setAccessibleName(words.text("Remove {name}", name=row.name or words.text("Pasted picture")))
        remove.clicked.connect(lambda: self.removed.emit(row.id))
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, Space.SMALL, 0, Space.SMALL)
        whole.setSpacing(Space.LARGE)
        whole.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        column = self._texts(theme)
        column.addWidget(FlowRow([self._kind, remove]))
        nest(whole, column, 1)

    def _texts(self, theme: Theme) -> QVBoxLayout:
        row, words = self._row, self._words
        column = QVBoxLayout()
        column.setSpacing(Space.HAIR)
        column.addWidget(Text(theme, name_of(row, words), Role.STRONG))
        if row.question:
            column.addWidget(Text(theme, apart(row.question), Role.SMALL))
        if not row.in_form:
            sentence = words.text("This question is not in this version of the interview.")
            column.addWidget(Text(theme, sentence, Role.SMALL, tone=Tone.ACCENT))
        column.addWidget(Text(theme, facts_of(row, words), Role.SMALL, tone=Tone.SOFT))
        if not row.here:
            column.addWidget(Text(theme, words.text("Has not come in yet"), Role.SMALL, tone=Tone.ACCENT))
        if row.about == "permit":
            column.addWidget(Text(theme, words.text(COPY_CARE), Role.SMALL, tone=Tone.ACCENT))
        return column

    def _choose(self) -> None:
        menu = QMenu(self)
        for about in ABOUTS:
            action = QAction(self._words.text(ABOUT[about]), menu)
            action.setObjectName(f"attachment.about.{about}")
            action.triggered.connect(lambda _checked=False, about=about: self.described.emit(self._row.id, about))
            menu.addAction(action)
        menu.popup(self._kind.mapToGlobal(self._kind.rect().bottomLeft()))

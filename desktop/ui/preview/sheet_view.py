"""The pages of a document as pictures, one below the other, on the table."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Space

SMALLEST, LARGEST, STEP = 0.5, 2.0, 0.25
_PAGE_WIDTH = 794
"""Width of an A4 page at 100 %, in pixels of 1/96 inch."""


class PageImage(QWidget):
    """One page; its accessible name is its number."""

    def __init__(self, theme: Theme, image: QImage, name: str, spoken: str) -> None:
        super().__init__()
        self._theme, self._image, self._zoom = theme, image, 1.0
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_zoom(self, zoom: float) -> None:
        """Show the page at `zoom` times its real size."""
        self._zoom = zoom
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size at the zoom in use."""
        width = round(_PAGE_WIDTH * self._zoom)
        return QSize(width, round(width * self._image.height() / max(1, self._image.width())))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the page, white in both themes: paper is white."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRectF(self.rect()), self._image)
        painter.setPen(QPen(self._theme.colour("edge"), 1))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()


class SheetView(QScrollArea):
    """Scrolls through the pages; `page_changed` tells which one is in sight, from 0."""

    page_changed = Signal(int)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._pages: list[PageImage] = []
        self._zoom = 1.0
        self._current = 0
        self.setObjectName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("ownRing", True)
        inside = QWidget()
        self._inside = inside
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(Space.EDGE, Space.BLOCK, Space.EDGE, Space.BLOCK)
        self._column.setSpacing(Space.WIDE)
        self._column.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setWidget(inside)
        inside.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    @property
    def count(self) -> int:
        """Return the number of pages."""
        return len(self._pages)

    @property
    def current(self) -> int:
        """Return the page in sight, from 0."""
        return self._current

    @property
    def zoom(self) -> float:
        """Return the zoom in use; 1.0 is the real size."""
        return self._zoom

    def show_pages(self, pages: tuple[bytes, ...], spoken: list[str]) -> None:
        """Show `pages` (PNG); `spoken` names each."""
        self.show_images([QImage.fromData(page) for page in pages], spoken)

    def show_images(self, images: list[QImage], spoken: list[str]) -> None:
        """Show pages that are drawn already; `spoken` names each."""
        for old in self._pages:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        name = self.objectName()
        self._pages = [
            PageImage(self._theme, image, f"{name}.page.{number}", words)
            for number, (image, words) in enumerate(zip(images, spoken, strict=True), start=1)
        ]
        for page in self._pages:
            page.set_zoom(self._zoom)
            self._column.addWidget(page)
        self.go(0)

    def set_zoom(self, zoom: float) -> None:
        """Show all pages at `zoom`, between half and twice the real size; the page in sight stays in sight."""
        self._zoom = min(LARGEST, max(SMALLEST, zoom))
        for page in self._pages:
            page.set_zoom(self._zoom)
        self._inside.adjustSize()
        self.go(self._current)

    def go(self, page: int) -> None:
        """Bring one page to the top."""
        self._current = min(max(page, 0), max(0, self.count - 1))
        if self._pages:
            self._column.activate()
            self.verticalScrollBar().setValue(self._pages[self._current].y() - Space.MEDIUM)
        self.page_changed.emit(self._current)

    def _scrolled(self, value: int) -> None:
        middle = value + self.viewport().height() // 2
        for index, page in enumerate(self._pages):
            if page.y() <= middle < page.y() + page.height() and index != self._current:
                self._current = index
                self.page_changed.emit(index)

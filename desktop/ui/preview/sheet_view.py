"""The pages of a document as pictures, one below the other, on the table.

A document is many pages and little of it is in sight: pictures are asked for as they come into sight, and let go of
when they are some pages away.
"""

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Space
from desktop.ui.kit.layout.steady import steady

SMALLEST, LARGEST, STEP = 0.5, 2.0, 0.25
_PAGE_WIDTH = 794
"""Width of an A4 page at 100 %, in pixels of 1/96 inch."""

_IMAGE_WIDTH = 909
"""Width of a picture in pixels: 110 to the inch of an A4 page."""

_NEAR, _KEPT = 1, 3
"""How many pages beyond those in sight are drawn, and how many are kept."""


class PageImage(QWidget):
    """One page of the proportions `shape`, blank until its picture is there; its accessible name is its number."""

    def __init__(self, theme: Theme, shape: tuple[float, float], name: str, spoken: str) -> None:
        super().__init__()
        self._theme, self._shape, self._zoom = theme, shape, 1.0
        self.image: QImage | None = None
        self.asked = False
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
        return QSize(width, round(width * self._shape[1] / max(1.0, self._shape[0])))

    def set_image(self, image: QImage | None) -> None:
        """Show `image`, or blank paper again."""
        self.image, self.asked = image, image is not None
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the page, white in both themes: paper is white."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self.image is None:
            painter.fillRect(self.rect(), Qt.GlobalColor.white)
        else:
            painter.drawImage(QRectF(self.rect()), self.image)
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
        self._draw: Callable[[int, int], None] | None = None
        self.setObjectName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("ownRing", True)
        steady(self, both=True)
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

    def show_pages(
        self, sizes: Sequence[tuple[float, float]], spoken: Sequence[str], draw: Callable[[int, int], None]
    ) -> None:
        """Show pages of `sizes` (any unit); `spoken` names each.

        `draw` is called with the number of a page (from 0) and its width in pixels when it comes into sight, and
        answers, sooner or later, with `set_image`.
        """
        self._draw = draw
        self._replace_pages(sizes, spoken)
        self.go(0)
        self._ask_for_images()

    def show_images(self, images: list[QImage], spoken: list[str]) -> None:
        """Show pages that are drawn already; `spoken` names each."""
        self._draw = None
        self._replace_pages([(image.width(), image.height()) for image in images], spoken)
        for page, image in zip(self._pages, images, strict=True):
            page.set_image(image)
        self.go(0)

    def set_image(self, page: int, image: QImage) -> None:
        """Show `image` as the page that was asked for; one that went far out of sight meanwhile stays blank."""
        if page < self.count and self._pages[page].asked:
            self._pages[page].set_image(image)

    def set_zoom(self, zoom: float) -> None:
        """Show all pages at `zoom`, between half and twice the real size; the page in sight stays in sight."""
        self._zoom = min(LARGEST, max(SMALLEST, zoom))
        for page in self._pages:
            page.set_zoom(self._zoom)
        self._inside.adjustSize()
        self.go(self._current)
        self._ask_for_images()

    def go(self, page: int) -> None:
        """Bring one page to the top."""
        self._current = min(max(page, 0), max(0, self.count - 1))
        if self._pages:
            self._column.activate()
            self.verticalScrollBar().setValue(self._pages[self._current].y() - Space.MEDIUM)
        self.page_changed.emit(self._current)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for the pages that come into sight."""
        super().resizeEvent(event)
        self._ask_for_images()

    def _replace_pages(self, sizes: Sequence[tuple[float, float]], spoken: Sequence[str]) -> None:
        for old in self._pages:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        name = self.objectName()
        self._pages = [
            PageImage(self._theme, size, f"{name}.page.{number}", words)
            for number, (size, words) in enumerate(zip(sizes, spoken, strict=True), start=1)
        ]
        for page in self._pages:
            page.set_zoom(self._zoom)
            self._column.addWidget(page)

    def _ask_for_images(self) -> None:
        """Ask for the pictures of the pages in sight and of their neighbours; let go of those further away."""
        if self._draw is None or not self._pages:
            return
        top = self.verticalScrollBar().value()
        bottom = top + self.viewport().height()
        sight = [number for number, (start, end) in enumerate(self._spans()) if start < bottom and end > top]
        first, last = (sight[0], sight[-1]) if sight else (self._current, self._current)
        for number, page in enumerate(self._pages):
            if not first - _KEPT <= number <= last + _KEPT:
                page.set_image(None)
            elif first - _NEAR <= number <= last + _NEAR and not page.asked:
                page.asked = True
                self._draw(number, _IMAGE_WIDTH)

    def _spans(self) -> Iterator[tuple[int, int]]:
        """Yield where each page begins and ends, from its size: pages just made have no place on screen yet."""
        start = self._column.contentsMargins().top()
        for page in self._pages:
            end = start + page.sizeHint().height()
            yield start, end
            start = end + self._column.spacing()

    def _scrolled(self, value: int) -> None:
        self._ask_for_images()
        middle = value + self.viewport().height() // 2
        for index, page in enumerate(self._pages):
            if page.y() <= middle < page.y() + page.height() and index != self._current:
                self._current = index
                self.page_changed.emit(index)

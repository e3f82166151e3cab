"""Line icons (24 grid) and pictograms (64 grid): SVG files that take their colours when they are drawn.

`currentColor` in a file becomes the line colour; the light tint `#DCEBE7` in a pictogram becomes the tint.
"""

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop.kernel.files import environment_problems
from desktop.kernel.resources import asset_directory
from desktop.ui.design.tokens import LIGHT
from protocol.errors import EnvironmentProblem

MIRRORED = frozenset(
    {"arrow-left", "arrow-right", "chevron-left", "chevron-right", "speaker", "undo", "chat", "note", "leave"}
)
"""Icons that point along the reading direction; clocks, ticks and the product mark keep theirs."""


@lru_cache(maxsize=512)
def _source(folder: str, name: str) -> str:
    path: Path = asset_directory(folder) / f"{name}.svg"
    if not path.is_file():
        raise EnvironmentProblem("ui.icon_missing", {"name": name})
    with environment_problems():
        return path.read_text(encoding="utf-8")


def paint_icon(  # what is drawn, where, and its two colours
    painter: QPainter, where: QRectF, name: str, colour: str, *, accent: str = LIGHT.accent_mark, mirrored: bool = False
) -> None:
    """Draw the line icon `name` in `where` with lines of `colour`; `mirrored` turns those that have a direction.

    `accent` is the second colour of the product mark. Raises EnvironmentProblem `ui.icon_missing`.
    """
    text = _source("icons", name).replace("currentColor", colour).replace(LIGHT.accent_mark, accent)
    _render(painter, where, text, flip=mirrored and name in MIRRORED)


def paint_pictogram(painter: QPainter, where: QRectF, name: str, colour: str, tint: str) -> None:
    """Draw the pictogram `name` in `where` with lines of `colour` and flat areas of `tint`."""
    text = _source("pictograms", name).replace("currentColor", colour).replace(LIGHT.primary_tint, tint)
    _render(painter, where, text, flip=False)


def has_pictogram(name: str) -> bool:
    """Tell whether a pictogram of that name is bundled."""
    return (asset_directory("pictograms") / f"{name}.svg").is_file()


def make_icon(name: str, colour: str, size: int, *, mirrored: bool = False, ratio: float = 2.0) -> QIcon:
    """Return a QIcon for stock Qt widgets such as menus, `size` pixels square, sharp up to display ratio `ratio`.

    Raises EnvironmentProblem `ui.icon_missing`, before a painter is at work: Qt does not survive one that is left so.
    """
    _source("icons", name)
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_icon(painter, QRectF(0, 0, size, size), name, colour, mirrored=mirrored)
    painter.end()
    return QIcon(pixmap)


def _render(painter: QPainter, where: QRectF, text: str, *, flip: bool) -> None:
    renderer = _renderer(text)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if flip:
        painter.translate(where.center().x() * 2, 0)
        painter.scale(-1, 1)
    renderer.render(painter, where)
    painter.restore()


@lru_cache(maxsize=512)
def _renderer(text: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(text.encode("utf-8")))

"""Invented papers for the demonstration: drawn here, so that no real document is in the repository."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QPen

_WIDTH, _HEIGHT = 1240, 877


def diploma() -> QImage:
    """Return a sheet that looks like a diploma from afar: frame, heading, lines and a seal, and no word."""
    image = QImage(_WIDTH, _HEIGHT, QImage.Format.Format_RGB32)
    image.fill(QColor("#F4EAD2"))
    painter = QPainter(image)
    painter.setPen(QPen(QColor("#8A6D3B"), 12))
    painter.drawRect(QRect(40, 40, _WIDTH - 80, _HEIGHT - 80))
    painter.fillRect(QRect(330, 110, 580, 40), QColor("#333344"))
    for line in range(9):
        painter.fillRect(QRect(160, 220 + 44 * line, 700 - 120 * (line % 3), 16), QColor("#555544"))
    painter.setPen(QPen(QColor("#722222"), 6))
    painter.setBrush(QColor("#AA3333"))
    painter.drawEllipse(QRect(930, 560, 180, 180))
    painter.end()
    return image


def copy(image: QImage) -> None:
    """Put a picture on the clipboard, as another program would."""
    QGuiApplication.clipboard().setImage(image)

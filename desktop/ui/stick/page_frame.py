"""What both pages of the stick look like around their own part: the head, the steps, and how a file is asked for."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from desktop.ui.context import UiContext
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Space
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.controls.file_dialogs import ask_open
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.surfaces.card import Card
from desktop.ui.kit.surfaces.timeline import Timeline
from desktop.ui.kit.typography.text import Text
from desktop.ui.stick.stick_texts import files_filter

WIDEST = 1240
BESIDE = 760


def head_row(title: Text, subtitle: Text, button: Button) -> QBoxLayout:
    """Return the head of a page: title over subtitle, and one button beside them."""
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(title)
    words.addWidget(subtitle)
    row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
    row.setContentsMargins(0, Space.LARGE, 0, 0)
    row.setSpacing(Space.MEDIUM)
    nest(row, words, 1)
    row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
    return row


def steps_card(theme: Theme, timeline: Timeline) -> Card:
    """Return the card that holds the steps."""
    card = Card(theme, padding=0)
    card.body.setContentsMargins(1, 1, 1, 3)
    card.body.addWidget(timeline)
    return card


def ask_bundle(page: QWidget, context: UiContext) -> Path | None:
    """Return the file of a bundle that a person chose, None when they chose none."""
    return ask_open(page, context.text("Choose the file on the stick"), files_filter(context.text("Bundle")))

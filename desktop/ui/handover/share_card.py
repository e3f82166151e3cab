"""What goes along, who sees it and why: said beside the data, in words the person would accept."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSpacerItem, QVBoxLayout, QWidget

from desktop.i18n import Catalogue, format_day, format_time
from desktop.services.handover.handover_parts import HandoverView, ShareRow
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.handover.handover_texts import SHARE_TITLES, municipality_name, who_sees, why_shared
from desktop.ui.kit.drawing.icon import Icon
from desktop.ui.kit.layout.nest import clear, nest
from desktop.ui.kit.surfaces.card import Card, Divider
from desktop.ui.kit.typography.text import Text

_ROW = 76


class ReceiptRow(QWidget):
    """The receipt of the municipality, or what is waiting, at the foot of the card."""

    def __init__(self, theme: Theme, texts: Catalogue) -> None:
        super().__init__()
        self._theme, self._texts = theme, texts
        self.setObjectName("handover.receipt")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(18), theme.px(14), theme.px(18), theme.px(16))
        row.setSpacing(theme.px(Space.MEDIUM))
        self._icon = Icon(theme, "shield", 22, Tone.GOOD)
        self._words = Text(theme, role=Role.BODY)
        self._moment = Text(theme, role=Role.SMALL, tone=Tone.SOFT, wrap=False)
        row.addWidget(self._icon)
        row.addWidget(self._words, 1)
        row.addWidget(self._moment, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_view(self, view: HandoverView) -> None:
        """Show the receipt, that the case waits to be sent, or nothing."""
        name = municipality_name(view, self._texts)
        words, moment = "", ""
        if view.receipt is not None:
            words = self._texts.text("Receipt from {municipality}", municipality=name)
            day = format_day(view.receipt.astimezone().date(), self._texts.language.tag)
            moment = f"{day} · {format_time(view.receipt)}"
            self._icon.set_icon("shield", Tone.GOOD)
        elif view.waiting:
            words = self._texts.text("Goes out as soon as Opmaat is online. You can go on working.")
            self._icon.set_icon("clock", Tone.SOFT)
        elif view.done("offered"):
            words = self._texts.text("Sent. {municipality} has not received it yet.", municipality=name)
            self._icon.set_icon("send", Tone.SOFT)
        self._words.set_text(words)
        self._moment.set_text(moment)
        self.setAccessibleName(" ".join(part for part in (words, moment) if part))
        self.setVisible(bool(words))


class ShareCard(Card):
    """The list of parts."""

    def __init__(self, theme: Theme, texts: Catalogue) -> None:
        super().__init__(theme, padding=0)
        self._texts = texts
        self.setObjectName("handover.shares")
        self.body.setContentsMargins(1, 0, 1, 3)
        self.body.setSpacing(0)
        heading = Text(theme, texts.text("What goes along, who sees it and why"), Role.CARD)
        heading.setContentsMargins(theme.px(18), theme.px(12), theme.px(18), theme.px(12))
        self.body.addWidget(heading)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        nest(self.body, self._rows)
        self.body.addStretch(1)
        self._line = Divider(theme)
        self.receipt = ReceiptRow(theme, texts)
        self.body.addWidget(self._line)
        self.body.addWidget(self.receipt)

    def show_view(self, view: HandoverView) -> None:
        """Show the parts of `view`."""
        clear(self._rows)
        for row in view.shares:
            self._rows.addWidget(Divider(self._theme))
            self._rows.addWidget(self._row(row, view))
        self.receipt.show_view(view)
        self._line.setVisible(not self.receipt.isHidden())

    def _row(self, row: ShareRow, view: HandoverView) -> QWidget:
        theme, texts = self._theme, self._texts
        widget = QWidget()
        title, who, why = texts.text(SHARE_TITLES[row.key]), who_sees(row, view, texts), why_shared(row, view, texts)
        widget.setAccessibleName(f"{title}: {who}. {why}")
        grid = QGridLayout(widget)
        grid.setContentsMargins(theme.px(18), theme.px(Space.SMALL), theme.px(18), theme.px(Space.SMALL))
        grid.setHorizontalSpacing(theme.px(Space.MEDIUM))
        grid.setVerticalSpacing(0)
        locked = row.key == "health"
        icon, tone = ("lock", Tone.SOFT) if locked else ("check-circle", Tone.PRIMARY)
        middle = Qt.AlignmentFlag.AlignVCenter
        grid.addWidget(Icon(theme, icon, 24, tone), 0, 0, 2, 1, middle)
        name = Text(theme, title, Role.STRONG)
        grid.addWidget(name, 0, 1, 2, 1, middle)
        grid.addWidget(Icon(theme, "eye", 18, Tone.SOFT), 0, 2, Qt.AlignmentFlag.AlignBottom)
        sees = Text(theme, who, Role.SMALL)
        grid.addWidget(sees, 0, 3, Qt.AlignmentFlag.AlignBottom)
        grid.addWidget(Text(theme, why, Role.SMALL, tone=Tone.SOFT), 1, 3, Qt.AlignmentFlag.AlignTop)
        grid.addItem(QSpacerItem(0, theme.px(_ROW - 2 * Space.SMALL)), 0, 4, 2, 1)
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(3, 5)
        grid.setColumnMinimumWidth(1, theme.px(170))
        return widget

"""Before we finish: what must be done with the person before the case is let go."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop.i18n import Catalogue, format_day, language_names
from desktop.services.handover.handover_parts import HandoverView
from desktop.ui.common_texts import first_name
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Tone
from desktop.ui.handover.handover_texts import ITEM_TITLES, municipality_name
from desktop.ui.kit.controls.tick import TickBox
from desktop.ui.kit.layout.nest import clear, nest
from desktop.ui.kit.surfaces.card import Card
from desktop.ui.kit.typography.text import Text


class ChecklistCard(Card):
    """Five items; `ticked` says which one a person ticked or not."""

    ticked = Signal(str, bool)

    def __init__(self, theme: Theme, texts: Catalogue) -> None:
        super().__init__(theme, padding=theme.px(18))
        self._texts = texts
        self.setObjectName("handover.checklist")
        head = QHBoxLayout()
        head.addWidget(Text(theme, texts.text("Before we finish"), Role.CARD), 1)
        self._count = Text(theme, role=Role.SMALL, tone=Tone.SOFT, wrap=False)
        head.addWidget(self._count, 0, Qt.AlignmentFlag.AlignVCenter)
        nest(self.body, head)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        nest(self.body, self._rows)

    def show_view(self, view: HandoverView) -> None:
        """Show the items of `view`; the keyboard stays on the item it was on."""
        texts = self._texts
        focused = self.focusWidget()
        name = focused.objectName() if focused is not None and focused.hasFocus() else ""
        clear(self._rows)
        done = sum(item.done for item in view.items)
        self._count.set_text(texts.text("{n} of {total}", n=done, total=len(view.items)))
        language = language_names(texts.language.tag).get(view.language, view.language)
        values = {"language": language, "name": first_name(view.name), "municipality": municipality_name(view, texts)}
        for item in view.items:
            words = texts.text(ITEM_TITLES[item.key], **values)
            box = TickBox(self._theme, words, f"handover.check.{item.key}")
            box.setChecked(item.done)
            box.clicked.connect(lambda on, key=item.key: self.ticked.emit(key, bool(on)))
            row = QHBoxLayout()
            row.addWidget(box, 1)
            if item.moment is not None:
                day = format_day(item.moment.astimezone().date(), texts.language.tag)
                row.addWidget(
                    Text(self._theme, day, Role.META, tone=Tone.SOFT, wrap=False), 0, Qt.AlignmentFlag.AlignVCenter
                )
            nest(self._rows, row)
            if box.objectName() == name:
                box.setFocus()

    def focus_item(self, key: str) -> None:
        """Put the keyboard on the item `key`."""
        for box in self.findChildren(TickBox, f"handover.check.{key}"):
            box.setFocus(Qt.FocusReason.OtherFocusReason)

"""The first start: join an organisation with an invitation, or practise with invented people."""

from PySide6.QtCore import Qt

from desktop.ui.design.tokens import Role, Space, Target, Tone
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.surfaces.book import BookFrame
from desktop.ui.kit.surfaces.empty import Pictogram
from desktop.ui.kit.typography.text import Text
from desktop.ui.start.frame import StartContext, StartFrame


class FirstPage(StartFrame):
    """Two ways in, one on each page of the book."""

    def __init__(self, context: StartContext) -> None:
        super().__init__(context)
        theme, text = context.theme, context.text
        book = BookFrame(theme, padding=Space.EDGE + 4)
        self.body.addWidget(book)
        book.first.addWidget(Text(theme, text("Welcome to Opmaat"), Role.PAGE))
        sentence = text("Your organisation gave you an invitation: a file and a code. With these you begin.")
        book.first.addWidget(Text(theme, sentence, Role.BODY, tone=Tone.SOFT))
        book.first.addStretch(1)
        join = Button(
            theme,
            text("Begin with an invitation"),
            "first.join",
            kind="primary",
            icon="key",
            height=Target.LARGE,
        )
        join.clicked.connect(lambda: context.go("join"))
        book.first.addWidget(join)
        restore = Button(theme, text("Restore a backup"), "first.restore", kind="text", icon="usb")
        restore.clicked.connect(lambda: context.go("restore"))
        book.first.addWidget(restore, 0, Qt.AlignmentFlag.AlignLeading)
        book.second.addWidget(Text(theme, text("Have a look first"), Role.PAGE))
        sentence = text("Practise with invented people. Nothing you do here is kept.")
        book.second.addWidget(Text(theme, sentence, Role.BODY, tone=Tone.SOFT))
        book.second.addWidget(Pictogram(theme, "two-at-a-table", 170, 90), 0, Qt.AlignmentFlag.AlignHCenter)
        book.second.addStretch(1)
        practise = Button(theme, text("Practise"), "first.practise", icon="book", height=Target.LARGE)
        practise.clicked.connect(context.practise)
        book.second.addWidget(practise)
        self._join = join

    def begin(self) -> None:
        """Put the keyboard on the invitation."""
        self._join.setFocus(Qt.FocusReason.OtherFocusReason)

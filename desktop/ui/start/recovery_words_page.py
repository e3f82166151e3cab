"""The recovery key: seventeen words, shown once, to be kept on paper away from the laptop."""

from collections.abc import Callable

from PySide6.QtCore import Qt

from desktop.kernel.files import write_atomic
from desktop.ui.design.tokens import Role, Space, Target, Tone
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.controls.file_dialogs import ask_save
from desktop.ui.kit.controls.tick import TickBox
from desktop.ui.kit.layout.flow import FlowRow
from desktop.ui.kit.surfaces.card import Card
from desktop.ui.kit.typography.text import Text
from desktop.ui.start.frame import StartContext, StartFrame
from desktop.ui.start.recovery_words_list import RecoveryWordsList


class RecoveryWordsPage(StartFrame):
    """The words of a new vault. Going on needs a tick: "I wrote them down or printed them".

    `helped` tells whether the organisation keeps a key for helping out; nobody is to learn that afterwards.
    """

    def __init__(
        self,
        context: StartContext,
        sheet: Callable[[], bytes],
        words: tuple[str, ...],
        on_done: Callable[[], None],
        *,
        helped: bool,
    ) -> None:
        super().__init__(context)
        self._sheet = sheet
        theme, text = context.theme, context.text
        card = Card(theme, padding=Space.EDGE + 4)
        self.body.addWidget(card)
        card.body.addWidget(Text(theme, text("Your recovery key"), Role.PAGE))
        sentence = text(
            "These words open your vault when you forget your passphrase. Opmaat shows them once. "
            "Keep them on paper, not with the laptop."
        )
        card.body.addWidget(Text(theme, sentence, Role.BODY, tone=Tone.SOFT))
        card.body.addWidget(RecoveryWordsList(theme, words))
        if helped:
            more = text("When you lose these too, your administrator can help. You can turn that off in the settings.")
            card.body.addWidget(Text(theme, more, Role.SMALL, tone=Tone.SOFT))
        save = Button(theme, text("Save the sheet to print"), "words.save", icon="printer")
        save.clicked.connect(self._save)
        self._tick = TickBox(theme, text("I have these words on paper"), "words.kept")
        self._done = Button(theme, text("Go to my vault"), "words.done", kind="primary", height=Target.LARGE)
        self._done.clicked.connect(on_done)
        self._tick.toggled.connect(self._allow)
        card.body.addSpacing(Space.SMALL)
        card.body.addWidget(FlowRow((save, self._tick, self._done), grows=self._tick, gap=Space.WIDE))
        self._allow(kept=False)

    def begin(self) -> None:
        """Put the keyboard on the tick box."""
        self._tick.setFocus(Qt.FocusReason.OtherFocusReason)

    def _allow(self, kept: bool) -> None:  # noqa: FBT001  # a Qt slot
        if kept:
            self._done.enable()
        else:
            self._done.disable(self.context.text("First put the words on paper and tick the box."))

    def _save(self) -> None:
        title = self.context.text("Save the sheet to print")
        path = ask_save(self, title, "herstelsleutel.pdf", "PDF (*.pdf)")
        if path is None:
            return
        sheet = self._sheet

        def saved(_none: None) -> None:
            said = self.context.text("Saved as {file} in {folder}.", file=path.name, folder=path.parent.name)
            self.show_notice(said)

        self.context.executor.submit(lambda: write_atomic(path, sheet()), saved, self.report, owner=self)

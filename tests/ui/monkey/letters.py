"""What was typed as an answer and where it is now: in the record, or in a state of the page that says so."""

from dataclasses import dataclass

from PySide6.QtWidgets import QApplication, QWidget

from desktop.i18n import with_plain_figures
from desktop.records import AnswerGiven, RepeatRemoved
from desktop.services.dossier.form_places import OTHERS
from desktop.ui.questions.base import AnswerWidget
from desktop.ui.questions.search import LETTERS
from desktop.ui.window import MainWindow
from protocol.identifiers import DossierId


@dataclass(frozen=True, slots=True)
class Letters:
    """The value that stood in the control of `ref` after the last letter; `after` events were in the record then."""

    dossier: DossierId
    ref: str
    value: str
    after: int


def letters_at_the_focus(window: MainWindow) -> Letters | None:
    """Return what stands in the answer control that has the focus, where a person may just have typed.

    While another window is in front it is the one that gets the focus when this window comes back.
    """
    return letters_at(window, QApplication.focusWidget() or window.focusWidget())


def letters_at(window: MainWindow, widget: QWidget | None) -> Letters | None:
    """Return what stands in the answer control that `widget` is or is a part of."""
    while widget is not None and not isinstance(widget, AnswerWidget):
        widget = widget.parentWidget()
    shell, services = window.shell, window.services
    if widget is None or shell is None or services is None or shell.dossier is None or widget.window() is not window:
        return None
    value = widget.value()
    if not widget.isEnabled() or not value.strip():
        return None
    return Letters(
        shell.dossier,
        widget.question.ref,
        value,
        len(services.journal.events(shell.dossier)),
    )


def is_lost(window: MainWindow, letters: Letters) -> bool:
    """Tell whether `letters`, which are not recorded, are in no state of the interview page either."""
    shell = window.shell
    if shell is None:
        return False
    return not _same(shell.half_typed().get(f"{letters.dossier}{letters.ref}", ""), letters.value)


def is_recorded(window: MainWindow, letters: Letters) -> bool:
    """Tell whether `letters` are in the record, or whether somebody gave another answer or removed the row since.

    While the vault is closed nobody can tell: then they are not.
    """
    services = window.services
    if services is None:
        return False
    if letters.dossier not in services.journal.dossiers():
        return True
    bodies = [event.body for event in services.journal.events(letters.dossier)]
    kept = [each.value for each in bodies if isinstance(each, AnswerGiven) and each.ref == letters.ref]
    words = [each.value for each in bodies if isinstance(each, AnswerGiven) and each.ref in _asked_beside(letters.ref)]
    if LETTERS in letters.value and any(_same(each, letters.value.partition(LETTERS)[2]) for each in words):
        return True
    since = bodies[letters.after :]
    chosen = [each for each in since if isinstance(each, AnswerGiven) and each.ref == letters.ref]
    other_answer = any(each.status != "given" or LETTERS in letters.value for each in chosen)
    removed = any(isinstance(each, RepeatRemoved) and each.instance in letters.ref for each in since)
    return other_answer or removed or any(_same(value, letters.value) for value in kept)


def _asked_beside(ref: str) -> set[str]:
    """Return where the words are kept that a list at `ref` does not have."""
    return {f"{ref}_{ending}" for ending in OTHERS.values()}


def _same(one: str, other: str) -> bool:
    return with_plain_figures(one).split() == with_plain_figures(other).split()

"""A text without an answer: the card says it all, and the way on is the next button."""

from desktop.ui.questions.base import AnswerWidget


class NoteAnswer(AnswerWidget):
    """Nothing to fill in."""

    def show_value(self, value: str) -> None:
        """Show nothing; a note has no value."""

    def value(self) -> str:
        """Return the value unchanged: it is computed by the form, if at all."""
        return self.question.value

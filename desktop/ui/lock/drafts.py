"""What stands half typed in the fields of a page, taken down when it goes and put back when it is made anew."""

from collections.abc import Iterator, Mapping

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from shiboken6 import isValid

from desktop.ui.kit.controls.field import KEPT_NOWHERE
from desktop.ui.questions.answer_binding import HELD_IN_STATES

Field = QLineEdit | QPlainTextEdit | QTextEdit


def half_typed(page: QWidget) -> dict[str, str]:
    """Return what a person typed on `page`, by the name of its field; secrets (passphrases) are never taken."""
    return {field.objectName(): _text(field) for field in _fields(page) if _is_modified(field) and _text(field)}


def put_back(page: QWidget, texts: Mapping[str, str]) -> tuple[set[str], set[str]]:
    """Put `texts` back in their fields; return the names of those that changed a field, and of those without one."""
    fields = {field.objectName(): field for field in _fields(page)}
    changed = {name for name, text in texts.items() if name in fields and _text(fields[name]) != text}
    for name in changed:
        _set_text(fields[name], texts[name])
    return changed, set(texts) - set(fields)


def _fields(page: QWidget) -> Iterator[Field]:
    for widget in page.findChildren(QWidget):
        if not isValid(widget) or not widget.isVisible() or not widget.objectName() or widget.objectName()[:3] == "qt_":
            continue
        if not isinstance(widget, Field) or _is_held(widget):
            continue
        if isinstance(widget, QLineEdit) and (
            widget.echoMode() != QLineEdit.EchoMode.Normal or widget.property(KEPT_NOWHERE)
        ):
            continue
        yield widget


def _is_held(widget: QWidget) -> bool:
    """Tell whether what is typed in `widget` stands in the states of its page."""
    above: QWidget | None = widget
    while above is not None and not above.property(HELD_IN_STATES):
        above = above.parentWidget()
    return above is not None


def _text(field: Field) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def _set_text(field: Field, text: str) -> None:
    if isinstance(field, QLineEdit):
        field.setText(text)
        field.setModified(True)
    else:
        field.setPlainText(text)
        field.document().setModified(True)


def _is_modified(field: Field) -> bool:
    return field.isModified() if isinstance(field, QLineEdit) else field.document().isModified()

"""Whether a value may stand at a node, and what a session as a whole still lacks."""

from collections.abc import Iterator

from desktop.forms.document.datatypes import in_range, is_part, is_value, takes_part
from desktop.forms.errors import FormError
from desktop.forms.model.form import Form
from desktop.forms.model.places import CellKind
from desktop.forms.model.state import DataNode, Range, node_ref
from desktop.forms.session.outcomes import Conventions, FormProblem, FormProgress
from desktop.forms.session.recomputation import Model
from desktop.forms.session.session_texts import SessionTexts

_ASKED = frozenset({"question", "note"})


class AnswerValidator:
    """Checks values against type, choices, constraint and obligation. Changes nothing."""

    def __init__(self, form: Form, model: Model, texts: SessionTexts, conventions: Conventions) -> None:
        """Check the nodes of `model`."""
        self._form = form
        self._model = model
        self._texts = texts
        self._conventions = conventions

    def refused(self, node: DataNode, value: str) -> FormProblem | None:
        """Return why `value` cannot be stored at `node`, or None."""
        if node.place.children or self.is_fixed(node):
            return FormProblem("forms.readonly", node_ref(node))
        return self._wrong(node, value)

    def is_fixed(self, node: DataNode) -> bool:
        """Tell whether nobody may answer: read-only, or worked out from other answers."""
        calculated = CellKind.VALUE in node.place.cells and not self._conventions.calculated_answers
        return calculated or is_readonly(node)

    def checked(self, node: DataNode, value: str) -> FormProblem | None:
        """Return what would be wrong with `value`, blank at a required question included."""
        if not value and node.required:
            return FormProblem("forms.required", node_ref(node), self._texts.source(node, "required"))
        return self.refused(node, value)

    def problems(self) -> Iterator[FormProblem]:
        """Yield what is not in order now at any relevant question, in document order."""
        for node in self.asked(self._model.root.top):
            if not node.text and node.required:
                yield FormProblem("forms.required", node_ref(node), self._texts.source(node, "required"))
            else:
                problem = self._wrong(node, node.text)
                if problem is not None:
                    yield problem

    def _wrong(self, node: DataNode, value: str) -> FormProblem | None:
        if not value:
            return None
        if not self._is_type(node, value):
            return FormProblem("forms.type", node_ref(node), self._texts.source(node, "constraint"))
        if not self._allows(node, value):
            return FormProblem("forms.constraint", node_ref(node), self._texts.source(node, "constraint"))
        return None

    def _is_type(self, node: DataNode, value: str) -> bool:
        place = node.place
        shown = self._form.nodes.get(place.path)
        if not is_value(value, place.type):
            return place.type == "date" and shown is not None and takes_part(shown.appearance) and is_part(value)
        if shown is None or place.select is None:
            return shown is None or shown.type != "range" or in_range(value, shown.parameters)
        chosen = [value] if shown.type == "select1" else value.split()
        choices = place.select.values(self._model.at(node)) - {""}
        if len(set(chosen)) != len(chosen) or not set(chosen) <= choices:
            return False
        return shown.type != "rank" or len(chosen) == len(choices)

    def _allows(self, node: DataNode, value: str) -> bool:
        """Run the constraint on the value itself, also while the node is not relevant."""
        constraint = node.place.constraint
        if constraint is None:
            return True
        text, number = node.text, node.number
        node.text, node.number = value, None
        try:
            return bool(constraint(self._model.at(node)))
        except FormError:
            return False
        finally:
            node.text, node.number = text, number

    def asked(self, top: DataNode) -> Iterator[DataNode]:
        """Yield the relevant questions and notes under `top`, in document order."""
        for node in top.walk():
            if isinstance(node, DataNode) and node.relevant and not node.place.children:
                shown = self._form.nodes.get(node.place.path)
                if shown is not None and shown.kind in _ASKED:
                    yield node

    def is_shown(self, found: DataNode | Range | None) -> bool:
        """Tell whether people see this now: a relevant question, note, group, repeat or instance."""
        if isinstance(found, Range):
            return self.is_relevant(found)
        shown = self._form.nodes.get(found.place.path) if found is not None else None
        return found is not None and found.relevant and shown is not None and shown.kind != "calculate"

    def progress(self, tops: list[DataNode]) -> FormProgress:
        """Return how many of the relevant questions under `tops` have a value; those nobody can answer do not count."""
        answered = total = 0
        for top in tops:
            for node in self.asked(top):
                if self._form.nodes[node.place.path].kind == "question" and not self.is_fixed(node):
                    total += 1
                    answered += bool(node.text)
        return FormProgress(answered, total)

    def is_relevant(self, found: Range) -> bool:
        """Tell whether an instance of a repeat is, or would be, relevant."""
        cell = found.place.cells.get(CellKind.RELEVANT)
        if not found.parent.relevant or cell is None:
            return found.parent.relevant
        if found.frames:
            return any(frame.top.relevant for frame in found.frames)
        try:
            return bool(cell.run(self._model.at(self._model.stand_in(found))))
        except FormError:
            return True


def is_readonly(node: DataNode) -> bool:
    """Tell whether `node` or anything around it is read-only."""
    here: object = node
    while isinstance(here, DataNode):
        if here.readonly:
            return True
        here = here.parent
    return False

"""The live data of one session, and its recomputation.

Every change is written to a node, and the cells that read it are put aside by rank. Settling takes them in order of
rank and stops where nothing changed, so a cell runs once however many of its inputs changed. Everything touched is
remembered first: `take()` returns what `put_back()` needs to restore the state before.
"""

import math
from collections.abc import Callable
from typing import Any

from desktop.forms.errors import FormError
from desktop.forms.model.form import Form, Trigger
from desktop.forms.model.places import Cell, CellKind, Place
from desktop.forms.model.preloads import FIRST_LOAD, LOAD
from desktop.forms.model.state import (
    DataNode,
    Frame,
    Range,
    add_frame,
    attach,
    build,
    detach,
    nodes_under,
    stable_identity,
)
from desktop.forms.session.recomputation_queue import RecomputationQueue, TriggerQueue
from desktop.forms.session.undo_records import ChangeRecorder, UndoRecord, put_back
from desktop.forms.xpath.code import Context, Environment
from desktop.forms.xpath.tree import DOCUMENT, Node

MOST_INSTANCES = 5_000
"""Instances a count may ask for."""

NEW_REPEAT = "odk-new-repeat"
_SPEAKING = ("jr:choice-name", "jr:itext")
_AT_LOAD = frozenset({FIRST_LOAD, LOAD})
_MOST_ROUNDS = 100_000


class Model:
    """The nodes of one session. Raises FormError `form.no_end` when a form's own rules never come to rest."""

    def __init__(self, form: Form, environment: Environment, *, instances: bool, source: Node | None = None) -> None:
        """Build the nodes; `instances` says whether repeat instances written in the form are made. Nothing runs yet.

        `source` is a complete instance of the form to start from instead of the form's own, with all its instances.
        """
        self.form = form
        self.environment = environment
        self.instances = instances
        self.changed: dict[int, DataNode | Range] = {}
        self._recorder = ChangeRecorder()
        self._queue = RecomputationQueue()
        self.triggers = TriggerQueue(form)
        self._loading = True
        self._is_filled = source is not None
        self._special: dict[CellKind, Callable[[Cell, Any], None]] = {
            CellKind.COUNT: self._count,
            CellKind.CHOICES: self._choose,
        }
        self.root = Frame(form.root.width, None)
        start = form.definition.root if source is None else source
        top = build(form.root, start, self.root, instances=instances or source is not None)
        Node(DOCUMENT).append(top)
        self.context = Context(top, environment, self.root)

    def load(self, *, first: bool = True) -> None:
        """Compute everything, then run what happens when a record is opened, and at its first load if this is it.

        What a blank record gives is taken as it is known.
        """
        self._queue.add_frame(self.root, self.form.root)
        self.settle(self._compute if self._is_filled else self._compute_blank)
        self.run(_AT_LOAD if first else frozenset({LOAD}))
        self.settle()
        self._loading = False

    def run(self, events: frozenset[str]) -> None:
        """Run the actions of these events of the whole record, in the order of the form."""
        for trigger in self.form.triggers:
            if trigger.action.events & events:
                for node in nodes_under(self.root, trigger.place):
                    self.write(node, self.value_of(trigger, node))

    def recompute_texts(self) -> None:
        """Put aside every cell that uses a text of the form, because the language is another one now."""
        for cell in self.form.cells:
            if any(name in cell.expression for name in _SPEAKING):
                self._queue.add_cell(cell, self.root)

    def at(self, node: DataNode) -> Context:
        """Return the context for an expression of `node`; valid until the next call."""
        c = self.context
        frame = node.frame
        c.node = c.current = node
        c.frame = frame
        c.nodes = frame.nodes
        return c

    @staticmethod
    def stand_in(found: Range) -> DataNode:
        """Return a node that stands for an instance of a repeat, the first one or one that is not there."""
        if found.frames:
            return found.frames[0].top
        empty = Frame(found.place.width, found.frame)
        empty.outer = found
        node = DataNode(found.place, empty, "")
        node.parent = found.parent
        empty.nodes[0] = node
        return node

    def value_of(self, trigger: Trigger, node: DataNode) -> str:
        """Return what an action would set `node` to; blank when its expression fails."""
        try:
            return str(trigger.run(self.at(node)))
        except FormError:
            return ""

    def write(self, node: DataNode, raw: str) -> None:
        """Give `node` a value; what depends on it is put aside for `settle()`, and what it triggers.

        A value that is only hidden, or seen again, triggers nothing: it would overwrite what was typed since.
        """
        if raw != node.raw:
            self._recorder.note(node)
            node.raw = raw
            text = node.text
            self._see(node)
            if node.text != text and not self._loading:
                self.triggers.add(node)

    def settle(self, compute_value: Callable[[Cell, Any], None] | None = None) -> None:
        """Recompute what was put aside, in order of rank, until nothing is left."""
        rounds, usual = 0, compute_value or self._compute
        queue, cells = self._queue, self.form.cells
        while queue.ranks or self.triggers:
            rounds += 1
            if rounds > _MOST_ROUNDS:
                raise FormError("form.no_end")
            if not queue.ranks:
                for trigger, node in self.triggers.take():
                    self.write(node, self.value_of(trigger, node))
                continue
            rank, targets = queue.next()
            cell = cells[rank]
            compute: Callable[[Cell, Any], None] = self._special.get(cell.aspect, usual)
            for target in targets:
                if target.frame.attached:
                    compute(cell, target)

    def _compute_blank(self, cell: Cell, node: DataNode) -> None:
        self._compute(cell, node, cell.blank)

    def _compute(self, cell: Cell, node: DataNode, known: str | bool | None = None) -> None:  # noqa: FBT001  # a value
        aspect = cell.aspect
        try:
            value: Any = cell.run(self.at(node)) if known is None else known
        except FormError:
            value = "" if aspect is CellKind.VALUE else aspect is CellKind.RELEVANT
        if aspect is CellKind.VALUE:
            self.write(node, value)
        elif aspect is CellKind.RELEVANT:
            self._set_relevant(node, own=value)
        elif value != (node.readonly if aspect is CellKind.READONLY else node.required):
            self._recorder.note(node)
            setattr(node, "readonly" if aspect is CellKind.READONLY else "required", value)

    def _set_relevant(self, node: DataNode, *, own: bool) -> None:
        if own != node.own:
            self._recorder.note(node)
            node.own = own
        parent = node.parent
        relevant = own and (parent.relevant if isinstance(parent, DataNode) else True)
        if relevant != node.relevant:
            self._spread(node, relevant=relevant)

    def _choose(self, _: Cell, node: DataNode) -> None:
        if node.raw and node.relevant:
            self._see(node)

    def _see(self, node: DataNode) -> None:
        """Bring what expressions see of `node` in line with its value, relevance and choices."""
        text = node.raw if node.relevant else ""
        if text and CellKind.CHOICES in node.place.cells:
            text = self._keep_allowed(node, text)
        self.changed[id(node)] = node
        if text != node.text:
            self._recorder.note(node)
            node.text = text
            node.number = None
            self._queue.notify(node.place, node.frame)

    def _keep_allowed(self, node: DataNode, text: str) -> str:
        allowed = node.place.cells[CellKind.CHOICES].run(self.at(node))
        if text in allowed:
            return text
        return " ".join(value for value in text.split() if value in allowed)

    def _spread(self, top: DataNode, *, relevant: bool) -> None:
        waiting = [(top, relevant)]
        while waiting:
            node, now = waiting.pop()
            self._recorder.note(node)
            node.relevant = now
            text = node.text
            self._see(node)
            if node.text == text:
                self._queue.notify(node.place, node.frame)
            waiting.extend(
                (child, child.own and now)
                for child in (*node.children, *node.attributes)
                if isinstance(child, DataNode) and (child.own and now) != child.relevant
            )

    def _count(self, cell: Cell, found: Range) -> None:
        c = self.at(found.parent)
        c.frame, c.nodes = found.frame, found.frame.nodes
        try:
            number = cell.run(c)
        except FormError:
            number = 0.0
        wanted = 0 if math.isnan(number) else int(max(0.0, min(number, float(MOST_INSTANCES))))
        while len(found.frames) > wanted:
            self.remove(found, found.frames[-1], stash=True)
        while len(found.frames) < wanted:
            self._grow(found)

    def _grow(self, found: Range) -> None:
        at = len(found.frames)
        if found.stash:
            self._recorder.instances_of(found)
            frame = found.stash.pop()
            attach(found, frame, at)
            self._enter_frame(found, frame)
        else:
            self.add(found, stable_identity(found, at), at)

    def add(self, found: Range, identity: str, at: int) -> Frame:
        """Make a new instance with this identity at this position, run its actions, and put its cells aside."""
        self._recorder.instances_of(found)
        template = found.place.template
        source = template if template is not None and template.has("jr:template") else None
        frame = add_frame(found, source, identity, at, instances=self.instances)
        self._enter_frame(found, frame)
        self._new_repeat(found.place, frame)
        return frame

    def _enter_frame(self, found: Range, frame: Frame) -> None:
        if not found.parent.relevant and frame.top.relevant:
            self._spread(frame.top, relevant=False)
        self.changed[id(found)] = found
        self._queue.add_frame(frame, found.place)
        self._queue.notify(found.place, found.frame)

    def _new_repeat(self, repeat: Place, frame: Frame) -> None:
        for trigger in self.form.triggers:
            inside = trigger.place.depth >= repeat.depth and trigger.place.chain[repeat.depth - 1] is repeat
            if NEW_REPEAT in trigger.action.events and inside and trigger.action.holder.startswith(repeat.path):
                for node in nodes_under(frame, trigger.place):
                    self.write(node, self.value_of(trigger, node))

    def remove(self, found: Range, frame: Frame, *, stash: bool = False) -> None:
        """Take an instance out; with `stash` it is kept aside for when the count grows again."""
        self._recorder.instances_of(found)
        detach(found, frame)
        if stash:
            found.stash.append(frame)
        self.changed[id(found)] = found
        self._queue.notify(found.place, found.frame)

    def take(self) -> UndoRecord:
        """Return how things were before everything since the last call, and start anew."""
        self.changed = {}
        return self._recorder.take()

    def put_back(self, before: UndoRecord) -> None:
        """Restore the state `before` describes, and forget what was put aside."""
        put_back(before)
        self._recorder.take()
        self._queue.clear()
        self.triggers.clear()
        self.changed = {}

"""Which cards the interview has: parts, sections and steps, from the form and what is relevant now.

A step is one card: a question, a note, or a whole repeat (its rows are edited on one card). A repeat inside a repeat
is a step of its own for every row of the outer one. A step is named by its address (a `Ref`). Two sorts of notes are
no cards: one with the appearance `summary` says what a row of its repeat is, and one that closes a repeat (the first
question or note after it) says what its rows add up to.

The groups of level 1 are the parts (the headings of the section list), those of level 2 the sections. A form without
them still works: a group of level 1 with questions of its own is a section without a heading, and questions outside
every group form one section named after the form.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.forms import FormNode, Session
from desktop.kernel.ref import Ref
from desktop.records import HEALTH
from desktop.services.dossier.form_places import is_repeat

SHOWN_TYPES = frozenset({"question", "note"})


@dataclass(frozen=True, slots=True)
class SectionSteps:
    """A section of the form: the address of its heading (empty without one), its own node, and its steps now."""

    part: str
    path: str
    node: FormNode
    steps: tuple[str, ...]

    @property
    def health(self) -> bool:
        """Tell whether its answers belong to the compartment `health`."""
        return self.node.tags.get("compartment") == HEALTH


def sections(root: FormNode, session: Session) -> tuple[SectionSteps, ...]:
    """Return every section that is relevant now, in the order of the form."""
    found = [*_loose(root, "", root, session)]
    for part in root.children:
        if part.kind == "group" and session.is_relevant(part.path):
            found += _part(part, session)
    return tuple(found)


def section_of(all_sections: tuple[SectionSteps, ...], ref: str) -> SectionSteps | None:
    """Return the section that has `ref` as a step, or in which `ref` lies."""
    for section in all_sections:
        if ref in section.steps:
            return section
    inside = [section for section in all_sections if ref == section.path or _lies_in(ref, section.path)]
    return inside[-1] if inside else None


def step_of(section: SectionSteps, ref: str) -> str | None:
    """Return the step on which `ref` is shown: itself, or the repeat in a row of which it lies."""
    if ref in section.steps:
        return ref
    holding = [step for step in section.steps if _lies_in(ref, step)]
    return max(holding, key=len) if holding else None


def asked_steps(section: SectionSteps, session: Session) -> tuple[str, ...]:
    """Return the steps of `section` that ask something: all but its notes. A question has its number by them."""
    return tuple(step for step in section.steps if step_node(session, step).kind != "note")


def row_questions(session: Session, repeat_ref: str, row_ref: str) -> tuple[str, ...]:
    """Return the addresses of the relevant questions and notes of one row of a repeat, nested repeats apart."""
    node = step_node(session, repeat_ref)
    return tuple(ref for ref in _walk(node, row_ref, session) if not is_repeat(session.form, ref))


def step_node(session: Session, step: str) -> FormNode:
    """Return the node of a step or row; `step` is an address that came from the form."""
    return session.form.nodes[Ref.parse(step).path]


def closing_note(siblings: tuple[FormNode, ...], repeat: FormNode) -> FormNode | None:
    """Return the note among `siblings` that follows `repeat`, calculations apart."""
    after = [node for node in siblings[siblings.index(repeat) + 1 :] if node.kind != "calculate"]
    return after[0] if after and after[0].kind == "note" else None


def summary_note(repeat: FormNode) -> FormNode | None:
    """Return the note of `repeat` that says in one line what a row is."""
    return next((node for node in repeat.children if _is_summary(node)), None)


def _part(part: FormNode, session: Session) -> Iterator[SectionSteps]:
    yield from _loose(part, "", part, session)
    for group in part.children:
        if group.kind == "group" and session.is_relevant(group.path):
            steps = tuple(_walk(group, group.path, session))
            if steps:
                yield SectionSteps(part.path, group.path, group, steps)


def _loose(parent: FormNode, part: str, node: FormNode, session: Session) -> Iterator[SectionSteps]:
    loose = [child for child in _cards(parent) if child.kind != "group"]
    steps = tuple(ref for child in loose for ref in _one(child, child.path, session))
    if steps:
        yield SectionSteps(part, parent.path, node, steps)


def _walk(parent: FormNode, address: str, session: Session) -> Iterator[str]:
    for child in _cards(parent):
        yield from _one(child, f"{address}/{child.name}", session)


def _one(node: FormNode, address: str, session: Session) -> Iterator[str]:
    if node.kind not in {*SHOWN_TYPES, "group", "repeat"} or not session.is_relevant(address):
        return
    if node.kind == "group":
        yield from _walk(node, address, session)
        return
    yield address
    if node.kind == "repeat":
        for row in session.instances(address):
            yield from (ref for ref in _walk(node, row, session) if is_repeat(session.form, ref))


def _cards(parent: FormNode) -> Iterator[FormNode]:
    closing = [closing_note(parent.children, node) for node in parent.children if node.kind == "repeat"]
    yield from (node for node in parent.children if node not in closing and not _is_summary(node))


def _is_summary(node: FormNode) -> bool:
    return node.kind == "note" and "summary" in node.appearance.split()


def _lies_in(ref: str, other: str) -> bool:
    return Ref.parse(ref).is_inside(Ref.parse(other))

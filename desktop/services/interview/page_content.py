"""One page of the interview put together: the section list with its progress, and the card at a place."""

from desktop.forms import FormNode
from desktop.services.dossier.closed import closed_part
from desktop.services.dossier.registers import current
from desktop.services.interview.card_texts import Sitting, languages_of, show_step, texts_of
from desktop.services.interview.page_parts import InterviewView, PartView, SectionState, SectionView, TalkView
from desktop.services.interview.steps import SectionSteps, is_repeat, node_at, section_of, sections, step_of
from protocol.errors import UserError

HEALTH = "health"


def page(sitting: Sitting, ref: str, *, can_undo: bool) -> InterviewView:
    """Return the page with the card of the step `ref`; a locked section has no card."""
    every = sections(sitting.root, sitting.session)
    here = section_of(every, ref) or every[0]
    locked = is_locked(sitting, here)
    asked = _asked(sitting, here)
    record = sitting.record
    return InterviewView(
        dossier=record.id,
        name=record.name,
        languages=languages_of(record),
        language=sitting.other.language.tag,
        parts=_parts(sitting, every),
        section=_section(sitting, here),
        step=None if locked or ref not in here.steps else show_step(sitting, ref),
        number=asked.index(ref) + 1 if ref in asked else 0,
        total=len(asked),
        has_previous=step_beside(sitting, ref, -1) != ref,
        has_next=step_beside(sitting, ref, 1) != ref,
        talk=_talk(sitting),
        saved=record.last_event,
        can_undo=can_undo,
        closed=closed_part(record, sitting.readable),
    )


def place_of(sitting: Sitting, ref: str) -> str:
    """Return the step on which `ref` is shown; for a section its first open step; else the first open step of all.

    Raises UserError `interview.nothing_to_ask` for a form without questions.
    """
    every = sections(sitting.root, sitting.session)
    if not every:
        raise UserError("interview.nothing_to_ask")
    here = section_of(every, ref) if ref else None
    if here is None:
        unlocked = [section for section in every if not is_locked(sitting, section)]
        return (
            next((step for section in unlocked for step in section.steps if not _is_answered(sitting, step)), "")
            or (every[0].steps[0])
        )
    if is_locked(sitting, here):
        return here.path
    return step_of(here, ref) or next((step for step in here.steps if not _is_answered(sitting, step)), here.steps[0])


def step_beside(sitting: Sitting, ref: str, by: int) -> str:
    """Return the step `by` places after `ref`, over the borders of sections; a locked section counts as one step."""
    every = sections(sitting.root, sitting.session)
    line = [step for section in every for step in ((section.path,) if is_locked(sitting, section) else section.steps)]
    at = line.index(ref) + by if ref in line else 0
    return line[min(max(at, 0), len(line) - 1)]


def is_locked(sitting: Sitting, section: SectionSteps) -> bool:
    """Tell whether this device has no key to the answers of `section`."""
    return section.health and HEALTH not in sitting.readable


def compartment_of(root: FormNode, ref: str) -> str:
    """Return the compartment under whose key what belongs to `ref` is sealed."""
    return node_at(root, ref).tags.get("compartment", "core") if ref else "core"


def _parts(sitting: Sitting, every: tuple[SectionSteps, ...]) -> tuple[PartView, ...]:
    headings = dict.fromkeys(section.part for section in every)
    return tuple(
        PartView(
            title=texts_of(sitting, part, sitting.dutch).label if part else "",
            sections=tuple(_section(sitting, section) for section in every if section.part == part),
        )
        for part in headings
    )


def _section(sitting: Sitting, section: SectionSteps) -> SectionView:
    asked = _asked(sitting, section)
    answered = sum(_is_answered(sitting, step) for step in asked)
    return SectionView(
        path=section.path,
        title=texts_of(sitting, section.path, sitting.dutch).label,
        other=texts_of(sitting, section.path, sitting.other).label,
        state="locked" if is_locked(sitting, section) else _state(answered, len(asked)),
        answered=answered,
        total=len(asked),
        later=sum(1 for ref in sitting.record.later if step_of(section, ref) is not None),
    )


def _state(answered: int, total: int) -> SectionState:
    if answered == total:
        return "done"
    return "busy" if answered else "open"


def _asked(sitting: Sitting, section: SectionSteps) -> tuple[str, ...]:
    return tuple(step for step in section.steps if node_at(sitting.root, step).kind != "note")


def _is_answered(sitting: Sitting, step: str) -> bool:
    if is_repeat(sitting.root, step) and sitting.session.instances(step):
        return True
    entry = current(sitting.record.answers.get(step))
    return (entry is not None and entry.status != "cleared") or node_at(sitting.root, step).kind == "note"


def _talk(sitting: Sitting) -> TalkView | None:
    talks = sitting.record.conversations
    return TalkView(talks[-1].body.number, talks[-1].body.mode) if talks else None

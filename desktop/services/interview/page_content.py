"""One page of the interview put together: the section list with its progress, and the card at a place."""

from collections.abc import Sequence

from desktop.forms import FormError
from desktop.i18n import Catalogue
from desktop.records import HEALTH, read_mode
from desktop.services.dossier.called_name import called_name
from desktop.services.dossier.closed import closed_part
from desktop.services.dossier.form_places import NotInThisForm, find_node, is_repeat
from desktop.services.dossier.registers import current
from desktop.services.dossier.undo import UndoStep
from desktop.services.interview.card_texts import DossierContext, languages_of, show_step
from desktop.services.interview.page_parts import InterviewView, PartView, SectionState, SectionView, TalkView, UndoLine
from desktop.services.interview.steps import SectionSteps, asked_steps, section_of, sections, step_node, step_of
from protocol.errors import UserError

_LISTED = 8
"""How many of the last things done are listed to be taken back."""


def page(context: DossierContext, every: tuple[SectionSteps, ...], ref: str, done: Sequence[UndoStep]) -> InterviewView:
    """Return the page with the card of the step `ref`; a locked section has no card. `every` is all sections now.

    `done` can be taken back, the last first.
    """
    here = section_of(every, ref) or every[0]
    locked = is_locked(context, here)
    asked = asked_steps(here, context.session)
    record = context.record
    return InterviewView(
        dossier=record.id,
        name=called_name(record),
        languages=languages_of(record),
        language=context.other.language.tag,
        parts=_parts(context, every),
        section=show_section(context, here),
        step=None if locked or ref not in here.steps else show_step(context, ref),
        number=asked.index(ref) + 1 if ref in asked else 0,
        total=len(asked),
        has_previous=_find_beside(context, every, ref, -1) != ref,
        has_next=_find_beside(context, every, ref, 1) != ref,
        talk=_talk(context),
        saved=record.last_event,
        undoable=tuple(UndoLine(step.kind, _label_of(context, step)) for step in done[:_LISTED]),
        closed=closed_part(record, context.readable),
    )


def _label_of(context: DossierContext, step: UndoStep) -> str:
    """Return the label of the question or repeat of `step`, blank for what is none or is in a row that is gone."""
    if step.kind in {"plan", "attachment"} or isinstance(find_node(context.form, step.place), NotInThisForm):
        return ""
    try:
        return _label(context, step.place, context.dutch)
    except FormError:
        return ""


def place_of(context: DossierContext, ref: str) -> str:
    """Return what `place_among` returns for the sections there are now."""
    return place_among(context, sections(context.root, context.session), ref)


def place_among(context: DossierContext, every: tuple[SectionSteps, ...], ref: str) -> str:
    """Return the step on which `ref` is shown; for a section its first open step; else the first open step of all.

    Raises UserError `interview.nothing_to_ask` for a form without questions.
    """
    if not every:
        raise UserError("interview.nothing_to_ask")
    here = section_of(every, ref) if ref else None
    if here is None:
        unlocked = [section for section in every if not is_locked(context, section)]
        return (
            next((step for section in unlocked for step in section.steps if not _is_answered(context, step)), "")
            or (every[0].steps[0])
        )
    if is_locked(context, here):
        return here.path
    return step_of(here, ref) or next((step for step in here.steps if not _is_answered(context, step)), here.steps[0])


def step_beside(context: DossierContext, ref: str, by: int) -> str:
    """Return the step `by` places after `ref`, over the borders of sections; a locked section counts as one step."""
    return _find_beside(context, sections(context.root, context.session), ref, by)


def _find_beside(context: DossierContext, every: tuple[SectionSteps, ...], ref: str, by: int) -> str:
    line = [step for section in every for step in ((section.path,) if is_locked(context, section) else section.steps)]
    at = line.index(ref) + by if ref in line else 0
    return line[min(max(at, 0), len(line) - 1)]


def is_locked(context: DossierContext, section: SectionSteps) -> bool:
    """Tell whether this device has no key to the answers of `section`."""
    return section.health and HEALTH not in context.readable


def _parts(context: DossierContext, every: tuple[SectionSteps, ...]) -> tuple[PartView, ...]:
    headings = dict.fromkeys(section.part for section in every)
    return tuple(
        PartView(
            title=_label(context, part, context.dutch) if part else "",
            sections=tuple(show_section(context, section) for section in every if section.part == part),
        )
        for part in headings
    )


def show_section(context: DossierContext, section: SectionSteps) -> SectionView:
    """Return `section` as the list of sections shows it: its titles, and how far it is."""
    asked = asked_steps(section, context.session)
    answered = sum(_is_answered(context, step) for step in asked)
    return SectionView(
        path=section.path,
        title=_label(context, section.path, context.dutch),
        other=_label(context, section.path, context.other),
        state="locked" if is_locked(context, section) else _state(answered, len(asked)),
        answered=answered,
        total=len(asked),
        later=sum(1 for ref in context.record.later if step_of(section, ref) is not None),
    )


def _label(context: DossierContext, ref: str, catalogue: Catalogue) -> str:
    return context.session.text(ref, "label", catalogue.find, catalogue.language.tag).text


def _state(answered: int, total: int) -> SectionState:
    if answered == total:
        return "done"
    return "busy" if answered else "open"


def _is_answered(context: DossierContext, step: str) -> bool:
    if is_repeat(context.form, step) and context.session.instances(step):
        return True
    entry = current(context.record.answers.get(step))
    return (entry is not None and entry.status != "cleared") or step_node(context.session, step).kind == "note"


def _talk(context: DossierContext) -> TalkView | None:
    talks = context.record.conversations
    if not talks:
        return None
    last = talks[-1].body
    return TalkView(last.number, read_mode(last.mode), last.interpreter)

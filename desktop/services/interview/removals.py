"""Which rows an answer would take off the interview: said before it is kept. They stay in the record."""

from desktop.services.dossier.form_places import is_repeat
from desktop.services.interview.card_texts import DossierContext, show_repeat
from desktop.services.interview.page_parts import REMOVES_ROWS, ProblemText, RepeatView


def removed_rows(context: DossierContext, ref: str, value: str) -> ProblemText | None:
    """Return what would no longer be asked if `value` were the answer to `ref`; None where nothing filled in goes.

    The session is as it was afterwards.
    """
    session = context.session
    places = _with_rows(context)
    if not places or not session.answer(ref, value).accepted:
        return None
    hidden = [place for place in places if not session.is_relevant(place)]
    session.undo()
    shown = [show_repeat(context, place) for place in hidden]
    gone = [repeat for repeat in shown if any(row.title for row in repeat.rows)]
    if not gone:
        return None
    dutch = ", ".join(_named(repeat.dutch.label, repeat) for repeat in gone)
    return ProblemText(REMOVES_ROWS, dutch, ", ".join(_named(repeat.other.label, repeat) for repeat in gone))


def _with_rows(context: DossierContext) -> list[str]:
    """Return the places of the repeats in sight that have rows; those within rows go with theirs."""
    places = [node.path for node in context.root.walk() if is_repeat(context.form, node.path)]
    outer = [path for path in places if not any(path.startswith(f"{other}/") for other in places)]
    return [path for path in outer if context.session.is_relevant(path) and context.session.instances(path)]


def _named(label: str, repeat: RepeatView) -> str:
    titles = ", ".join(row.title for row in repeat.rows if row.title)
    return f"{label} ({titles})"

"""How the place of an answer is called: the title of its section and its number there (`Opleiding 3`)."""

from collections.abc import Iterable, Mapping

from desktop.forms import Form, Session
from desktop.i18n import Catalogue
from desktop.kernel.ref import Ref
from desktop.services.interview.steps import SectionSteps, section_of, sections, step_of
from desktop.services.plan.plan_parts import Link


def links(form: Form, session: Session, texts: Catalogue, refs: Iterable[str]) -> Mapping[str, Link]:
    """Return the place of each of `refs` that the interview asks now; the others are left out.

    Labels are in the language of `texts`, which is a catalogue of the interview.
    """
    every = sections(form.outline(), session)
    found: dict[str, Link] = {}
    for ref in refs:
        section = section_of(every, ref)
        if section is not None:
            found[ref] = Link(ref, f"{_title(session, section, texts)} {_number(section, ref)}".strip())
    return found


def _title(session: Session, section: SectionSteps, texts: Catalogue) -> str:
    return session.text(section.path, "label", texts.find, texts.language.tag).text


def _number(section: SectionSteps, ref: str) -> str:
    step = step_of(section, ref)
    asked = [each for each in section.steps if not _is_note(section, each)]
    return str(asked.index(step) + 1) if step in asked else ""


def _is_note(section: SectionSteps, ref: str) -> bool:
    name = Ref.parse(ref).name
    return any(child.name == name and child.kind == "note" for child in section.node.children)

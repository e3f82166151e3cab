"""How the place of an answer is called: the title of its section and its number there (`Opleiding 3`)."""

from collections.abc import Iterable, Mapping

from desktop.forms import Form, Session
from desktop.i18n import Catalogue
from desktop.services.interview.steps import SectionSteps, asked_steps, section_of, sections, step_of
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
            found[ref] = Link(ref, f"{_title(session, section, texts)} {_number(session, section, ref)}".strip())
    return found


def _title(session: Session, section: SectionSteps, texts: Catalogue) -> str:
    return session.text(section.path, "label", texts.find, texts.language.tag).text


def _number(session: Session, section: SectionSteps, ref: str) -> str:
    step = step_of(section, ref)
    asked = asked_steps(section, session)
    return str(asked.index(step) + 1) if step in asked else ""

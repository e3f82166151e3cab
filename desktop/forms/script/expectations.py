"""The expectations of a script: what is expected and what is found, both as a text to compare and to show."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from desktop.forms.model.texts import tag_of
from desktop.forms.script.place_names import ScriptPlaces
from desktop.forms.script.steps import ScriptStep
from desktop.forms.session.entities import entity_changes
from desktop.forms.session.outcomes import FormProblem
from desktop.forms.session.session import Session
from desktop.forms.session.session_texts import Role

_YES = frozenset({"yes", "true", "ja", "1"})
_NO = frozenset({"no", "false", "nee", "0"})
_ISOLATES = dict.fromkeys(range(0x2066, 0x206A))
_PROGRESS = re.compile(r"(\d+)\s*(?:of|/|van)\s*(\d+)")


@dataclass(frozen=True, slots=True)
class Failure:
    """An expectation that did not come true, with both values."""

    expected: str
    found: str


@dataclass(slots=True)
class ExpectationContext:
    """What expectations look at: the interview, and what came of the last action."""

    session: Session
    places: ScriptPlaces
    problem: FormProblem | None = None
    changed: tuple[str, ...] = field(default=())

    def message(self) -> str:
        """Return what the form says about the last refusal, in the language being spoken; "" when it says nothing."""
        if self.problem is None or self.problem.message_source is None:
            return ""
        role: Role = "required" if self.problem.code == "forms.required" else "constraint"
        return self.session.text(self.problem.ref, role).text


def check_expectation(step: ScriptStep, table: ExpectationContext) -> tuple[str, Failure | None]:
    """Return the place an expectation is about, as it reads best, and the failure when it does not hold.

    Raises FormError: `script.value` for a value this expectation cannot have, and what the place raises.
    """
    find = _PLACES.get(step.verb, ScriptPlaces.ref)
    ref = find(table.places, step.at) if step.at or step.verb in _AT_A_PLACE else ""
    expected, found = _FINDERS[step.verb](step, ref, table)
    holds = _bare(expected) == _bare(found)
    return table.places.short(ref) if step.at else "", None if holds else Failure(expected, found)


def _bare(text: str) -> str:
    """Return `text` as it is compared: on one line, without the isolates that are put around a value."""
    return " ".join(text.translate(_ISOLATES).split())


_Finder = Callable[[ScriptStep, str, ExpectationContext], tuple[str, str]]
_PLACES: Mapping[str, Callable[[ScriptPlaces, str], str]] = {
    "expect count": ScriptPlaces.repeat,
    "expect choices": ScriptPlaces.one,
    "expect true": ScriptPlaces.one,
}
_AT_A_PLACE = frozenset({"expect progress", "expect true"})


def _value(step: ScriptStep, ref: str, table: ExpectationContext) -> tuple[str, str]:
    return step.value, table.session.state(ref).value


def _flag(name: str) -> _Finder:
    def find(step: ScriptStep, ref: str, table: ExpectationContext) -> tuple[str, str]:
        return _parse_yes_no(step), "yes" if getattr(table.session.state(ref), name) else "no"

    return find


def _parse_yes_no(step: ScriptStep) -> str:
    word = step.value.casefold()
    if word not in _YES | _NO:
        raise step.error("script.value", value=step.value)
    return "yes" if word in _YES else "no"


def _says(role: Role) -> _Finder:
    return lambda step, ref, table: (step.value, table.session.text(ref, role).text)


def _choices(step: ScriptStep, ref: str, table: ExpectationContext) -> tuple[str, str]:
    return _list(_words(step.value)), _list([choice.value for choice in table.session.choices(ref)])


def _count(step: ScriptStep, ref: str, table: ExpectationContext) -> tuple[str, str]:
    return step.value, str(len(table.session.instances(ref)))


def _problem(step: ScriptStep, ref: str, table: ExpectationContext) -> tuple[str, str]:
    """With a place: what is not in order there now. Without one: why the last answer was refused."""
    problem = table.problem
    if step.at:
        problem = next((each for each in table.session.problems() if each.ref == ref), None)
    return step.value or "none", problem.code if problem is not None else "none"


def _message(step: ScriptStep, _ref: str, table: ExpectationContext) -> tuple[str, str]:
    return step.value, table.message()


def _problems(step: ScriptStep, _ref: str, table: ExpectationContext) -> tuple[str, str]:
    """A number of them, or the places in any order, or none."""
    found = [table.places.short(each.ref) for each in table.session.problems()]
    if step.value.isdecimal():
        return step.value, str(len(found)) + (f" ({_list(found)})" if len(found) != int(step.value) else "")
    return _list(sorted(_places(step, table))), _list(sorted(found))


def _compare_changes(step: ScriptStep, _ref: str, table: ExpectationContext) -> tuple[str, str]:
    return _list(sorted(_places(step, table))), _list(sorted(map(table.places.short, table.changed)))


def _places(step: ScriptStep, table: ExpectationContext) -> list[str]:
    return [] if step.value == "none" else [table.places.short(table.places.ref(word)) for word in _words(step.value)]


def _progress(step: ScriptStep, ref: str, table: ExpectationContext) -> tuple[str, str]:
    wanted = _PROGRESS.fullmatch(step.value)
    if wanted is None:
        raise step.error("script.value", value=step.value)
    found = table.session.progress(ref)
    return f"{wanted[1]} of {wanted[2]}", f"{found.answered} of {found.total}"


def _here(_step: ScriptStep, ref: str, table: ExpectationContext) -> tuple[str, str]:
    return table.places.short(ref), table.places.short(table.session.here)


def _language(step: ScriptStep, _ref: str, table: ExpectationContext) -> tuple[str, str]:
    """By tag: a form may call its language `Nederlands (nl)`."""
    return tag_of(step.value), tag_of(table.session.language)


def _true(step: ScriptStep, ref: str, table: ExpectationContext) -> tuple[str, str]:
    return "true", str(table.session.evaluate(f"boolean({step.value})", ref)).lower()


def _entities(step: ScriptStep, _ref: str, table: ExpectationContext) -> tuple[str, str]:
    """What the record makes and changes, in the order of the form: `create list label; update list label`, or none."""
    found = []
    for change in entity_changes(table.session):
        problem = change.problem()
        refused = f" ({problem.code})" if problem is not None else ""
        found.append(f"{change.action} {change.dataset} {change.label or change.id}{refused}")
    return "; ".join(part.strip() for part in step.value.split(";")), "; ".join(found) or "none"


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[,\s]+", text) if word]


def _list(words: list[str]) -> str:
    return ", ".join(words) or "none"


_FINDERS: Mapping[str, _Finder] = {
    "expect value": _value,
    "expect relevant": _flag("relevant"),
    "expect required": _flag("required"),
    "expect readonly": _flag("readonly"),
    "expect label": _says("label"),
    "expect hint": _says("hint"),
    "expect guidance": _says("guidance"),
    "expect choices": _choices,
    "expect count": _count,
    "expect problem": _problem,
    "expect message": _message,
    "expect problems": _problems,
    "expect progress": _progress,
    "expect changed": _compare_changes,
    "expect here": _here,
    "expect language": _language,
    "expect true": _true,
    "expect entities": _entities,
}

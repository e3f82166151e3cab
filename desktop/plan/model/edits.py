"""What a caseworker changes in a derived plan: field names, their values, and the overlay that holds the valid ones.

A field is the `field` of a `PlanFieldSet` event. The value None always means: back to what follows from the answers.

| field | value |
|---|---|
| `route/proposed` | `B1`, `O`, `Z` |
| `route/<B1, O, Z>/reason`, `route/deviation` | text: the conclusion per route; why it deviates from the test |
| `route/region`, `route/start` | name of a route of the region; date jjjj-mm-dd |
| `argument/<id>` | route, sign, topic, text: a reason of the caseworker, or a derived one reworded |
| `goal/<id>/text`, `why`, `done_when` (and `…_other`), `domain`, `funding` | text; a new id adds a goal |
| `goal/<id>/lead` | list of holder, name, start |
| `goal/<id>/action/<id>/text`, `text_other`, `who`, `paid_from`, `due`, `starts`, `done` | text, date, yes or no |
| `week/<0 to 4>/<morning, afternoon>`, `child/<nr>/<day>/<part>` | kind, label |
| `story`, `own_words`, `feedback` (and `…/other`), `feedback/agrees` | text; `yes`, `partly`, `no` |
| `self_reliance/<domain>` | `1` to `5`: where the person wants to be |
| `agreement/<id>` | text, other |
| `helper/<id>` | role, name, phone, function |
| `duty/ended`, `duty/died` | date: from when the law counts how long the data are kept (Besluit 9.9) |
| `term/awaits` | text: for what of others the plan (PIP) waits |
| `term/informed`, `term/moved`, `term/first_plan`, `term/extended` | date: `desktop.plan.law.deadlines.TermFacts` |
| `pip/college`, `signer`, `mandate`, `address`, `contact`, `reach`, `support`, `objection`, `participation`, … | text |
| `pip/dated`, `pip/sent`, `pip/duty_began` | date: of the decision, of its sending, of the duty as DUO knows it |
| `pip/route_hours`, `pip/pvt_hours`, `pip/map_hours`, `pip/talks`, `pip/done_…` | from 1 to 9999, as text |
| `pip/level`, `pip/literacy`, `pip/finish_school`, `pip/no_participation` | `A2`, `B1`; `A`, `AA`, `NVT`; `yes`, `no` |
| `pip/vve/<nr>` | text: what is agreed about early education of a child |
| `read_aloud` | language, date, interpreter |
| `signature/<person, caseworker, municipality>` | name, date, how, version: the SHA-256 of what was signed |
| `workbook/<organisation>` | version, digest: which set of its organisation a case goes by, SHA-256 in hexadecimal |
| `goal/<id>/removed`, `goal/<id>/action/<id>/removed`, `argument/…`, `agreement/…`, `helper/<id>/removed` | true |
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.plan.model.topics import DOMAIN_ICONS, TOPIC_KEYS
from protocol.canonical import JsonValue
from protocol.errors import UserError

LONGEST_TEXT = 20_000
"""Characters of one text."""

MOST_PHASES = 6
"""Changes of lead in one goal; with more of them nobody knows who leads."""

_ID = r"[A-Za-z0-9_\-]{1,64}"
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}([_-][A-Za-z0-9]{2,8})*")


def _is_text(value: JsonValue) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_TEXT


def _is_flag(value: JsonValue) -> bool:
    return isinstance(value, bool)


def as_date(value: JsonValue) -> date | None:
    """Return the calendar date in `value` (text jjjj-mm-dd), None for anything else."""
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _is_count(value: JsonValue) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[1-9][0-9]{0,3}", value) is not None


def _is_date(value: JsonValue) -> bool:
    return as_date(value) is not None


def _one_of(*allowed: str) -> Callable[[JsonValue], bool]:
    return lambda value: isinstance(value, str) and value in allowed


def _record(**keys: Callable[[JsonValue], bool]) -> Callable[[JsonValue], bool]:
    def check(value: JsonValue) -> bool:
        return isinstance(value, Mapping) and all(key in keys and keys[key](item) for key, item in value.items())

    return check


def _blank_or(check: Callable[[JsonValue], bool]) -> Callable[[JsonValue], bool]:
    return lambda value: value is None or value == "" or check(value)


def _is_language(value: JsonValue) -> bool:
    return isinstance(value, str) and _LANGUAGE.fullmatch(value) is not None


_is_phase = _record(holder=_one_of("other", "together", "person"), name=_is_text, start=_blank_or(_is_date))


def _is_lead(value: JsonValue) -> bool:
    if not isinstance(value, Sequence) or isinstance(value, str):
        return False
    return len(value) <= MOST_PHASES and all(map(_is_phase, value))


_HALF_DAY = _record(kind=_one_of("language", "work", "participation", "own", "free", "blocked"), label=_is_text)
_CARE = _record(kind=_one_of("vve", "school", "care", "home"), label=_is_text)
_ARGUMENT = _record(
    route=_one_of("B1", "O", "Z"),
    sign=_one_of("for", "against", "neutral"),
    topic=_one_of(*sorted(TOPIC_KEYS)),
    text=_is_text,
)
_PLACE = r"[0-4]/(morning|afternoon)"

_FIELDS: tuple[tuple[re.Pattern[str], Callable[[JsonValue], bool]], ...] = tuple(
    (re.compile(pattern), check)
    for pattern, check in (
        (r"route/proposed", _one_of("B1", "O", "Z")),
        (r"route/(B1|O|Z)/reason|route/deviation", _is_text),
        (r"route/region", _is_text),
        (r"route/start", _is_date),
        (rf"argument/{_ID}", _ARGUMENT),
        (rf"goal/{_ID}/(text|why|done_when)(_other)?|goal/{_ID}/funding", _is_text),
        (rf"goal/{_ID}/domain", _one_of(*DOMAIN_ICONS)),
        (rf"goal/{_ID}/lead", _is_lead),
        (rf"goal/{_ID}/action/{_ID}/(text|text_other|who|paid_from)", _is_text),
        (rf"goal/{_ID}/action/{_ID}/due", _is_date),
        (rf"goal/{_ID}/action/{_ID}/(starts|done|removed)", _is_flag),
        (rf"(goal|argument|agreement|helper)/{_ID}/removed", _is_flag),
        (rf"week/{_PLACE}", _HALF_DAY),
        (rf"child/[0-9]{{1,2}}/{_PLACE}", _CARE),
        (r"(story|own_words|feedback)(/other)?", _is_text),
        (r"self_reliance/[a-z_]{1,20}", _one_of(*"12345")),
        (r"duty/(ended|died)", _is_date),
        (r"term/awaits", _is_text),
        (r"pip/(college|signer|mandate|address|contact|reach|support|objection|participation|exception)", _is_text),
        (r"pip/explained|pip/vve/[0-9]{1,2}", _is_text),
        (r"pip/(dated|sent|duty_began)", _is_date),
        (r"pip/(route_hours|pvt_hours|map_hours|talks|done_lessons|done_activities)", _is_count),
        (r"pip/level", _one_of("A2", "B1")),
        (r"pip/literacy", _one_of("A", "AA", "NVT")),
        (r"pip/(finish_school|no_participation)", _one_of("yes", "no")),
        (r"term/(informed|moved|first_plan|extended)", _is_date),
        (r"feedback/agrees", _one_of("yes", "partly", "no")),
        (rf"agreement/{_ID}", _record(text=_is_text, other=_is_text)),
        (rf"helper/{_ID}", _record(role=_is_text, name=_is_text, phone=_is_text, function=_is_text)),
        (r"workbook/[0-9a-f]{32}", _record(version=_is_text, digest=_is_text)),
        (r"read_aloud", _record(language=_is_language, date=_blank_or(_is_date), interpreter=_is_text)),
        (
            r"signature/(person|caseworker|municipality)",
            _record(name=_is_text, date=_blank_or(_is_date), how=_is_text, version=_is_text),
        ),
    )
)


def validate_edit(field: str, value: JsonValue) -> None:
    """Pass when `value` may be set as `field`.

    Raises UserError `plan.unknown_field` or `plan.wrong_value`, with the detail field.
    """
    check = next((check for pattern, check in _FIELDS if pattern.fullmatch(field)), None)
    if check is None:
        raise UserError("plan.unknown_field", {"field": field[:80]})
    if value is not None and not check(value):
        raise UserError("plan.wrong_value", {"field": field[:80]})


@dataclass(frozen=True, slots=True)
class PlanEdits:
    """The valid edits; every reader returns what was set, or None (or blank) where nothing was."""

    fields: Mapping[str, JsonValue]
    ignored: tuple[str, ...]

    def text(self, field: str) -> str | None:
        """Return the text of `field`, None when it was not set."""
        value = self.fields.get(field)
        return value if isinstance(value, str) else None

    def words(self, field: str) -> str:
        """Return the text of `field`, blank when it was not set."""
        return self.text(field) or ""

    def number(self, field: str) -> int | None:
        """Return the whole number of `field`, which is kept as a text."""
        text = self.words(field).strip()
        return int(text) if text else None

    def day(self, field: str) -> date | None:
        """Return the date of `field`."""
        return as_date(self.fields.get(field))

    def flag(self, field: str, *, default: bool = False) -> bool:
        """Return the yes or no of `field`."""
        value = self.fields.get(field)
        return value if isinstance(value, bool) else default

    def record(self, field: str) -> Mapping[str, str] | None:
        """Return the record of `field` with texts only."""
        return _texts(self.fields.get(field))

    def records(self, field: str) -> tuple[Mapping[str, str], ...] | None:
        """Return the list of records of `field`."""
        value = self.fields.get(field)
        if not isinstance(value, Sequence) or isinstance(value, str):
            return None
        return tuple(record for item in value if (record := _texts(item)) is not None)

    def ids(self, area: str) -> Iterator[str]:
        """Yield the ids that occur right below `area` (such as `goal`), each once, in order of their names."""
        start = f"{area}/"
        yield from sorted({name[len(start) :].split("/")[0] for name in self.fields if name.startswith(start)})


def sort_edits(edits: Mapping[str, JsonValue]) -> PlanEdits:
    """Return the valid ones of `edits`; the names of the others are in `ignored`, and nothing is raised."""
    good: dict[str, JsonValue] = {}
    ignored: list[str] = []
    for field in sorted(edits):
        try:
            validate_edit(field, edits[field])
        except UserError:
            ignored.append(field)
        else:
            if edits[field] is not None:
                good[field] = edits[field]
    return PlanEdits(good, tuple(ignored))


def _texts(value: JsonValue) -> Mapping[str, str] | None:
    if not isinstance(value, Mapping):
        return None
    return {key: item for key, item in value.items() if isinstance(item, str)}

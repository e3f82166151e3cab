"""A support plan as data for its template: every text in both languages, every figure drawn."""

from collections.abc import Mapping, Sequence
from hashlib import sha256

from desktop.documents.bilingual import Bilingual, Pair, person_text
from desktop.documents.figures.qr_code import draw_code
from desktop.documents.figures.radar_chart import Axis, draw_web
from desktop.documents.meta import PAGE_SIGNS, DocumentMeta
from desktop.documents.printable_text import clean
from desktop.documents.script_styles import SCRIPTS
from desktop.documents.texts import DUTCH, PLAN
from desktop.documents.time_data import week_data, year_data
from desktop.documents.typst_compiler import TEMPLATES
from desktop.i18n.formatting import format_date, language_names
from desktop.plan.model.plan_changes import sentence_of
from desktop.plan.model.plan_text import PlanText, fill, free
from desktop.plan.model.support_plan import Goal, GoalAction, LeadPhase, Point, RouteWeighing, Signature, SupportPlan
from desktop.plan.model.topics import ROUTE_LABELS, ROUTE_MEANINGS

_GOES_WELL = 4
_MOST_CHANGES = 12
"""Lines about what is otherwise than in the version before; who wants to know more puts both side by side."""

_PARTS = (("who", "who"), ("can", "can"), ("need", "need"), ("week", "week_year"), ("agreements", "agreements"))
_LEADS: Mapping[str, str] = {"together": "lead_together", "person": "lead_person"}


def plan_data(plan: SupportPlan, both: Bilingual, meta: DocumentMeta) -> dict[str, object]:
    """Return the data of the template `plan`."""
    people = {
        place.name: f"lead_{place.role}".replace("caseworker", "other") for place in plan.signatures if place.name
    }
    data: dict[str, object] = {
        "lang": language_data(both),
        "t": {key: both.pair(text) for key, text in PLAN.items()},
        "parts": _parts(plan, both),
        "facts": [{"label": both.pair(fact.label), "value": clean(fact.value)} for fact in plan.facts],
        "in_short": _points(plan.in_short, both),
        "changes": [
            {"icon": _icon("page"), "text": both.pair(sentence_of(change))} for change in meta.changes[:_MOST_CHANGES]
        ],
        "story": [both.pair(text) for sentence in plan.story for text in person_text(sentence)],
        "important": _points(plan.important, both),
        "competences": [
            {"icon": card.icon, "name": both.pair(card.name), "evidence": both.pair(card.evidence)}
            for card in plan.competences
        ],
        "experience": _points(plan.experience, both),
        "skills": _skills(plan),
        "web": _web(plan, both),
        "goals": [_goal(number, goal, people, both) for number, goal in enumerate(plan.goals, start=1)],
        "routes": [_route(weighing, both) for weighing in plan.routes] if plan.proposed_route else [],
        "week": week_data(plan, both),
        "year": year_data(plan, both),
        "words": [{"word": clean(word.word), "meaning": both.pair(word.meaning)} for word in plan.words],
        "agreements": _points(plan.agreements, both),
        "helpers": _helpers(plan, both),
        "own_words": [both.pair(text) for text in person_text(plan.own_words) if text],
        "reaction": _reaction(plan, both),
        "read_aloud": _read_aloud(plan, both),
        "signatures": [_signature(place, both) for place in plan.signatures],
    }
    data["doc"] = _document(plan, both, meta, data)
    return data


def language_data(both: Bilingual) -> dict[str, object]:
    """Return what a template needs to know about the person's language."""
    which = both.plan.language
    return {
        "tag": which.tag.replace("_", "-").partition("-")[0],
        "rtl": which.is_rtl,
        "script": which.script,
        "own_name": which.own_name,
        "alone": both.is_dutch_alone,
    }


def status_line(both: Bilingual, data: Mapping[str, object]) -> str:
    """Return the real status of the translation, and the sign for what is not translated where there is any."""
    if both.is_dutch_alone:
        return ""
    known = DUTCH["translation_reviewed" if both.plan.status == "reviewed" else "translation_machine"]
    return f"{known} · {DUTCH['translation_gaps']}" if has_gap(data) else known


def has_gap(value: object) -> bool:
    """Tell whether a text without a translation is anywhere in `value`."""
    if isinstance(value, Mapping):
        return value.get("gap") is True or any(has_gap(item) for item in value.values())
    return isinstance(value, list) and any(has_gap(item) for item in value)


def _document(plan: SupportPlan, both: Bilingual, meta: DocumentMeta, data: Mapping[str, object]) -> dict[str, object]:
    title = both.words(PLAN["title"])
    version = sha256(repr(sorted(data.items())).encode("utf-8")).hexdigest()[:12]
    signed = any(place.date for place in plan.signatures if place.role == "person")
    known = [
        f"{DUTCH['case']} {clean(meta.case_number)}",
        fill(DUTCH["version"], {"nummer": str(meta.version)}, rtl=False),
    ]
    seal = fill(DUTCH["sealed"], {"zegel": meta.seal}, rtl=False) if meta.seal else ""
    case = " · ".join(filter(None, (*known, seal)))
    return {
        "title": " · ".join(filter(None, (title.dutch, title.other))),
        "case": case,
        "draft": "" if signed else DUTCH["draft"],
        "sender": clean(meta.sender),
        "name": clean(plan.name),
        "own_name": clean(plan.own_script_name),
        "status": status_line(both, data),
        "page": both.pair(PLAN["page"], nummer=PAGE_SIGNS[0], totaal=PAGE_SIGNS[1]),
        "code": draw_code(f"{meta.case_number}/{meta.version}/{version}"),
        "code_alt": case,
    }


def _parts(plan: SupportPlan, both: Bilingual) -> dict[str, Pair]:
    shown = [(part, text) for part, text in _PARTS if part != "week" or plan.region_route is not None]
    return {part: numbered(number, both.pair(PLAN[text])) for number, (part, text) in enumerate(shown, start=1)}


def numbered(number: int, pair: Pair) -> Pair:
    """Return `pair` with its number before the Dutch, as the second language follows on the same line."""
    return {**pair, "nl": f"{number}. {pair['nl']}"}


def _points(points: Sequence[Point], both: Bilingual) -> list[dict[str, object]]:
    return [{"icon": _icon(point.icon), "text": both.pair(point.text)} for point in points]


_ICONS = frozenset(path.stem for path in (TEMPLATES / "icons").glob("*.svg"))


def _icon(name: str) -> str:
    return name if name in _ICONS else "talk"


def _skills(plan: SupportPlan) -> list[dict[str, object]]:
    return [
        {
            "name": clean(skill.name.dutch),
            "note": clean(skill.note.dutch),
            "levels": [
                _lower_first(clean(level.dutch))
                for level in (skill.listening, skill.speaking, skill.reading, skill.writing)
            ],
        }
        for skill in plan.language_skills
    ]


def _lower_first(text: str) -> str:
    """Return `text` as it stands inside a sentence; names of levels, such as A1 and Alfa B, keep their capital."""
    return text if text.startswith("Alfa ") or not text[1:2].islower() else f"{text[0].lower()}{text[1:]}"


def _web(plan: SupportPlan, both: Bilingual) -> dict[str, object]:
    rows = plan.self_reliance
    month = format_date(plan.made)
    svg = draw_web(
        [Axis(row.label.dutch, row.now, row.target) for row in rows],
        f"{PLAN['web_now']} ({month})",
        PLAN["web_target"],
    )
    scores = ", ".join(f"{row.label.dutch} {row.now}" + (f" (doel {row.target})" if row.target else "") for row in rows)
    return {
        "names": [row.domain for row in rows],
        "svg": svg,
        "alt": f"{PLAN['web_alt']} {scores}.",
        "well": _enumeration([row.label for row in rows if row.now >= _GOES_WELL], both),
        "help": _enumeration([row.label for row in rows if row.now < _GOES_WELL - 1], both),
    }


def _enumeration(labels: Sequence[PlanText], both: Bilingual) -> Pair | None:
    if not labels:
        return None
    dutch = ", ".join(label.dutch if number == 0 else label.dutch.lower() for number, label in enumerate(labels))
    others = [both.find(label.source) for label in labels]
    style = SCRIPTS[both.plan.language.script]
    joined = style.comma.join(text for text in others if text) if all(others) else ""
    return both.pair(free(f"{dutch}.", f"{joined}{style.stop}" if joined else ""))


def _goal(number: int, goal: Goal, people: Mapping[str, str], both: Bilingual) -> dict[str, object]:
    return {
        "icon": _icon(goal.icon),
        "title": _goal_title(number, goal, both),
        "why": both.pair(goal.why),
        "done_when": both.pair(goal.done_when),
        "lead": [_phase(phase, people, both) for phase in goal.lead],
        "actions": [
            _action(f"{number}.{place}", step) | {"text": both.pair(step.text)}
            for place, step in enumerate(goal.actions, start=1)
        ],
    }


def _goal_title(number: int, goal: Goal, both: Bilingual) -> Pair:
    head, text = both.pair(PLAN["goal"], nummer=str(number)), both.pair(goal.text)
    runs = text["other"] if head["gap"] or text["gap"] else [*_runs(head), [" ", False], *_runs(text)]
    return {**text, "nl": f"{head['nl']} {text['nl']}", "other": runs}


def _runs(pair: Pair) -> list[object]:
    runs = pair["other"]
    return list(runs) if isinstance(runs, list) else []


def _phase(phase: LeadPhase, people: Mapping[str, str], both: Bilingual) -> dict[str, object]:
    when = f"{DUTCH['from']} {format_date(phase.start)}" if phase.start else ""
    name = f"{DUTCH['now']}: {phase.name}" if phase.name and phase.holder == "other" and not when else ""
    return {
        "holder": phase.holder,
        "label": both.pair(PLAN[_LEADS.get(phase.holder) or people.get(phase.name, "lead_partner")]),
        "when": clean(name or when or phase.name),
    }


def _action(number: str, action: GoalAction) -> dict[str, object]:
    ready = format_date(action.due) if action.due else ""
    if ready and action.starts:
        ready = f"{DUTCH['starts']} {ready}"
    if action.done:
        ready = f"{DUTCH['done']} {ready}".strip()
    paid = f"{DUTCH['paid_from']}: {action.paid_from.dutch}" if action.paid_from else ""
    return {"number": number, "who": clean(action.who), "paid": clean(paid), "ready": ready}


def _route(weighing: RouteWeighing, both: Bilingual) -> dict[str, object]:
    label = ROUTE_LABELS[weighing.route]
    name = both.pair(label)
    if weighing.proposed:
        name = {**name, "nl": f"{name['nl']} ({PLAN['proposed']})"}
    return {
        "name": name,
        "meaning": both.pair(ROUTE_MEANINGS[weighing.route]),
        "proposed": weighing.proposed,
        "arguments": [{"sign": item.sign, "text": both.pair(item.text)} for item in weighing.arguments],
        "reason": both.pair(free(weighing.reason)) if weighing.reason else both.pair(PLAN["no_reason"]),
    }


def _helpers(plan: SupportPlan, both: Bilingual) -> list[dict[str, object]]:
    return [
        {
            "role": both.pair(helper.role),
            "name": clean(helper.name),
            "phone": clean(helper.phone),
            "function": clean(helper.function),
        }
        for helper in plan.helpers
    ]


def _reaction(plan: SupportPlan, both: Bilingual) -> list[Pair]:
    found = [both.pair(PLAN[f"agrees_{plan.agrees}"])] if plan.agrees in {"yes", "partly", "no"} else []
    return found + [both.pair(text) for text in person_text(plan.feedback) if text]


def _read_aloud(plan: SupportPlan, both: Bilingual) -> list[Pair]:
    reading = plan.read_aloud
    if not reading.language:
        return [both.pair(PLAN["not_read_aloud"])]
    name = PlanText(language_names("nl").get(reading.language, reading.language))
    day = format_date(reading.date) if reading.date else "…"
    sentence = PlanText(PLAN["read_aloud"], (("taal", _language_name(reading.language, both, name)), ("datum", day)))
    found = [both.pair(sentence)]
    if reading.interpreter:
        found.append(both.pair(PLAN["read_aloud_interpreter"], nummer=reading.interpreter))
    return found


def _language_name(tag: str, both: Bilingual, dutch: PlanText) -> PlanText:
    if both.is_dutch_alone:
        return dutch
    return free(dutch.dutch, language_names(both.plan.language.tag).get(tag, dutch.dutch))


def _signature(place: Signature, both: Bilingual) -> dict[str, object]:
    signed = format_date(place.date) if place.date else ""
    return {
        "label": both.pair(PLAN[f"sign_{place.role}"]),
        "name": clean(place.name),
        "signed": clean(" · ".join(filter(None, (signed, place.how)))),
    }

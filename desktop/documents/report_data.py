"""The report of the broad intake as data for its template; in Dutch, for the municipality and the person's file.

Source of what it must hold: Wet inburgering 2021 articles 8, 9 and 14, Besluit 5.2, RvS 2024:5413 (documents, table 8).
"""

from collections.abc import Sequence

from desktop.documents.bilingual import Bilingual
from desktop.documents.meta import DocumentMeta
from desktop.documents.printable_text import clean
from desktop.documents.recovery_data import DUTCH_ALONE, page_number
from desktop.documents.texts import DUTCH, PLAN, REPORT
from desktop.i18n.bidi import strip_isolates
from desktop.i18n.formatting import format_date, language_names
from desktop.plan.model.plan_text import fill
from desktop.plan.model.support_plan import Argument, RouteWeighing, StatutoryPart, SupportPlan
from desktop.plan.model.topics import ROUTE_LABELS, TOPICS, Topic

_TEXT_OF_REACTION = {"yes": "report_yes", "partly": "report_partly", "no": "report_no"}


def report_data(plan: SupportPlan, both: Bilingual, meta: DocumentMeta) -> dict[str, object]:
    """Return the data of the template `report`."""
    return {
        "lang": DUTCH_ALONE,
        "t": {**REPORT, "preference": REPORT["preference"].replace("${naam}", clean(plan.name))},
        "signs": {sign: PLAN[sign] for sign in ("for", "against", "neutral")},
        "doc": {
            "title": REPORT["title"],
            "sender": clean(meta.sender),
            "case": f"{DUTCH['case']} {clean(meta.case_number)}",
            "page": page_number(),
        },
        "facts": _facts(plan, meta),
        "routes": [{"name": ROUTE_LABELS[item.route], "proposed": item.proposed} for item in plan.routes],
        "topics": [_topic(topic, plan.routes, both) for topic in TOPICS if _is_used(topic, plan.routes)],
        "conclusions": [clean(item.reason) or REPORT["no_reason"] for item in plan.routes],
        "deviation": clean(plan.deviation),
        "preference": _preference(plan, both),
        "advice": _advice(plan, meta),
        "parts": [_part(part, both) for part in plan.statutory],
    }


def _facts(plan: SupportPlan, meta: DocumentMeta) -> list[dict[str, str]]:
    days = ", ".join(f"{day.day:02}-{day.month:02}" for day in sorted(set(meta.talks_held)))
    rows = (
        ("for_whom", plan.name),
        ("test", _score(plan)),
        ("outcome", plan.test.outcome or REPORT["unknown"]),
        ("talked_on", days or format_date(plan.made)),
    )
    return [{"label": REPORT[key], "value": clean(value)} for key, value in rows]


def _score(plan: SupportPlan) -> str:
    test = plan.test
    if test.taken and test.score:
        return _fill_template("score", score=test.score, nodig=test.needed) if test.needed else test.score
    return _fill_template("not_needed", wie=test.exempt) if test.exempt else REPORT["not_taken"]


def _fill_template(key: str, **values: str) -> str:
    return fill(REPORT[key], values, rtl=False)


def _is_used(topic: Topic, routes: Sequence[RouteWeighing]) -> bool:
    return topic.key != "other" or any(item.topic == "other" for route in routes for item in route.arguments)


def _topic(topic: Topic, routes: Sequence[RouteWeighing], both: Bilingual) -> dict[str, object]:
    return {
        "label": topic.label,
        "basis": topic.basis,
        "cells": [[_argument(item, both) for item in route.arguments if item.topic == topic.key] for route in routes],
    }


def _argument(argument: Argument, both: Bilingual) -> dict[str, object]:
    return {"sign": argument.sign, "text": both.in_dutch(argument.text)}


def _preference(plan: SupportPlan, both: Bilingual) -> list[str]:
    sentences = []
    if plan.preference:
        sentences.append(_fill_template("prefers", route=both.in_dutch(plan.preference)))
    if plan.preference_reason:
        sentences.append(f"„{both.in_dutch(plan.preference_reason)}”")
    if plan.study_wish:
        sentences.append(_fill_template("wants_study", antwoord=both.in_dutch(plan.study_wish).lower()))
    if plan.report_agrees in _TEXT_OF_REACTION:
        sentences.append(_fill_template("reacts", reactie=REPORT[_TEXT_OF_REACTION[plan.report_agrees]]))
    if plan.report_feedback:
        sentences.append(f"„{both.in_dutch(plan.report_feedback)}”")
    reading = plan.report_read_aloud
    if reading.language:
        name = language_names("nl").get(reading.language, reading.language)
        day = format_date(reading.date) if reading.date else ""
        sentences.append(_fill_template("told_in", taal=name, datum=day))
    return [clean(strip_isolates(text)) for text in sentences] or [REPORT["not_asked"]]


def _advice(plan: SupportPlan, meta: DocumentMeta) -> dict[str, object]:
    who = clean(meta.caseworker) or REPORT["adviser"]
    return {
        "who": clean(strip_isolates(_fill_template("advised_by", naam=who, datum=format_date(plan.made)))),
        "route": ROUTE_LABELS[plan.proposed_route] if plan.proposed_route else REPORT["no_advice"],
        "decision": REPORT["decided"],
    }


def _part(part: StatutoryPart, both: Bilingual) -> dict[str, object]:
    open_part = REPORT["not_yet"] if part.applies else REPORT["not_applicable"]
    done = format_date(part.done) if part.done else open_part
    return {"label": both.in_dutch(part.label), "basis": part.basis, "done": done, "ok": part.done is not None}

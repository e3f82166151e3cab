"""A support plan as DOCX: the same words as the printed plan, in the same order, to go on writing in."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from desktop.documents.bilingual import Bilingual
from desktop.documents.meta import DocumentMeta
from desktop.documents.plan_data import plan_data
from desktop.documents.texts import DUTCH
from desktop.documents.word.word_file import Cell, Texts, WordFile, in_dutch
from desktop.i18n.catalogue import Catalogue
from desktop.plan.derive.timetable import PARTS
from desktop.plan.model.support_plan import CareHalfDay, HalfDay, SupportPlan
from desktop.plan.model.topics import DAYS

Data = Mapping[str, Any]


def plan_word(plan: SupportPlan, texts: tuple[Catalogue, Catalogue], meta: DocumentMeta, moment: datetime) -> bytes:
    """Return the plan as DOCX, by catalogues of the domain `plan`: Dutch and other. The same bytes for the same values.

    It says that it is a copy to work in. Figures are there as tables or in words; logo and QR code are not.
    """
    both = Bilingual(*texts)
    data = plan_data(plan, both, meta)
    file = WordFile(both, data["doc"]["title"], moment)  # type: ignore[index]  # data of a template
    _head(file, data, meta)
    _who(file, data)
    _can(file, data)
    _need(file, data)
    _week(file, data, plan, both)
    _agreements(file, data)
    return file.save()


def _head(file: WordFile, data: Data, meta: DocumentMeta) -> None:
    document, texts = data["doc"], data["t"]
    file.footer(" · ".join(filter(None, (document["case"], document["status"]))))
    file.dutch(meta.letterhead.name or document["sender"])
    file.dutch(DUTCH["working_copy"], bold=True)
    file.heading(texts["title"], 1)
    names = " · ".join(filter(None, (document["name"], document["own_name"])))
    file.dutch(f"{texts['of']['nl']} {names}", bold=True)
    file.rows([_joined(fact["label"], _same(fact["value"])) for fact in data["facts"]])
    for part, points in (("changed", data["changes"]), ("in_short", data["in_short"])):
        _points(file, texts[part], points)
    file.rows([_joined(texts["mine"], texts["mine_more"])])


def _who(file: WordFile, data: Data) -> None:
    texts = data["t"]
    file.heading(data["parts"]["who"], 2)
    if data["story"]:
        file.heading(texts["story"], 3)
        file.rows(data["story"])
    _points(file, texts["important"], data["important"])


def _can(file: WordFile, data: Data) -> None:
    texts = data["t"]
    file.heading(data["parts"]["can"], 2)
    if data["competences"]:
        file.heading(texts["strong"], 3)
        file.rows([_joined(card["name"], card["evidence"]) for card in data["competences"]], bullets=True)
    _points(file, texts["experience"], data["experience"])
    if data["skills"]:
        file.heading(texts["languages"], 3)
        columns = ("language", "listening", "speaking", "reading", "writing")
        file.table([texts[key] for key in columns], [_skill(skill) for skill in data["skills"]])
    if data["web"]["names"]:
        file.heading(texts["myself"], 3)
        file.dutch(data["web"]["alt"])
        summary = (("goes_well", data["web"]["well"]), ("wants_help", data["web"]["help"]))
        file.rows([_joined(texts[key], names) for key, names in summary if names] + [texts["scale"]])


def _skill(skill: Data) -> list[Cell]:
    note = f" ({skill['note']})" if skill["note"] else ""
    return [f"{skill['name']}{note}", *skill["levels"]]


def _need(file: WordFile, data: Data) -> None:
    texts = data["t"]
    file.heading(data["parts"]["need"], 2)
    file.rows([texts["need_intro"]])
    for goal in data["goals"]:
        _goal(file, goal, texts)
    if data["routes"]:
        file.heading(texts["routes"], 3)
        file.rows([texts["routes_intro"]])
        for route in data["routes"]:
            _route(file, route, texts)


def _goal(file: WordFile, goal: Data, texts: Data) -> None:
    file.heading(goal["title"], 3)
    said = (("why", goal["why"]), ("done_when", goal["done_when"]))
    file.rows([_joined(texts[key], words) for key, words in said if words["nl"]])
    if goal["lead"]:
        file.rows([texts["lead"]])
        file.rows([_joined(phase["label"], _same(phase["when"])) for phase in goal["lead"]], bullets=True)
    if goal["actions"]:
        file.table(
            (texts["number"]["nl"], texts["action"], texts["who_pays"], texts["ready"]),
            [_action(action) for action in goal["actions"]],
            widths=(1, 8, 4, 3),
        )


def _action(action: Data) -> list[Cell]:
    paid = f"\n{action['paid']}" if action["paid"] else ""
    return [action["number"], action["text"], f"{action['who']}{paid}", action["ready"]]


def _route(file: WordFile, route: Data, texts: Data) -> None:
    file.heading(route["name"], 3)
    file.rows([route["meaning"]])
    file.rows([_joined(_marked(texts[each["sign"]]), each["text"]) for each in route["arguments"]], bullets=True)
    file.rows([_joined(texts["conclusion"], route["reason"])])


def _week(file: WordFile, data: Data, plan: SupportPlan, both: Bilingual) -> None:
    """Add week and year; the week once in Dutch and once in the person's language, mirrored where it is read so."""
    if data["week"] is None:
        return
    texts = data["t"]
    file.heading(data["parts"]["week"], 2)
    file.heading(data["week"]["title"], 3)
    _add_week(file, texts["week"], plan.week, (plan, data, both))
    for child in plan.children:
        _add_week(file, _same(child.name), child.half_days, (plan, data, both))
    if data["year"] is not None:
        file.heading(data["year"]["title"], 3)
        file.dutch(f"{data['year']['alt']} {data['year']['closed']}".strip())
    if data["words"]:
        file.heading(texts["words"], 3)
        file.table(
            (texts["word"], texts["meaning"]),
            [(word["word"], word["meaning"]) for word in data["words"]],
            widths=(1, 4),
        )


def _add_week(
    file: WordFile, name: Texts, half_days: Sequence[HalfDay | CareHalfDay], shown: tuple[SupportPlan, Data, Bilingual]
) -> None:
    plan, data, both = shown
    header = [name, *(both.pair(day) for day in DAYS)]
    rows = []
    for part, time in zip(PARTS, plan.times, strict=True):
        labels = {each.day: both.pair(each.label) for each in half_days if each.part == part}
        days = [labels.get(day, in_dutch("")) for day in range(len(DAYS))]
        rows.append([_joined(data["t"][part], _same(time)), *days])
    file.table(_dutch_alone(header), [_dutch_alone(row) for row in rows])
    if not both.is_dutch_alone:
        file.table(_other_alone(header), [_other_alone(row) for row in rows], mirrored=True)


def _dutch_alone(row: Sequence[Texts]) -> list[Cell]:
    return [each["nl"] for each in row]


def _other_alone(row: Sequence[Texts]) -> list[Cell]:
    return [{**each, "nl": ""} for each in row]


def _agreements(file: WordFile, data: Data) -> None:
    texts = data["t"]
    file.heading(data["parts"]["agreements"], 2)
    file.rows([point["text"] for point in data["agreements"]], bullets=True)
    if data["helpers"]:
        file.heading(texts["helpers"], 3)
        file.rows([_joined(each["role"], _same(_helper(each))) for each in data["helpers"]])
    file.heading(texts["own_words"], 3)
    file.rows(data["own_words"])
    if data["reaction"]:
        file.heading(texts["reaction"], 3)
        file.rows(data["reaction"])
    file.heading(texts["sign"], 3)
    file.rows(data["read_aloud"])
    places = data["signatures"]
    file.table([place["label"] for place in places], [[_lines(place["signed"], place["name"]) for place in places]])


def _points(file: WordFile, title: Texts, points: Sequence[Data]) -> None:
    if points:
        file.heading(title, 3)
        file.rows([point["text"] for point in points], bullets=True)


def _joined(first: Texts, second: Texts) -> Texts:
    """Return both texts on one line; without a translation of one of them its Dutch stands for the whole."""
    dutch = f"{first['nl']} {second['nl']}".strip()
    if first["gap"] or second["gap"]:
        return {"nl": dutch, "other": [[dutch, True]], "gap": True, "turned": False}
    other = [*first["other"], [" ", False], *second["other"]]
    return {"nl": dutch, "other": other, "gap": False, "turned": first["turned"] or second["turned"]}


def _helper(helper: Data) -> str:
    return " · ".join(filter(None, (helper["name"], helper["function"], helper["phone"])))


def _same(words: str) -> Texts:
    """Return a name, number or date, which is the same in both languages."""
    return {"nl": words, "other": [[words, True]], "gap": False, "turned": False}


def _marked(sign: Texts) -> Texts:
    return {**sign, "nl": f"{sign['nl']}:", "other": [*sign["other"], [":", False]]}


def _lines(*parts: str) -> str:
    return "\n".join(filter(None, parts))

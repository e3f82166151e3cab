"""A person's own copy as data for its template: pairs of texts, and one quiet line of who, when and how below each."""

from datetime import datetime

from desktop.documents.bilingual import Bilingual, Pair, person_text
from desktop.documents.meta import PAGE_SIGNS
from desktop.documents.own_copy.copy_parts import (
    CopyAttachment,
    CopyEntry,
    CopyProvenance,
    CopySection,
    CopyStep,
    CopyValue,
    OwnCopy,
)
from desktop.documents.own_copy.copy_texts import COPY, COPY_DUTCH, GROUNDS, RIGHTS
from desktop.documents.plan_data import language_data
from desktop.documents.printable_text import clean
from desktop.documents.texts import DUTCH
from desktop.i18n.formatting import format_date, format_time, language_names
from desktop.plan.model.plan_text import PlanText

_MISSING = {"attachment.not_here": "file_away", "records.no_key": "file_closed"}


def copy_data(copy: OwnCopy, both: Bilingual) -> dict[str, object]:
    """Return the data of the template `copy`."""
    values = dict(zip(("nummer", "totaal"), PAGE_SIGNS, strict=True))
    return {
        "lang": language_data(both),
        "t": {key: both.pair(text, **values) for key, text in COPY.items()},
        "doc": {
            "title": COPY["title"],
            "sender": clean(copy.organisation),
            "case": f"{DUTCH['case']} {clean(copy.case_number)}",
            "name": clean(copy.name),
            "made": format_date(copy.made.astimezone().date()),
            "page": both.pair(COPY["page"], **values),
        },
        "rights": [{"text": both.pair(text), "ground": ground} for text, ground in zip(RIGHTS, GROUNDS, strict=True)],
        "sections": [_section(section, both) for section in copy.sections if section.entries],
        "notes": [_entry(entry, both) for entry in copy.notes],
        "plan": [_entry(entry, both) for entry in copy.plan],
        "steps": [_step(step, both) for step in copy.steps],
        "attachments": [_attachment(each, both) for each in copy.attachments],
        "hidden": copy.hidden > 0,
    }


def _section(section: CopySection, both: Bilingual) -> dict[str, object]:
    return {
        "title": both.pair(section.title),
        "health": section.health,
        "entries": [_entry(entry, both) for entry in section.entries],
    }


def _entry(entry: CopyEntry, both: Bilingual) -> dict[str, object]:
    return {"label": both.pair(entry.label), "values": [_value(value, both) for value in entry.values]}


def _value(value: CopyValue, both: Bilingual) -> dict[str, object]:
    if value.status == "given":
        texts = [_own(text, both) for text in person_text(value.text)]
    else:
        texts = [both.pair(COPY[value.status])]
    source = COPY_DUTCH.get(value.source, "")
    remark = " · ".join(part for part in (_describe_mark(value.mark), source) if part)
    return {"texts": texts, "state": value.state, "remark": remark}


def _own(text: PlanText, both: Bilingual) -> Pair:
    """Return what a person said: where there is one text it stands in both columns, without the mark of a gap."""
    pair = both.pair(text)
    return {**pair, "gap": False} if text.free and not text.other else pair


def _step(step: CopyStep, both: Bilingual) -> dict[str, object]:
    return {"text": both.pair(step.what), "detail": clean(step.detail), "remark": _describe_mark(step.mark)}


def _attachment(attachment: CopyAttachment, both: Bilingual) -> dict[str, object]:
    size = f"{max(1, attachment.size // 1024)} kB"
    remark = " · ".join(
        part for part in (attachment.file, attachment.kind, size, _describe_mark(attachment.mark)) if part
    )
    why = COPY[_MISSING.get(attachment.problem, "file_damaged")] if attachment.problem else None
    return {
        "name": clean(attachment.name),
        "remark": clean(remark),
        "missing": None if why is None else both.pair(why),
    }


def _describe_mark(mark: CopyProvenance) -> str:
    """Return who, when and in which language, in Dutch: the line a professional is asked about."""
    language = language_names("nl").get(mark.language, mark.language)
    spoken = f"{language} {COPY_DUTCH['interpreter']}" if mark.interpreter else language
    parts = (_moment(mark.moment), mark.author, mark.organisation, spoken)
    return clean(" · ".join(part for part in parts if part))


def _moment(moment: datetime) -> str:
    return f"{format_date(moment.astimezone().date())} {format_time(moment)}"

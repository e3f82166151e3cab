"""A recovery sheet as data for its template."""

from collections.abc import Sequence
from datetime import date

from desktop.documents.figures.qr_code import draw_code
from desktop.documents.meta import PAGE_SIGNS
from desktop.documents.printable_text import clean
from desktop.documents.texts import PLAN, RECOVERY, RECOVERY_STEPS
from desktop.i18n.formatting import format_date
from desktop.i18n.languages import DUTCH
from desktop.plan.model.plan_text import fill


def recovery_data(words: Sequence[str], check: str, person: str, organisation: str, made: date) -> dict[str, object]:
    """Return the data of the template `recovery`; the QR code holds the words, divided by spaces."""
    title = RECOVERY["words"].replace("${aantal}", str(len(words)))
    return {
        "lang": DUTCH_ALONE,
        "t": {**RECOVERY, "words": title},
        "doc": {
            "title": RECOVERY["title"],
            "page": page_number(),
        },
        "facts": [
            {"label": RECOVERY["of"], "value": clean(person)},
            {"label": RECOVERY["organisation"], "value": clean(organisation)},
            {"label": RECOVERY["made"], "value": format_date(made)},
            {"label": RECOVERY["check"], "value": clean(check)},
        ],
        "steps": [step.partition("${code}") for step in RECOVERY_STEPS],
        "check": clean(check),
        "lost": RECOVERY["lost_more"],
        "words": [clean(word) for word in words],
        "code": draw_code(" ".join(words), 42),
    }


DUTCH_ALONE: dict[str, object] = {
    "tag": DUTCH,
    "rtl": False,
    "script": "Latn",
    "own_name": "Nederlands",
    "alone": True,
}
"""The language data of a document in Dutch only."""


def page_number() -> dict[str, object]:
    """Return the page number of a document in Dutch, with signs in the places of the numbers."""
    values = dict(zip(("nummer", "totaal"), PAGE_SIGNS, strict=True))
    return {"nl": fill(PLAN["page"], values, rtl=False), "other": [], "gap": False, "turned": False}

"""The documents there are: what each is made from."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from desktop.documents.bilingual import Bilingual
from desktop.documents.compiling import compile_pdf
from desktop.documents.copy_data import copy_data
from desktop.documents.copy_parts import OwnCopy
from desktop.documents.meta import DocumentMeta
from desktop.documents.plan_data import plan_data
from desktop.documents.recovery_data import recovery_data
from desktop.documents.report_data import report_data
from desktop.i18n.catalogue import Catalogue
from desktop.plan.model.support_plan import SupportPlan

DocumentKind = Literal["support_plan", "intake_report"]


def support_plan_pdf(
    plan: SupportPlan, texts_nl: Catalogue, texts_other: Catalogue, meta: DocumentMeta, moment: datetime
) -> bytes:
    """Return the support plan: Dutch left, the language of `texts_other` right (catalogues of the domain `plan`).

    A text without a translation shows its Dutch with the mark NL. With Dutch as the other language there is one column.
    """
    return compile_pdf(*_source("support_plan", plan, Bilingual(texts_nl, texts_other), meta), moment)


def intake_report_pdf(plan: SupportPlan, texts_nl: Catalogue, meta: DocumentMeta, moment: datetime) -> bytes:
    """Return the report of the intake, in Dutch: the statutory parts, the three routes weighed, advice, reaction."""
    return compile_pdf(*_source("intake_report", plan, Bilingual(texts_nl, texts_nl), meta), moment)


def recovery_sheet_pdf(words: Sequence[str], *, check: str, person: str, organisation: str, moment: datetime) -> bytes:
    """Return the recovery sheet of a vault: the words in order, the check code, what to do with it.

    The words are on the sheet only: the file is never kept by Opmaat, and its QR code holds the same words.
    """
    return compile_pdf("recovery", recovery_data(words, check, person, organisation, moment.date()), moment)


def own_copy_pdf(copy: OwnCopy, texts_nl: Catalogue, texts_other: Catalogue, moment: datetime) -> bytes:
    """Return a person's own copy of everything recorded about them (AVG art. 15): Dutch, and their language beside."""
    return compile_pdf("copy", copy_data(copy, Bilingual(texts_nl, texts_other)), moment)


def _source(
    kind: DocumentKind, plan: SupportPlan, both: Bilingual, meta: DocumentMeta
) -> tuple[str, dict[str, object]]:
    if kind == "intake_report":
        return "report", report_data(plan, Bilingual(both.dutch, both.dutch), meta)
    return "plan", plan_data(plan, both, meta)

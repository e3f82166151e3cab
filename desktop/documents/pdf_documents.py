"""The documents there are: what each is made from."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop.documents.bilingual import Bilingual
from desktop.documents.letterhead import letterhead_data
from desktop.documents.meta import DocumentMeta
from desktop.documents.own_copy.copy_data import copy_data
from desktop.documents.own_copy.copy_parts import OwnCopy
from desktop.documents.plan_data import plan_data
from desktop.documents.recovery_data import recovery_data
from desktop.documents.report_data import report_data
from desktop.documents.typst_compiler import compile_pdf
from desktop.i18n.catalogue import Catalogue
from desktop.plan.model.support_plan import SupportPlan

Typeset = Callable[[str, Mapping[str, object], datetime], bytes]
"""Makes a PDF of a template, its data and the moment, as `compile_pdf` does."""


@dataclass(frozen=True, slots=True)
class PlanDocument:
    """A document that is made of a support plan.

    `template` names a file in the folder of templates, without its ending; `data` returns what the template reads.
    `bilingual` tells that the person's language stands beside the Dutch; a text without a translation shows its Dutch
    with the mark NL, and with Dutch as the other language there is one column.
    """

    template: str
    data: Callable[[SupportPlan, Bilingual, DocumentMeta], dict[str, object]]
    bilingual: bool = True

    def pdf(
        self,
        plan: SupportPlan,
        texts: tuple[Catalogue, Catalogue],
        meta: DocumentMeta,
        moment: datetime,
        typeset: Typeset = compile_pdf,
    ) -> bytes:
        """Return the document, by catalogues of the domain `plan`: Dutch and other. The same bytes for the same values.

        `typeset` is what makes it of template and data, in this process or in one of its own.
        """
        texts_nl, texts_other = texts
        both = Bilingual(texts_nl, texts_other if self.bilingual else texts_nl)
        return typeset(self.template, {**self.data(plan, both, meta), **letterhead_data(meta)}, moment)


SUPPORT_PLAN = PlanDocument("plan", plan_data)
"""The support plan: Dutch left, the person's language right."""
INTAKE_REPORT = PlanDocument("report", report_data, bilingual=False)
"""The report of the intake, in Dutch: the statutory parts, the three routes weighed, advice, reaction."""


def recovery_sheet_pdf(
    words: Sequence[str],
    *,
    check: str,
    person: str,
    organisation: str,
    moment: datetime,
    typeset: Typeset = compile_pdf,
) -> bytes:
    """Return the recovery sheet of a vault: the words in order, the check code, what to do with it.

    The words are on the sheet only: the file is never kept by Opmaat, and its QR code holds the same words.
    """
    return typeset("recovery", recovery_data(words, check, person, organisation, moment.date()), moment)


def own_copy_pdf(
    copy: OwnCopy, texts_nl: Catalogue, texts_other: Catalogue, moment: datetime, typeset: Typeset = compile_pdf
) -> bytes:
    """Return a person's own copy of everything recorded about them (AVG art. 15): Dutch, and their language beside."""
    return typeset("copy", copy_data(copy, Bilingual(texts_nl, texts_other)), moment)

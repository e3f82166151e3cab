"""A support plan as PDF, against WeasyPrint setting the same texts in the same two columns and fonts."""

import base64
import html
import secrets
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from benchmarks.measure import Comparison, first_in_turn
from desktop.bootstrap.content import read_content
from desktop.documents import SUPPORT_PLAN, DocumentMeta, recovery_sheet_pdf
from desktop.documents.bilingual import Bilingual
from desktop.documents.plan_data import plan_data
from desktop.i18n.catalogue import Catalogue
from desktop.kernel.resources import asset_directory, practice_directory
from desktop.plan.model.support_plan import LegalRoute, SupportPlan
from desktop.records.journal import open_journal
from desktop.services.accounts.case_file import read_case
from desktop.services.accounts.practice import fill_practice
from desktop.services.content.known_content import KnownContent
from desktop.services.content.workbooks import Workbooks
from desktop.services.dossier.authors import WriterNames
from desktop.services.dossier.undo import UndoHistory
from desktop.services.interview.dossier_context import DossierContexts
from desktop.services.plan.plan import PlanService, PlanTexts
from desktop.vault.vault import create_vault
from protocol.identifiers import DossierId
from protocol.times import Clock, SystemClock, today

Part = Mapping[str, object]

ROUNDS = 5
NAME = "Meting"
SECTIONS = (
    ("title", "facts", "in_short", "mine", "mine_more"),
    ("story", "important", "strong", "competences", "experience", "languages", "skills", "myself", "web"),
    ("need_intro", "goals", "routes", "routes_intro", "week", "year", "words"),
    ("agreements", "helpers", "own_words", "reaction", "sign", "read_aloud", "signatures"),
)
"""The names in the data of the template, texts and values, a line for each part of the document."""

_UNSEEN = frozenset({"icon", "sign", "holder", "alt", "names"})
_STYLE = """
@font-face {{ font-family: sans; src: url({fonts}/NotoSans-Regular.ttf) }}
@font-face {{ font-family: sans; font-weight: bold; src: url({fonts}/NotoSans-Bold.ttf) }}
@font-face {{ font-family: ethiopic; src: url({fonts}/NotoSansEthiopic-Regular.ttf) }}
@font-face {{ font-family: ethiopic; font-weight: bold; src: url({fonts}/NotoSansEthiopic-Bold.ttf) }}
@page {{ size: A4; margin: 24mm 18mm 22mm }}
html {{ font: 10pt/1.45 sans }}
table {{ table-layout: fixed; width: 174mm; border-collapse: collapse }}
td {{ vertical-align: top; padding: 2mm 4mm 2mm 0; border-bottom: 0.6pt solid #7b8a93 }}
tr {{ break-inside: avoid }}
[lang=ti] {{ font-family: ethiopic, sans }}
[lang=nl] {{ font-family: sans, ethiopic }}
img {{ width: 100% }}
"""


@dataclass(frozen=True, slots=True)
class Material:
    """A derived plan and what stands around it, ready to be set."""

    plan: SupportPlan
    dutch: Catalogue
    other: Catalogue
    meta: DocumentMeta
    clock: Clock


def compare() -> Comparison:
    """Set the plan of the demonstration's person, in Dutch and Tigrinya, `ROUNDS` times with either."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    what = _material()
    page = _page(what)

    def ours() -> Callable[[], object]:
        moment = what.clock.now()
        recovery_sheet_pdf(("een", "twee"), check="twee", person=NAME, organisation=NAME, moment=moment)
        return lambda: SUPPORT_PLAN.pdf(what.plan, (what.dutch, what.other), what.meta, moment)

    def other() -> Callable[[], object]:
        fonts = FontConfiguration()
        styles = [CSS(string=_STYLE.format(fonts=asset_directory("fonts").as_uri()), font_config=fonts)]

        def make(text: str) -> object:
            return HTML(string=text).write_pdf(stylesheets=styles, font_config=fonts, pdf_variant="pdf/ua-1")

        make("<html lang=nl><title>Meting</title><p>een <p lang=ti>ሓደ")
        return lambda: make(page)

    taken, other_taken = first_in_turn(ours, other, ROUNDS)
    fairness = (
        "same sentences, figures and fonts, tagged PDF/UA-1 on both, each the first plan of a process with its fonts "
        "loaded; ours also draws the figures, repeats headers, sets cards and bands and is PDF/A-2a too; WeasyPrint "
        "starts at finished, plainer HTML"
    )
    return Comparison("Support plan to PDF", taken, other_taken, "WeasyPrint", fairness)


def _material() -> Material:
    clock = SystemClock()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        content = read_content(folder / "cache")
        vault, _words = create_vault(
            folder / "vault", person=NAME, organisation=NAME, passphrase=secrets.token_urlsafe(), clock=clock
        )
        case = read_case((practice_directory() / "case_haarlem.json").read_bytes(), today(clock))
        with closing(open_journal(vault.directory, vault, clock)) as journal:
            fill_practice(journal, content.form, [case], NAME)
            texts = PlanTexts(content.plan, content.intake)
            writers = WriterNames(journal.membership, NAME, str)
            contexts = DossierContexts(journal, content.form, clock, content.intake, writers)
            workbooks = Workbooks(KnownContent(vault), content.form, None, content.practice(), practice=True)
            plans = PlanService(contexts, workbooks, texts, NAME, UndoHistory(journal, NAME))
            plan = _decided(plans, journal.dossiers()[0], cast("Part", case.extra["plan"]))
        vault.lock()
    meta = DocumentMeta(case_number="OP-7K3Q-22JD", sender=NAME, caseworker=NAME)
    return Material(plan, content.plan("nl"), content.plan("ti"), meta, clock)


def _decided(plans: PlanService, dossier: DossierId, decisions: Part) -> SupportPlan:
    reasons = cast("Mapping[LegalRoute, str]", decisions["reasons"])
    words = cast("Mapping[str, str]", decisions["own_words"])
    for route, reason in reasons.items():
        plans.set_reason(dossier, route, reason)
    plans.propose(dossier, cast("LegalRoute", decisions["proposed"]))
    plans.set_own_words(dossier, words["nl"], words["other"])
    return plans.plan(dossier, "ti")


def _page(what: Material) -> str:
    data = plan_data(what.plan, Bilingual(what.dutch, what.other), what.meta)
    texts = data["t"]
    known = {**(texts if isinstance(texts, Mapping) else {}), **data}
    parts = "".join(f"<table>{''.join(_rows(known[name] for name in section))}</table>" for section in SECTIONS)
    return f'<html lang="nl"><head><title>Meting</title></head><body>{parts}</body></html>'


def _rows(values: Iterable[object]) -> Iterator[str]:
    """Yield a table row for every text and figure anywhere in `values`, in order."""
    for value in values:
        if isinstance(value, Mapping) and "nl" in value:
            yield _row(str(value["nl"]), "".join(_run(*run) for run in value["other"]))
        elif isinstance(value, Mapping):
            if value.get("svg"):
                yield _figure(str(value["svg"]))
            yield from _rows(item for name, item in value.items() if name not in _UNSEEN and name != "svg")
        elif isinstance(value, list):
            yield from _rows(value)
        elif isinstance(value, str) and value:
            yield _row(value, "")


def _row(dutch: str, other: str) -> str:
    return f"<tr><td>{html.escape(dutch)}<td lang=ti>{other}"


def _run(text: str, dutch: bool) -> str:  # noqa: FBT001  # as it stands in the data
    return f"<span lang=nl>{html.escape(text)}</span>" if dutch else html.escape(text)


def _figure(svg: str) -> str:
    picture = base64.b64encode(svg.encode("utf-8")).decode("ascii")
    return f'<tr><td colspan=2><img alt="" src="data:image/svg+xml;base64,{picture}">'

"""The letterhead of the organisation: on the first page, in its colour, its logo with words; nothing without one."""

import io
from datetime import UTC, datetime

from PIL import Image

from desktop.documents import INTAKE_REPORT, SUPPORT_PLAN, DocumentMeta
from desktop.documents.letterhead import letterhead_data
from desktop.i18n import load_catalogue
from desktop.plan.region.region_rules import Letterhead
from tests.unit.documents.pages import alternatives, pages_of
from tests.unit.plan.case import plan

MOMENT = datetime(2026, 11, 30, 10, tzinfo=UTC)
HEAD = Letterhead("Gemeente Proefstad", "Een schip op een golf", "#7A1F3D", "Postbus 1, 1000 AA Proefstad")


def _logo() -> bytes:
    stream = io.BytesIO()
    Image.new("RGBA", (60, 30), (122, 31, 61, 255)).save(stream, "PNG")
    return stream.getvalue()


def _plan(meta: DocumentMeta, tag: str) -> bytes:
    return SUPPORT_PLAN.pdf(plan(), (load_catalogue("nl", "plan"), load_catalogue(tag, "plan")), meta, MOMENT)


def test_a_plan_carries_name_and_logo_on_its_first_page_and_the_footer_on_every_one() -> None:
    data = _plan(DocumentMeta("OP-1", "azc Duinrand", letterhead=HEAD, logo=_logo()), "ar")
    first, *others = pages_of(data)
    assert "Gemeente Proefstad" in first
    assert all("Postbus 1, 1000 AA Proefstad" in page for page in (first, *others))
    assert not any("Gemeente Proefstad" in page for page in others)
    assert "Een schip op een golf" in alternatives(data)


def test_a_logo_is_described_in_words() -> None:
    texts = load_catalogue("nl", "plan"), load_catalogue("nl", "plan")
    meta = DocumentMeta("OP-1", "AZC", letterhead=HEAD, logo=_logo())
    assert "Een schip op een golf" in alternatives(INTAKE_REPORT.pdf(plan(), texts, meta, MOMENT))


def test_a_logo_without_words_is_called_by_the_name_and_no_letterhead_is_nothing() -> None:
    found = letterhead_data(DocumentMeta("OP-1", "AZC", letterhead=Letterhead("Gemeente Proefstad"), logo=b"\x89P"))
    assert found == {
        "letterhead": {
            "name": "Gemeente Proefstad",
            "colour": "",
            "footer": "",
            "logo": [137, 80],
            "alt": "Gemeente Proefstad",
        }
    }
    assert letterhead_data(DocumentMeta("OP-1", "AZC")) == {}

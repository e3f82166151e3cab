"""The overview of the progress on paper, previewed and saved like every other document."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.documents import DocumentMeta, ProgressPaper
from desktop.documents.bilingual import Bilingual
from desktop.documents.progress.overview_data import overview_data
from desktop.plan.progress.progress import ExamLine, Progress
from desktop.records import DocumentMade, ModuleRecorded, TalkRecorded
from desktop.services.plan.documents import PROGRESS
from tests.unit.documents.pages import pages_of, texts
from tests.unit.plan.progress.progress_case import TODAY, basis, progress
from tests.unit.services.followed_case import LATER, follow
from tests.unit.services.plan_world import World, make_world

META = DocumentMeta("OP-7K3Q-22JD", "Gemeente Waterbeke")


@pytest.fixture
def followed(tmp_path: Path) -> Iterator[World]:
    """Return a world in which the case was followed until April."""
    world = make_world(tmp_path, follow)
    world.town.clock.moment += LATER
    yield world
    world.close()


def _sections(paper: ProgressPaper, tag: str = "ti") -> dict[str, list[str]]:
    data = overview_data(paper, Bilingual(texts("nl"), texts(tag)), META)
    found: dict[str, list[str]] = {}
    for section in data["sections"]:  # type: ignore[attr-defined]  # a list of sections
        found[section["key"]] = [text["nl"] for row in section["rows"] for text in row["texts"]]
    return found


def test_it_is_previewed_in_two_languages_and_saved_with_its_digest(followed: World, tmp_path: Path) -> None:
    documents = followed.town.services.documents
    shown = documents.preview(PROGRESS, followed.dossier)
    words = " ".join(" ".join(pages_of(shown.pdf)).split())
    for part in (
        "Uw voortgang",
        "ምዕባለኹም",
        "Ik begrijp de dokter nu zonder tolk.",
        "112 van 900 uur, geschat in het besluit",
    ):
        assert part in words, part
    assert (shown.kinds, shown.language, shown.file_name[:10]) == ((PROGRESS,), "ti", "voortgang-")
    done = documents.save(shown, tmp_path / shown.file_name)
    made = [each.body for each in followed.town.journal.view(followed.dossier).documents]
    assert made[-1] == DocumentMade(PROGRESS, "ti", done.digest)
    again = documents.preview(PROGRESS, followed.dossier, "ar")
    assert (again.language, again.pdf == shown.pdf) == ("ar", False)


def test_every_part_says_amounts_and_days(followed: World) -> None:
    found = _sections(followed.town.services.progress.paper(followed.dossier, "ti"))
    assert list(found) == ["route", "hours", "levels", "exams", "talks"]
    assert found["route"][:2] == [
        "11-01-2027 tot en met 26-03-2027: klaar",
        "29-03-2027 tot en met 18-06-2027: nu bezig",
    ]
    assert "Afgesloten op 29-01-2027" in found["hours"]
    assert found["hours"][-1] == "Dagdelen met bericht: 4. Dagdelen zonder bericht: 1."
    assert found["levels"][:3] == ["Bij de intake: A1", "Nu: A2 (02-04-2027)", "Doel in het plan: B1"]
    assert found["exams"][0] == "aangemeld voor 14-06-2027"
    assert found["talks"][-2:] == ["Gepland op 15-04-2027", "Tolk op video · kamer 2"]


def test_words_stand_beside_the_dutch_only_in_the_language_they_were_said_in(followed: World) -> None:
    paper = followed.town.services.progress.paper(followed.dossier, "ar")
    data = overview_data(paper, Bilingual(texts("nl"), texts("ar")), META)
    assert data["spoken"]["gap"] is True  # type: ignore[index]  # a pair of texts


def test_nothing_recorded_is_an_overview_without_empty_parts() -> None:
    empty = ProgressPaper(Progress(today=TODAY), "Luwam", "ti")
    assert _sections(empty) == {}
    assert overview_data(empty, Bilingual(texts("nl"), texts("nl")), META)["spoken"] is None


def test_what_has_no_number_no_day_and_no_place_is_said_without() -> None:
    on = basis({"route/proposed": "Z", "route/region": "start", "pip/map_hours": None})
    planned = TalkRecorded("t", 1, "planned", "2027-05-01", "", "", "", "", "", "ti")
    remark = ModuleRecorded("m", "start", "start_1", "repeated", "2027-03-01", "meer tijd")
    found = _sections(ProgressPaper(progress(planned, remark, on=on), "Luwam", "ti"))
    assert "exams" not in found
    assert "0 uur gevolgd" in found["hours"]
    assert found["talks"] == ["Gepland op 01-05-2027"]
    assert "meer tijd" in found["route"]
    odd = Progress(today=TODAY, exams=(ExamLine("KNM", "passed"),))
    assert _sections(ProgressPaper(odd, "Luwam", "ti"))["exams"] == ["gehaald op –"]


def test_what_the_law_asks_stands_first_with_its_article() -> None:
    paper = ProgressPaper(progress(), "Luwam", "ti")
    assert next(iter(_sections(paper))) == "law"

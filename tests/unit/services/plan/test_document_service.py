import hashlib
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.services.interview.printed_interview import PrintedInterviews
from desktop.services.plan.documents import BLANK_INTERVIEW, INTAKE_REPORT, INTERVIEW_SO_FAR, SUPPORT_PLAN
from protocol.errors import EnvironmentProblem
from tests.unit.services.interview_fixture import ref
from tests.unit.services.plan_world import World, decide


@pytest.fixture(autouse=True)
def _decided(world: World) -> None:
    decide(world.azc, world.dossier)


def test_a_preview_shows_the_pages_that_will_be_printed(world: World) -> None:
    preview = world.azc.services.documents.preview(SUPPORT_PLAN, world.dossier)
    assert preview.language == "ti"
    assert preview.languages == ("ti", "en")
    assert len(preview.pages) > 3
    assert preview.pdf.startswith(b"%PDF")


def test_what_is_saved_is_what_was_looked_at(world: World, tmp_path: Path) -> None:
    documents = world.azc.services.documents
    preview = documents.preview(INTAKE_REPORT, world.dossier)
    made = documents.save(preview, tmp_path / "report.pdf")
    assert (tmp_path / "report.pdf").read_bytes() == preview.pdf
    remembered = world.azc.journal.view(world.dossier).documents[-1].body
    assert (remembered.kind, remembered.digest) == (INTAKE_REPORT, made.digest)


def test_the_same_document_is_made_once_a_day_and_anew_after_an_answer(world: World) -> None:
    documents, case = world.azc.services.documents, world.dossier
    first = documents.preview(SUPPORT_PLAN, case)
    assert documents.preview(SUPPORT_PLAN, case).pdf is first.pdf
    world.azc.services.interview.open(case)
    world.azc.services.interview.answer(case, ref("beschikbaar_uren"), "given", "3")
    changed = documents.preview(SUPPORT_PLAN, case)
    assert changed.pdf != first.pdf
    world.azc.clock.moment += timedelta(days=1)
    assert documents.preview(SUPPORT_PLAN, case).pdf != changed.pdf


def test_a_file_is_named_after_the_case_and_never_after_a_person(world: World) -> None:
    name = world.azc.services.documents.file_name(SUPPORT_PLAN, world.dossier)
    assert name.startswith("ondersteuningsplan-OP-")
    assert "uwam" not in name


@pytest.mark.parametrize("kind", [SUPPORT_PLAN, INTAKE_REPORT])
def test_an_export_is_whole_and_remembered_by_its_digest(world: World, tmp_path: Path, kind: str) -> None:
    documents = world.azc.services.documents
    path = tmp_path / "plan.pdf"
    known = SUPPORT_PLAN if kind == SUPPORT_PLAN else INTAKE_REPORT
    made = documents.export(known, world.dossier, "ti", path)
    data = path.read_bytes()
    assert data.startswith(b"%PDF")
    assert made.digest == hashlib.sha256(data).hexdigest()
    remembered = world.azc.journal.view(world.dossier).documents[-1].body
    assert (remembered.kind, remembered.language, remembered.digest) == (kind, "ti", made.digest)


def test_a_folder_that_is_not_there_writes_no_event(world: World, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem) as caught:
        world.azc.services.documents.export(SUPPORT_PLAN, world.dossier, "ti", tmp_path / "none" / "plan.pdf")
    assert caught.value.code == "files.not_found"
    assert world.azc.journal.view(world.dossier).documents == ()


def test_the_interview_is_made_with_what_was_said_and_blank_in_two_languages(world: World) -> None:
    documents = world.azc.services.documents
    said = documents.preview(INTERVIEW_SO_FAR, world.dossier, "ar")
    blank = documents.preview(BLANK_INTERVIEW, world.dossier, "ar")
    assert said.kinds == blank.kinds == (INTERVIEW_SO_FAR, BLANK_INTERVIEW)
    assert said.file_name.startswith("gesprek-OP-")
    assert len(blank.pages) > len(said.pages) > 3


def test_the_blank_interview_has_every_question_and_no_answer(world: World) -> None:
    paper = _printed(world).paper(world.dossier, "ar", blank=True)
    lines = [line for section in paper.sections for line in section.lines]
    asked = {line.question.source for line in lines}
    assert {"Wat is uw V-nummer?", "Hoeveel kinderen hebt u?", "Waar is hij of zij nu?"} <= asked
    assert all(line.answer is None and (line.choices or line.lines) for line in lines)
    assert all(line.question.other for line in lines)


def test_what_was_said_so_far_has_each_answer_and_what_is_missing_at_its_place(world: World) -> None:
    paper = _printed(world).paper(world.dossier, "ti", blank=False)
    lines = {line.question.source: line for section in paper.sections for line in section.lines}
    told = lines["Is aan u verteld dat u alleen mag praten?"].answer
    assert told is not None
    assert (told.source, told.other) == ("Ja", "እወ")
    states = {line.state for line in lines.values()}
    assert {"", "open", "declined", "unknown"} <= states


@pytest.mark.parametrize("blank", [True, False])
def test_the_interview_on_paper_calls_the_person_by_the_name_that_was_answered(world: World, *, blank: bool) -> None:
    world.azc.services.interview.answer(world.dossier, ref("roepnaam"), "given", "Selamawit")
    assert _printed(world).paper(world.dossier, "ti", blank=blank).name == "Selamawit"


def _printed(world: World) -> PrintedInterviews:
    return world.azc.services.documents.sources.interviews

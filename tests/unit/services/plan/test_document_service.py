import hashlib
from pathlib import Path

import pytest

from desktop.services.plan.documents import INTAKE_REPORT, SUPPORT_PLAN
from protocol.errors import EnvironmentProblem
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

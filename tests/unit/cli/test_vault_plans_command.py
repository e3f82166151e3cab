"""`opmaat vault plans` as people run it."""

import io
import json
import subprocess
from pathlib import Path

import pytest
from docx import Document

from desktop.vault.trust.organisation import create_organisation
from protocol.certificates import RECEPTION
from protocol.identifiers import DossierId, case_number
from tests import warm
from tests.unit.records.cases import CONTEXT, Laptop, new_laptop
from tests.unit.vault.people import PASSPHRASE

NAMES = ("Luwam", "Rahwa")


@pytest.fixture
def cases(tmp_path: Path) -> tuple[DossierId, ...]:
    """A closed vault below `tmp_path/vaults` with two people in it."""
    (tmp_path / "vaults").mkdir(mode=0o700)
    laptop: Laptop = new_laptop(tmp_path / "vaults", create_organisation("AZC Haarlem", RECEPTION))
    made = tuple(laptop.journal.create_dossier(name, ("ti",), CONTEXT) for name in NAMES)
    laptop.journal.close()
    laptop.vault.lock()
    (tmp_path / "plans").mkdir()
    return made


def _run(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    to = ("--to", str(data / "plans"))
    return warm.run("desktop", "--data", str(data), "vault", "plans", *arguments, *to, typed=f"{PASSPHRASE}\n")


def test_all_plans_are_written_for_another_program(cases: tuple[DossierId, ...], tmp_path: Path) -> None:
    done = _run(tmp_path, "--as", "json")
    assert done.returncode == 0, done.stderr
    files = {path.name: json.loads(path.read_bytes()) for path in (tmp_path / "plans").iterdir()}
    assert set(files) == {f"ondersteuningsplan-{case_number(each)}.json" for each in cases}
    assert {file["case"] for file in files.values()} == {case_number(each) for each in cases}
    assert all(file["plan"]["made"] for file in files.values())
    assert "not sealed" in done.stderr
    assert not any(name in done.stdout + done.stderr for name in NAMES)


def test_one_plan_is_written_to_go_on_writing_in(cases: tuple[DossierId, ...], tmp_path: Path) -> None:
    done = _run(tmp_path, case_number(cases[0]), "--as", "docx")
    assert done.returncode == 0, done.stderr
    (file,) = (tmp_path / "plans").iterdir()
    assert file.suffix == ".docx"
    foot = Document(io.BytesIO(file.read_bytes())).sections[0].footer.paragraphs[0].text
    assert case_number(cases[0]) in foot


@pytest.mark.usefixtures("cases")
def test_plans_on_paper_are_written_without_asking_for_a_kind(tmp_path: Path) -> None:
    done = _run(tmp_path)
    assert done.returncode == 0, done.stderr
    files = list((tmp_path / "plans").iterdir())
    assert len(files) == len(NAMES)
    assert all(path.read_bytes().startswith(b"%PDF") for path in files)


@pytest.mark.usefixtures("cases")
def test_a_case_that_is_not_here_is_told(tmp_path: Path) -> None:
    done = _run(tmp_path, "OP-0000-0000")
    assert done.returncode == 1
    assert done.stderr.startswith("records.dossier_unknown")
    assert list((tmp_path / "plans").iterdir()) == []


def test_the_schema_is_printed_without_a_vault(tmp_path: Path) -> None:
    done = _run(tmp_path, "--schema")
    assert done.returncode == 0
    assert json.loads(done.stdout)["title"] == "opmaat-plan/1"

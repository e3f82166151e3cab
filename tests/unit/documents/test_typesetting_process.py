"""A document is made in a process of its own: the same bytes, the same codes, and nothing of typst stays behind."""

import subprocess
import sys
from datetime import UTC, date, datetime

import pytest

from desktop.documents import typst_compiler
from desktop.documents.recovery_data import recovery_data
from desktop.documents.typesetting import isolated_process
from desktop.kernel import isolated_python
from protocol.errors import EnvironmentProblem

MOMENT = datetime(2026, 11, 24, tzinfo=UTC)
DATA = recovery_data(("een", "twee"), "twee", "S. de Wit", "azc Duinrand", date(2026, 11, 24))


def test_the_other_process_makes_the_same_document() -> None:
    assert isolated_process.compile_pdf("recovery", DATA, MOMENT) == typst_compiler.compile_pdf(
        "recovery", DATA, MOMENT
    )


def test_this_process_does_not_load_typst_for_it() -> None:
    program = (
        "import sys; from desktop.documents.typesetting import isolated_process; from tests.unit.documents import "
        "test_typesetting_process as t; isolated_process.compile_pdf('recovery', t.DATA, t.MOMENT); "
        "print('typst' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.strip() == "False"


def test_a_template_that_fails_comes_home_with_its_code() -> None:
    with pytest.raises(EnvironmentProblem) as caught:
        isolated_process.compile_pdf("recovery", {}, MOMENT)
    assert caught.value.code == "documents.failed"


@pytest.mark.parametrize("program", ["import os; os.abort()", "print()", "raise SystemExit(3)"])
def test_a_process_that_breaks_is_told_and_not_waited_for(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolated_process, "command", lambda _module, _packaged: [sys.executable, "-c", program])
    with pytest.raises(EnvironmentProblem) as caught:
        isolated_process.compile_pdf("recovery", DATA, MOMENT)
    assert caught.value.code == "documents.failed"


def test_a_packed_program_asks_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert isolated_python.command("desktop.documents.typesetting.worker", "document-worker") == [
        sys.executable,
        "document-worker",
    ]

"""The main job from the first invitation to the accepted case, on the real screens, a real server, real processes."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests import places

ROOT = places.ROOT


@pytest.mark.long
@pytest.mark.parametrize("case", ["case_haarlem.json", "case_roermond.json"])
def test_the_demonstration_of_each_invented_case_ends_well(case: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "demo", "--case", str(ROOT / "demo" / case), "--out", str(tmp_path / "out")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603  # our own program
    assert done.returncode == 0, done.stdout + done.stderr
    assert "none found" in done.stdout
    for name in ("support-plan.pdf", "intake-report.pdf", "municipality/support-plan.pdf"):
        assert (tmp_path / "out" / name).read_bytes().startswith(b"%PDF-1.")
    assert len(list((tmp_path / "out" / "screens").rglob("*.png"))) > 20

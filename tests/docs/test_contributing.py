"""The tour in CONTRIBUTING.md names files that are there, and no change touches more than four."""

import re

from tests.places import ROOT

MOST = 4


def test_the_tour_names_files_that_are_there_and_few_of_them() -> None:
    tour = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("## Ten changes")[2].partition("\n## ")[0]
    rows = [
        line.split("|")[1:3] for line in tour.splitlines() if line.startswith("| ") and not line.startswith("| change")
    ]
    assert len(rows) == 10
    assert [change for change, files in rows if files.count(",") + 1 > MOST] == []
    named = {
        name for _, files in rows for name in re.findall(r"`([a-z_/.]+)`", files) if "/" in name or name == "locale"
    }
    assert sorted(name for name in named if not (ROOT / name).exists()) == []

"""Each promise of the threat model names tests, and they are there."""

import re

from tests import places

ROOT = places.ROOT
MODEL = (ROOT / "docs" / "threat-model.md").read_text("utf-8")


def _promises() -> list[tuple[str, list[str]]]:
    """Return each row of a table of promises, with the tests it names."""
    found, inside = [], False
    for line in MODEL.splitlines():
        if not line.startswith("|"):
            inside = False
        elif line == "| promise | shown by |":
            inside = True
        elif inside and not line.startswith("|---"):
            _, promise, shown, _ = line.split("|")
            found.append((promise.strip(), re.findall(r"`([^`]+)`", shown)))
    return found


def test_every_promise_names_a_test_that_is_there() -> None:
    promises = _promises()
    assert len(promises) > 20
    assert [promise for promise, tests in promises if not tests] == []
    named = {test for _, tests in promises for test in tests}
    assert [test for test in sorted(named) if not (ROOT / test.partition("::")[0]).is_file()] == []


def test_it_says_what_is_not_promised() -> None:
    assert "## What is not promised" in MODEL

"""Broken input of every kind: the corpus, and damage done to good input. `make fuzz` does the latter for longer."""

import json
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.forms import check_workbook
from desktop.forms.document.xml_reader import read_xml
from desktop.forms.model.build import read_form
from desktop.i18n.messages import all_messages
from protocol.errors import OpmaatError
from tests.examples import examples
from tests.fuzz.targets import CORPUS, form_beside, targets

EXPECTED: dict[str, dict[str, str]] = json.loads((CORPUS / "expected.json").read_text("utf-8"))


_ROUNDS = {
    "expression": 20,
    "xls": 10,
    "xls form": 5,
    "csv beside": 5,
    "xml beside": 20,
    "geojson beside": 20,
} | dict.fromkeys(
    (
        "xml",
        "xform",
        "md",
        "csv",
        "xlsx",
        "xlsx form",
        "styled",
        "script md",
        "script json",
        "overview",
        "workbook written",
    ),
    1,
)
"""How many inputs each example of a target is: few where one takes long, so that all of them take about as long."""


def _codes(path: Path, read_as: str) -> list[str]:
    data = path.read_bytes()
    try:
        if read_as == "beside":
            read_form(read_xml(form_beside(path.name)), None, {path.name: data})
            return []
        found = check_workbook(data, read_as, media={})  # type: ignore[arg-type]  # the kinds stand in the file
    except OpmaatError as error:
        return [error.code]
    return [problem.code for problem in found]


def test_every_file_of_the_corpus_has_its_code() -> None:
    assert set(EXPECTED) == {path.name for path in CORPUS.iterdir()} - {"expected.json"}
    assert {expected["code"] for expected in EXPECTED.values()} <= set(all_messages())


def test_every_target_has_its_number_of_rounds() -> None:
    assert set(_ROUNDS) == set(targets())


@pytest.mark.parametrize("name", EXPECTED)
def test_a_broken_file_is_refused_by_its_code(name: str) -> None:
    assert EXPECTED[name]["code"] in _codes(CORPUS / name, EXPECTED[name]["read_as"])


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
@pytest.mark.parametrize("name", _ROUNDS)
@settings(max_examples=examples(40))
@given(seed=st.integers(0, 2**32))
def test_damaged_input_gives_a_form_or_a_coded_error(name: str, seed: int) -> None:
    _damage(name, seed)


@pytest.mark.long
@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
@pytest.mark.parametrize("name", _ROUNDS)
@settings(max_examples=examples(600))
@given(seed=st.integers(0, 2**32))
def test_a_minute_of_damaged_input_gives_forms_and_coded_errors(name: str, seed: int) -> None:
    _damage(name, seed)


def _damage(name: str, seed: int) -> None:
    target = targets()[name]
    source = Random(seed)  # noqa: S311  # repeatable
    for _ in range(_ROUNDS[name]):
        data = target.damage(target.seeds, source)
        try:
            found = target.run(data)
        except OpmaatError as error:
            assert error.code in all_messages(), error.code
            continue
        for problem in found if isinstance(found, tuple) else ():
            assert problem.code in all_messages(), problem.code

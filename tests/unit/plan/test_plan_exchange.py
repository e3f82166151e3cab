"""The plan for other programs: what is written is what the published schema says, in both languages."""

import json
from pathlib import Path

import jsonschema_rs
import pytest

from desktop.i18n.catalogue import load_catalogue
from desktop.plan.model.frozen_plan import PlanColumns
from desktop.plan.model.plan_exchange import PlanOrigin, exchange_schema, exchanged
from desktop.plan.model.support_plan import SupportPlan
from tests.unit.plan.case import TODAY, plan

PUBLISHED = Path(__file__).parents[3] / "docs" / "formats" / "plan.schema.json"
ORIGIN = PlanOrigin("OP-7K3Q-22JD", "Gemeente Waterbeke", 2)


def _columns(tag: str) -> PlanColumns:
    dutch, other = load_catalogue("nl", "plan"), load_catalogue(tag, "plan")
    return PlanColumns(dutch.find, other.find, tag, other.language.is_rtl)


def test_the_published_schema_is_the_one_of_the_program() -> None:
    assert json.loads(PUBLISHED.read_bytes()) == exchange_schema()


@pytest.mark.parametrize("tag", ["nl", "en", "ti", "ar"])
def test_a_plan_is_written_as_the_schema_says(tag: str) -> None:
    schema = jsonschema_rs.validator_for(json.loads(PUBLISHED.read_bytes()))
    for shown in (plan(), SupportPlan(name="Luwam", made=TODAY)):
        schema.validate(json.loads(exchanged(shown, _columns(tag), ORIGIN)))


def test_the_schema_refuses_what_is_no_plan() -> None:
    schema = jsonschema_rs.validator_for(exchange_schema())
    written = json.loads(exchanged(plan(), _columns("ti"), ORIGIN))
    assert schema.is_valid(written)
    for name in ("format", "plan"):
        assert not schema.is_valid({key: value for key, value in written.items() if key != name})
    assert not schema.is_valid({**written, "format": "opmaat-plan/2"})
    written["plan"]["goals"][0]["text"] = "words"
    assert not schema.is_valid(written)


def test_texts_stand_in_both_languages_and_the_same_plan_is_the_same_bytes() -> None:
    written = exchanged(plan(), _columns("ti"), ORIGIN)
    assert written == exchanged(plan(), _columns("ti"), ORIGIN)
    goal = json.loads(written)["plan"]["goals"][0]
    assert goal["text"]["nl"] == plan().goals[0].text.dutch
    assert any(ord(letter) >= 0x1200 for letter in goal["text"]["other"])
    assert goal["actions"][0]["due"] is None or len(goal["actions"][0]["due"]) == len("2026-11-22")


def test_what_has_no_translation_is_blank_in_the_other_language() -> None:
    lost = PlanColumns(lambda _msgid: None, lambda _msgid: None, "en", rtl=False)
    texts = json.loads(exchanged(plan(), lost, ORIGIN))["plan"]["goals"][0]["text"]
    assert texts["nl"]
    assert texts["other"] == ""

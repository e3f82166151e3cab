"""The letter of the decision (PIP): what it says, in both languages, as a draft and as it was issued."""

import pytest

from desktop.documents import DecisionPaper
from desktop.documents.bilingual import Bilingual
from desktop.documents.decision.decision_data import decision_data
from desktop.plan.pip.decision import PipDecision
from tests.unit.documents.pages import decision_pdf, pages_of, structure, texts
from tests.unit.plan.pip.pip_case import FILLED, decision


@pytest.mark.parametrize("tag", ["ti", "ar", "en"])
def test_every_part_of_the_decision_is_on_the_page(tag: str) -> None:
    words = " ".join(" ".join(pages_of(decision_pdf(tag))).split())
    for said in (FILLED["pip/college"], FILLED["pip/signer"], "Duinweg 1", "06 0000 0002", "24-11-2026"):
        assert str(said) in words
    assert "Uw leerroute is de B1-route." in words
    assert "tot en met 06-01-2027" in words
    assert "Concept: dit is nog geen besluit." in words
    _kinds, languages = structure(decision_pdf(tag))
    assert any(each.startswith(tag) for each in languages)


def test_an_issued_decision_has_its_seal_and_is_no_draft() -> None:
    words = " ".join(pages_of(decision_pdf("ti", "E145 7F74 D611")))
    assert "zegel E145 7F74 D611" in words
    assert "Concept" not in words


def test_in_dutch_alone_there_is_one_column() -> None:
    data = decision_data(DecisionPaper(decision(), "OP-1", "nl", 1), Bilingual(texts("nl"), texts("nl")))
    assert all(pair["other"] == [] for pair in data["decided"])  # type: ignore[attr-defined]  # pairs


def test_a_decision_without_anything_is_a_letter_that_says_nothing() -> None:
    data = decision_data(DecisionPaper(PipDecision(), "OP-1", "ti", 1), Bilingual(texts("nl"), texts("ti")))
    assert (data["parts"], data["reasons"], data["dates"], data["decided"]) == ([], [], [], [])
    assert data["objection"] == {"texts": [], "basis": ""}


def test_the_plan_that_goes_along_is_named_by_its_seal() -> None:
    paper = DecisionPaper(PipDecision(plan_number=2, plan_seal="AB12"), "OP-1", "ti", 1, "CD34")
    data = decision_data(paper, Bilingual(texts("nl"), texts("ti")))
    assert data["attachments"][0]["nl"] == "Uw plan (deel 2), versie 2, zegel AB12"  # type: ignore[index]  # pairs

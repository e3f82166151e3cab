from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractButton, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.bootstrap.content import Content
from desktop.records import ConflictSettled
from desktop.ui.conflict.conflict_page import ConflictPage
from desktop.ui.kit.typography.text import Text
from desktop.vault.trust.organisation import create_organisation
from protocol.identifiers import DossierId
from tests.ui.inspection import clipped, nameless, rest, without_object_name
from tests.ui.table_on_screen import Screen, child, open_screen
from tests.unit.records.cases import CONTEXT, new_laptop, share
from tests.unit.services.interview_fixture import InterviewFixture, ref

HOURS = "beschikbaar_uren"


@pytest.fixture
def met(qtbot: QtBot, tmp_path: Path, content: Content) -> Iterator[tuple[Screen, DossierId]]:
    """Return a screen on a dossier in which two laptops answered one question differently."""
    organisation = create_organisation("azc Duinrand", "reception")
    here, there = new_laptop(tmp_path / "here", organisation), new_laptop(tmp_path / "there", organisation, "T. Bakker")
    dossier = here.journal.create_dossier("Amina", ("ar", "en"), CONTEXT)
    share(here, there)
    first, second = InterviewFixture(here, dossier), InterviewFixture(there, dossier)
    first.interview.answer(dossier, ref(HOURS), "given", "16")
    first.interview.note(dossier, ref(HOURS), "Er is nog geen opvang.")
    second.interview.switch(dossier, "en")
    second.interview.answer(dossier, ref(HOURS), "given", "24")
    share(there, here)
    here.journal.close()
    screen = open_screen(qtbot, here.vault, content)
    yield screen, dossier
    screen.close()
    there.journal.close()


def open_page(met: tuple[Screen, DossierId]) -> ConflictPage:
    screen, dossier = met
    page = screen.show(ConflictPage(screen.context))
    page.show_dossier(dossier)
    screen.settle()
    rest()
    return page


def settled(met: tuple[Screen, DossierId]) -> list[ConflictSettled]:
    screen, dossier = met
    return [event.body for event in screen.events(dossier) if isinstance(event.body, ConflictSettled)]


def test_both_answers_stand_side_by_side_and_nothing_is_chosen_beforehand(met: tuple[Screen, DossierId]) -> None:
    page = open_page(met)
    shown = {child(page, Text, f"conflict.side.{at}.answer").plain() for at in (0, 1)}
    assert shown == {"16 uur per week", "24 uur per week"}
    assert not child(page, QAbstractButton, "conflict.keep").isEnabled()
    assert (clipped(page), nameless(page), without_object_name(page)) == ([], [], [])


def test_choosing_one_is_an_event_and_leads_back(met: tuple[Screen, DossierId]) -> None:
    screen, _ = met
    page = open_page(met)
    child(page, QAbstractButton, "conflict.side.1").click()
    child(page, QAbstractButton, "conflict.keep").click()
    screen.settle()
    assert [body.address for body in settled(met)] == [ref(HOURS)]
    assert screen.went == [("review", "")]


def test_combining_takes_a_value_and_a_note(met: tuple[Screen, DossierId]) -> None:
    screen, _ = met
    page = open_page(met)
    child(page, QAbstractButton, "conflict.combine").click()
    child(page, QLineEdit, "conflict.value").setText("16")
    child(page, QLineEdit, "conflict.note").setText("24 zodra de opvang rond is")
    child(page, QAbstractButton, "conflict.keep").click()
    screen.settle()
    assert [(body.value, body.note) for body in settled(met)] == [("16", "24 zodra de opvang rond is")]


def test_a_refused_combination_stays_and_says_why(met: tuple[Screen, DossierId]) -> None:
    screen, _ = met
    page = open_page(met)
    child(page, QAbstractButton, "conflict.combine").click()
    child(page, QLineEdit, "conflict.value").setText("99")
    child(page, QAbstractButton, "conflict.keep").click()
    screen.settle()
    assert settled(met) == []
    assert "Vul een getal in van 0 tot 40." in [text.plain() for text in page.findChildren(Text)]


def test_asking_again_opens_the_question(met: tuple[Screen, DossierId]) -> None:
    screen, _ = met
    page = open_page(met)
    child(page, QAbstractButton, "conflict.again").click()
    screen.settle()
    assert screen.went == [("interview", ref(HOURS))]


def test_the_question_itself_leads_here(met: tuple[Screen, DossierId]) -> None:
    screen, dossier = met
    page = screen.interview(dossier, ref(HOURS))
    child(page, QAbstractButton, "interview.conflict").click()
    assert screen.went == [("conflict", ref(HOURS))]


def test_combining_looks_chosen_only_when_it_is(met: tuple[Screen, DossierId]) -> None:
    screen, _ = met
    page = open_page(met)
    combine = child(page, QAbstractButton, "conflict.combine")
    zone = combine.parentWidget()
    assert zone is not None

    def ground() -> QColor:
        corner = zone.mapTo(page, QPoint(6, zone.height() - 6))
        return page.grab().toImage().pixelColor(corner)

    assert ground() == screen.context.theme.colour("surface")
    combine.click()
    rest()
    assert ground() == screen.context.theme.colour("primary_tint")
    child(page, QAbstractButton, "conflict.side.0").click()
    rest()
    assert ground() == screen.context.theme.colour("surface")

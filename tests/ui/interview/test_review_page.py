from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from desktop.bootstrap.opening import Content
from desktop.ui.kit.typography.text import Text
from desktop.ui.review.review_page import ReviewPage
from protocol.identifiers import DossierId
from tests.ui.inspection import clipped, nameless, rest, without_object_name
from tests.ui.table_on_screen import Screen, child, new_vault_at, open_screen
from tests.unit.services.interview_fixture import ref


@pytest.fixture
def screen(qtbot: QtBot, tmp_path: Path, content: Content) -> Iterator[Screen]:
    opened = open_screen(qtbot, new_vault_at(tmp_path), content)
    yield opened
    opened.close()


def review(screen: Screen, dossier: DossierId) -> ReviewPage:
    page = screen.show(ReviewPage(screen.context))
    page.show_dossier(dossier)
    screen.settle()
    rest()
    return page


def test_the_list_leads_to_its_questions(screen: Screen) -> None:
    dossier = screen.new_dossier()
    page = review(screen, dossier)
    child(page, QAbstractButton, "review.item.roepnaam").click()
    assert screen.went == [("interview", ref("roepnaam"))]


def test_every_control_is_named_and_no_text_is_cut(screen: Screen) -> None:
    dossier = screen.new_dossier()
    screen.answer(dossier, ref("dialect"), "", "declined")
    page = review(screen, dossier)
    assert (clipped(page), nameless(page), without_object_name(page)) == ([], [], [])


def test_a_filter_shows_what_was_declined(screen: Screen) -> None:
    dossier = screen.new_dossier()
    screen.answer(dossier, ref("dialect"), "", "declined")
    page = review(screen, dossier)
    assert page.findChildren(QAbstractButton, "review.item.dialect") == []
    child(page, QAbstractButton, "review.filter.declined").click()
    rest()
    assert child(page, QAbstractButton, "review.item.dialect").isVisible()


def test_answers_given_elsewhere_leave_the_list(screen: Screen) -> None:
    dossier = screen.new_dossier()
    page = review(screen, dossier)
    before = child(page, Text, "review.said").plain()
    given = screen.run(lambda: screen.services.interview.answer(dossier, ref("roepnaam"), "given", "Selam"))
    page.refresh(given.changes)
    screen.settle()
    assert child(page, Text, "review.said").plain() != before

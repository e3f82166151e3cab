"""A question with the styling of its form, on the real page."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.bootstrap.content import Content
from desktop.forms import read_workbook
from desktop.forms.reader.form_reader import INTAKE
from desktop.services.dossier.form_locale import FORM_LOCALE
from desktop.ui.kit.surfaces.book import BookCard
from desktop.ui.kit.typography.text import Text
from tests.ui.inspection import clipped, nameless, rest
from tests.ui.table_on_screen import Screen, child, new_vault_at, open_screen
from tests.unit.services.interview_fixture import ref

PLAIN = "| roepnaam | Hoe wilt u genoemd worden? |"
STYLED = "| roepnaam | Hoe wilt u **genoemd** worden? <span style='color:#b00020'>\\*</span> |"


@pytest.fixture
def screen(qtbot: QtBot, tmp_path: Path, content: Content) -> Iterator[Screen]:
    written = INTAKE.read_text("utf-8")
    assert PLAIN in written
    form = read_workbook(written.replace(PLAIN, STYLED), "md", locale=FORM_LOCALE)
    opened = open_screen(qtbot, new_vault_at(tmp_path), replace(content, form=form))
    yield opened
    opened.close()


def test_the_question_stands_out_as_its_form_says_and_is_read_plain(screen: Screen) -> None:
    page = screen.interview(screen.new_dossier(), ref("roepnaam"))
    question = child(page, Text, "interview.card.first.question")
    assert question.plain() == question.accessibleName() == "Hoe wilt u genoemd worden? *"
    assert 'font-weight:700">genoemd' in question.text()
    assert "color:#b00020" in question.text()
    screen.settle()
    rest()
    card = child(page, BookCard, "interview.card")
    assert (clipped(card), nameless(card)) == ([], [])


def test_no_name_of_a_control_carries_the_signs_of_the_styling(screen: Screen) -> None:
    page = screen.interview(screen.new_dossier(), ref("roepnaam"))
    names = [widget.accessibleName() for widget in page.findChildren(QWidget)]
    assert [name for name in names if "**" in name or "span" in name] == []
    assert any("genoemd" in name for name in names)

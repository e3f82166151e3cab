"""The page of the day on real widgets: who stands there, why, and what one does about it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit

from desktop.i18n import format_date
from desktop.kernel.changes import Aspect, Changes, changed
from desktop.services.today.needs import Reason
from desktop.ui.kit.controls.date_input import DateInput
from desktop.ui.kit.typography.text import Text
from desktop.ui.today.task_sheet import TaskSheet
from desktop.ui.today.today_page import TodayPage
from desktop.ui.today.today_table import TodayTable
from protocol.identifiers import DossierId
from protocol.times import today
from tests.ui.inspection import clipped, control, nameless, press, rest, unreachable, visible_texts, without_object_name
from tests.ui.still import Stage, hold, let_go
from tests.unit.services.plan_world import World

AMINA, SAMUEL = "Amina Yusuf", "Samuel Haile"


@pytest.fixture
def amina(world: World) -> DossierId:
    return world.azc.services.caseload.begin(AMINA, ("ar",))[0]


@pytest.fixture
def page(stage: Stage, world: World, amina: DossierId) -> Iterator[TodayPage]:
    assert amina
    world.azc.services.caseload.begin(SAMUEL, ("ti",))
    made = TodayPage(stage.context)
    window = hold(made)
    window.resize(1280, 800)
    made.refresh(Changes())
    rest()
    yield made
    let_go(window)


def _choose(page: TodayPage, dossier: DossierId) -> None:
    table = control(page, "today.table", TodayTable)
    table.setCurrentIndex(table._model.find(dossier))
    rest()


def _sheet(page: TodayPage) -> TaskSheet:
    return page.window().findChildren(TaskSheet)[-1]


def _said(page: TodayPage) -> str:
    return control(page, "today.why.title", Text).plain()


def test_everybody_is_counted_and_the_first_reason_is_shown(page: TodayPage, world: World) -> None:
    everybody = len(world.azc.services.caseload.people().people)
    assert control(page, "today.nobody", Text).plain() == "Nobody is out of view"
    assert any(line == f"{everybody} people, {everybody} with a next step" for line in visible_texts(page))
    assert _said(page)
    assert control(page, "today.open", QAbstractButton).isEnabled()
    assert (nameless(page), without_object_name(page), unreachable(page), clipped(page)) == ([], [], [], [])


def test_the_button_leads_where_the_need_is_met(page: TodayPage, stage: Stage, amina: DossierId) -> None:
    _choose(page, amina)
    press(page, "today.open")
    assert stage.visits[-1][:2] == ("interview", amina)


def test_a_promise_is_noted_moved_and_done(page: TodayPage, world: World, stage: Stage, amina: DossierId) -> None:
    _choose(page, amina)
    press(page, "today.promise")
    sheet = _sheet(page)
    control(sheet, "today.sheet.what", QLineEdit).setText("Bellen met school")
    control(sheet, "today.sheet.day", DateInput).setText(format_date(today(world.azc.clock)))
    press(sheet, "today.sheet.keep")
    page.refresh(stage.news[-1])
    rest()
    _choose(page, amina)
    assert _said(page) == "Bellen met school"
    assert control(page, f"today.filter.{Reason.PROMISE.value}", QAbstractButton).isVisible()

    press(page, "today.date")
    control(_sheet(page), "today.sheet.why", QLineEdit).setText("School is dicht")
    press(_sheet(page), "today.sheet.keep")
    (task,) = world.azc.services.today.tasks.tasks(amina)
    assert task.due == (today(world.azc.clock) + timedelta(days=7)).isoformat()
    assert task.reason == "School is dicht"

    page.refresh(stage.news[-1])
    rest()
    control(page, "today.search", QLineEdit).setText("amina")
    _choose(page, amina)
    press(page, "today.done")
    page.refresh(stage.news[-1])
    rest()
    assert _said(page) != "Bellen met school"


def test_a_promise_goes_to_a_colleague(page: TodayPage, world: World, stage: Stage, amina: DossierId) -> None:
    tasks = world.azc.services.today.tasks
    stage.news.append(tasks.promise(amina, "Bellen met school", today(world.azc.clock)))
    page.refresh(stage.news[-1])
    rest()
    _choose(page, amina)
    press(page, "today.colleague")
    control(_sheet(page), "today.sheet.who", QLineEdit).setText("Fatma")
    control(_sheet(page), "today.sheet.why", QLineEdit).setText("Ik ben met vakantie")
    press(_sheet(page), "today.sheet.keep")
    (task,) = tasks.tasks(amina)
    assert task.owner == "Fatma"


@pytest.mark.parametrize(("button", "first"), [("promise", "what"), ("colleague", "who"), ("date", "day")])
def test_a_sheet_begins_at_its_first_field(
    page: TodayPage, world: World, stage: Stage, amina: DossierId, button: str, first: str
) -> None:
    stage.news.append(world.azc.services.today.tasks.promise(amina, "Bellen", today(world.azc.clock)))
    page.refresh(stage.news[-1])
    rest()
    _choose(page, amina)
    press(page, f"today.{button}")
    focused = _sheet(page).focusWidget()
    assert focused is not None
    assert focused.objectName() == f"today.sheet.{first}"
    _sheet(page).reject()


def test_what_is_missing_is_said_on_the_sheet_and_what_was_typed_stays(page: TodayPage, amina: DossierId) -> None:
    _choose(page, amina)
    press(page, "today.promise")
    control(_sheet(page), "today.sheet.who", QLineEdit).setText("Fatma")
    press(_sheet(page), "today.sheet.keep")
    assert control(_sheet(page), "today.sheet.refusal", Text).plain()
    assert control(_sheet(page), "today.sheet.who", QLineEdit).text() == "Fatma"
    _sheet(page).reject()


def test_a_search_goes_through_everybody_of_the_circle(page: TodayPage, amina: DossierId) -> None:
    search = control(page, "today.search", QLineEdit)
    search.setText("yusuf amina")
    table = control(page, "today.table", TodayTable)
    assert [row.dossier for row in page._filters.rows(page._view)] == [amina]  # type: ignore[arg-type]
    search.setText("nobody of that name")
    assert not table.isVisible()
    assert any("Nobody needs you now." in line for line in visible_texts(page))


def test_a_number_in_the_bar_shows_those_people(page: TodayPage) -> None:
    press(page, "today.place.waiting")
    assert any("Nobody needs you now." in line for line in visible_texts(page))
    press(page, "today.place.listed")
    assert control(page, "today.table", TodayTable).isVisible()


def test_only_what_changed_is_read_again(page: TodayPage, world: World, amina: DossierId) -> None:
    before = page._view
    page.refresh(changed(Aspect.PROGRESS))
    assert page._view is before
    world.azc.services.today.tasks.promise(amina, "Bellen", today(world.azc.clock))
    page.refresh(changed(Aspect.CASELOAD, dossier=amina))
    rest()
    _choose(page, amina)
    assert _said(page) == "Bellen"


def test_on_a_narrow_window_the_reason_opens_in_place_of_the_list(page: TodayPage, amina: DossierId) -> None:
    page.window().resize(760, 640)
    rest()
    table = control(page, "today.table", TodayTable)
    _choose(page, amina)
    QTest.keyClick(table, Qt.Key.Key_Return)
    rest()
    assert not table.isVisible()
    press(page, "today.back")
    assert table.isVisible()
    assert page._page.body.indexOf(page._strip) >= 0


def test_the_list_is_printed_as_it_stands(page: TodayPage, tmp_path: Path) -> None:
    page.print_out()
    dialog = page.findChildren(QPrintDialog)[0]
    printer = dialog.printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "today.pdf"))
    dialog.accepted.emit(printer)
    rest()
    words = pypdfium2.PdfDocument(tmp_path / "today.pdf")[0].get_textpage().get_text_range()
    assert AMINA in words
    assert SAMUEL in words
    dialog.close()

from collections.abc import Collection
from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit

from desktop.kernel.changes import Aspect, changed
from desktop.services.caseload.caseload import Caseload
from desktop.services.caseload.caseload_rows import PersonRow
from desktop.services.interview.page_parts import InterviewResult
from desktop.ui.kit.surfaces.grouped_list import DOSSIER
from desktop.ui.kit.typography.text import Text
from desktop.ui.people.same_number import SameNumberNotice
from desktop.ui.people.table import PeopleTable
from desktop.ui.window import MainWindow
from protocol.identifiers import DossierId
from tests.ui.inspection import control, faults, press, settle
from tests.unit.services.interview_fixture import ref


def _names(window: MainWindow) -> list[str]:
    return [str(index.data()) for index in _lines(window)]


def _lines(window: MainWindow) -> list[QModelIndex]:
    model = control(window, "people.table", PeopleTable).model()
    groups = [model.index(row, 0) for row in range(model.rowCount())]
    lines = [model.index(line, 0, group) for group in groups for line in range(model.rowCount(group))]
    return [index for index in lines if index.data(DOSSIER)]


def test_the_practice_environment_has_people_to_practise_with(practice: MainWindow) -> None:
    assert len(_names(practice)) >= 2
    assert control(practice, "people.table", PeopleTable).hasFocus()


def test_searching_finds_by_name_and_by_case_number(practice: MainWindow) -> None:
    everybody = _names(practice)
    search = control(practice, "people.search", QLineEdit)
    search.setText(everybody[1].lower()[:4])
    assert everybody[1] in _names(practice)
    assert everybody[0] not in _names(practice)
    search.setText("op-")
    assert sorted(_names(practice)) == sorted(everybody)


def test_people_are_found_however_their_names_are_spelt(practice: MainWindow) -> None:
    name = _names(practice)[0]
    search = control(practice, "people.search", QLineEdit)
    search.setText(" ".join(f"{word[:3]}\N{COMBINING ACUTE ACCENT}" for word in reversed(name.upper().split())))
    assert name in _names(practice)
    search.setText(f"{name} nobody")
    assert not practice.findChildren(PeopleTable)[0].isVisible()


def test_a_filter_without_people_says_so(practice: MainWindow) -> None:
    press(practice, "people.filter.choice")
    assert not practice.findChildren(PeopleTable)[0].isVisible()
    press(practice, "people.filter.all")
    assert _names(practice)


def test_who_is_in_another_list_is_found_there_with_one_action(practice: MainWindow) -> None:
    name = _names(practice)[0]
    press(practice, "people.filter.choice")
    control(practice, "people.search", QLineEdit).setText(name)
    assert "“Tegenstrijdige antwoorden”" in control(practice, "people.nobody", Text).plain()
    assert "1 mens" in control(practice, "people.nobody", Text).plain()
    press(practice, "people.elsewhere")
    assert _names(practice) == [name]
    control(practice, "people.search", QLineEdit).setText(f"{name} nobody")
    assert control(practice, "people.nobody", Text).plain() == "Niemand in deze lijst."
    assert practice.findChildren(QAbstractButton, "people.elsewhere")[0].isHidden()


def test_one_v_number_in_two_dossiers_is_told_and_leads_to_the_other(practice: MainWindow) -> None:
    shell, services = practice.shell, practice.services
    assert shell is not None
    assert services is not None
    people = _people(practice)[:2]

    def answer(dossier: DossierId, value: str) -> None:
        place = ref("v_nummer")
        given: list[InterviewResult] = []
        practice.executor.submit(
            lambda: services.interview.answer(dossier, place, "given", value), given.append, practice.report
        )
        settle(practice)
        shell.publish(given[0].changes)
        settle(practice)

    answer(people[0].dossier, "1234567890")
    answer(people[1].dossier, "1234567891")
    shell.navigate("plan", people[1].dossier)
    settle(practice)
    assert not practice.findChildren(SameNumberNotice)[0].isVisible()
    answer(people[1].dossier, "1234567890")
    assert "1 ander dossier" in control(practice, "same_number.text", Text).plain()
    assert people[0].name in control(practice, "same_number.go", QAbstractButton).accessibleName()
    press(practice, "same_number.go")
    settle(practice)
    assert shell.dossier == people[0].dossier
    assert people[1].name in control(practice, "same_number.go", QAbstractButton).accessibleName()
    press(practice, "same_number.close")
    shell.navigate("review", people[0].dossier)
    settle(practice)
    assert not practice.findChildren(SameNumberNotice)[0].isVisible()


def _people(window: MainWindow) -> list[PersonRow]:
    found: list[Caseload] = []
    assert window.services is not None
    caseload = window.services.caseload
    window.executor.submit(caseload.people, found.append, window.report)
    settle(window)
    return list(found[0].people)


def test_enter_opens_the_person_and_back_returns(practice: MainWindow) -> None:
    QTest.keyClick(control(practice, "people.table", PeopleTable), Qt.Key.Key_Return)
    settle(practice)
    assert practice.shell is not None
    assert practice.shell.current == "interview"
    assert practice.shell.dossier is not None
    press(practice, "bar.back")
    settle(practice)
    assert practice.shell.current == "people"
    assert practice.shell.dossier is None


def test_a_new_dossier_needs_a_name_and_leads_to_the_interview(practice: MainWindow) -> None:
    press(practice, "people.new")
    settle(practice)
    assert control(practice, "new.name", QLineEdit).hasFocus()
    press(practice, "new.begin")
    settle(practice)
    assert control(practice, "new.name", QLineEdit).property("refused") == "true"
    control(practice, "new.name", QLineEdit).setText("Selam T.")
    press(practice, "new.language.ti")
    press(practice, "new.begin")
    settle(practice)
    assert practice.shell is not None
    assert practice.shell.current == "interview"
    press(practice, "bar.back")
    settle(practice)
    assert any("Selam T." in name for name in _names(practice))


def test_the_table_refreshes_when_the_caseload_changes(practice: MainWindow) -> None:
    shell = practice.shell
    assert shell is not None
    before = _names(practice)
    services = practice.services
    assert services is not None
    practice.executor.submit(lambda: services.caseload.begin("Nieuw", ("ar", "nl")), lambda _made: None, shell.report)
    settle(practice)
    practice.publish(changed(Aspect.CASELOAD))
    settle(practice)
    assert len(_names(practice)) == len(before) + 1


@pytest.mark.parametrize("tag", ["nl", "en", "ar", "ti"])
def test_people_and_new_dossier_are_whole_named_and_in_reach(practice: MainWindow, tag: str) -> None:
    practice.set_language(tag)
    for width, height, size in ((1280, 800, 100), (1920, 1080, 100), (1280, 800, 150), (1280, 800, 200)):
        practice.resize(width, height)
        practice.set_size(size)
        for page in ("people", "new_person"):
            practice.navigate(page)
            settle(practice)
            assert faults(practice) == []


def test_an_answer_renews_one_row_and_only_when_the_list_is_seen_again(
    practice: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    services, shell = practice.services, practice.shell
    assert services is not None
    assert shell is not None
    QTest.keyClick(control(practice, "people.table", PeopleTable), Qt.Key.Key_Return)
    settle(practice)
    dossier = shell.dossier
    assert dossier is not None
    read: list[object] = []
    renew = services.caseload.renew

    def watch(before: Caseload, dossiers: Collection[DossierId]) -> Caseload:
        read.append(set(dossiers))
        return renew(before, dossiers)

    monkeypatch.setattr(services.caseload, "people", lambda: read.append("everybody"))
    monkeypatch.setattr(services.caseload, "renew", watch)
    for _ in range(3):
        practice.publish(changed(Aspect.ANSWERS, dossier=dossier))
        settle(practice)
    assert read == []
    press(practice, "bar.back")
    settle(practice)
    assert read == [{dossier}]
    practice.navigate("settings")
    practice.navigate("people")
    settle(practice)
    assert read == [{dossier}, set()]


def test_two_changes_that_come_at_once_are_both_in_the_list(
    practice: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = practice.services
    assert services is not None
    first, second = (index.data(DOSSIER) for index in _lines(practice)[:2])
    befores: list[Caseload] = []
    renew = services.caseload.renew

    def watch(before: Caseload, dossiers: Collection[DossierId]) -> Caseload:
        befores.append(before)
        fresh = renew(before, dossiers)
        return replace(fresh, people=tuple(fresh.people))

    monkeypatch.setattr(services.caseload, "renew", watch)
    for dossier in (first, second):
        practice.publish(changed(Aspect.ANSWERS, dossier=dossier))
    settle(practice)
    assert len(befores) == 2
    assert befores[1] is not befores[0], "the second goes on from what the first gave"


def test_buttons_of_the_empty_vault_begin_a_dossier(practice: MainWindow) -> None:
    page = practice.findChildren(QAbstractButton, "people.begin")
    assert len(page) == 1

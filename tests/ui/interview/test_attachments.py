"""Attachments on the screen: every way in, every way out, and nothing on the disk to look at one."""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar, cast

import pytest
from PIL import Image
from PySide6.QtCore import QByteArray, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.bootstrap.content import Content
from desktop.i18n import load_catalogue
from desktop.kernel.changes import Aspect
from desktop.services.interview.attachments import AttachmentRow
from desktop.services.interview.page_parts import QuestionView, Texts
from desktop.ui.attachments.attachments_page import AttachmentsPage
from desktop.ui.attachments.panel import AttachmentPanel
from desktop.ui.attachments.sources import from_clipboard, from_files
from desktop.ui.attachments.viewer import AttachmentViewer
from desktop.ui.executor import Task
from desktop.ui.interview.interview_page import InterviewPage
from desktop.ui.preview.sheet_view import PageImage
from desktop.ui.questions.base import CardCatalogues
from desktop.ui.questions.registry import answer_widget
from protocol.limits import PIECE_BYTES
from tests.ui.inspection import control, faults, press, rest
from tests.ui.still import Stage, hold, let_go, make_stage
from tests.ui.table_on_screen import new_vault_at, open_screen
from tests.unit.forms.forms_for_tests import form_of
from tests.unit.media.samples import CANARY, jpeg, pdf, tiff
from tests.unit.services.interview_fixture import ref as ref_of
from tests.unit.services.plan_world import World

T = TypeVar("T")

ASKS_FOR_A_SCAN = """
| survey | | | |
| | type | name | label |
| | begin_group | deel | Deel |
| | begin_group | stuk | Stuk |
| | image | scan | Maak een foto van uw diploma |
| | text | daarna | Nog iets? |
| | end_group | | |
| | end_group | | |
"""


@pytest.fixture
def page(stage: Stage, world: World) -> Iterator[AttachmentsPage]:
    made = AttachmentsPage(stage.context)
    window = hold(made)
    made.show_dossier(world.dossier)
    rest()
    yield made
    let_go(window)


def _file(folder: Path, name: str, data: bytes) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(data)
    return path


def _add(panel: AttachmentPanel, path: Path) -> AttachmentRow:
    panel.add(from_files([path]))
    rest()
    return panel.rows[-1]


def test_an_empty_case_says_what_to_do_and_the_first_file_takes_its_place(
    page: AttachmentsPage, tmp_path: Path, stage: Stage
) -> None:
    assert page._empty.isVisible()
    assert faults(page) == []
    row = _add(page.panel, _file(tmp_path / "usb", "diploma.jpg", jpeg()))
    assert not page._empty.isVisible()
    assert faults(page) == []
    opener = control(page, f"attachments.{row.id}.open", QAbstractButton)
    assert "diploma.jpg" in opener.accessibleName()
    assert Aspect.ATTACHMENTS in stage.news[-1].aspects
    press(page, f"attachments.{row.id}.open")
    assert stage.visits == [("attachment", page._dossier, row.id)]


def test_files_are_dropped_on_the_list(page: AttachmentsPage, tmp_path: Path) -> None:
    data = QMimeData()
    paths = [_file(tmp_path / "usb", name, content) for name, content in (("a.jpg", jpeg()), ("b.pdf", pdf()))]
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    _drop(page.panel, data)
    assert [row.name for row in page.panel.rows] == ["a.jpg", "b.pdf"]
    nothing = QMimeData()
    nothing.setText("words")
    assert not _drop(page.panel, nothing)


def test_a_copied_picture_and_a_copied_file_are_pasted(page: AttachmentsPage, tmp_path: Path) -> None:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(image)
    press(page, "attachments.paste")
    copied = QMimeData()
    copied.setUrls([QUrl.fromLocalFile(str(_file(tmp_path / "usb", "cv.pdf", pdf())))])
    QGuiApplication.clipboard().setMimeData(copied)
    press(page, "attachments.paste")
    rest()
    assert [(row.name, row.kind.value) for row in page.panel.rows] == [("", "image/png"), ("cv.pdf", "application/pdf")]
    assert faults(page) == []
    QGuiApplication.clipboard().clear()
    press(page, "attachments.paste")
    assert "clipboard" in page.panel.banner.message()


def test_a_refused_file_is_told_and_the_next_one_goes_on(page: AttachmentsPage, tmp_path: Path) -> None:
    paths = [_file(tmp_path / "usb", "a.docx", b"PK\x03\x04" + bytes(30)), _file(tmp_path / "usb", "b.jpg", jpeg())]
    page.panel.add(from_files(paths))
    assert "PDF" in page.panel.banner.message()
    assert [row.name for row in page.panel.rows] == ["b.jpg"]
    page.panel.add(from_files([tmp_path / "gone.jpg"]))
    assert page.panel.banner.message()


def test_a_signed_document_warns_and_the_same_file_is_kept_once(page: AttachmentsPage, tmp_path: Path) -> None:
    path = _file(tmp_path / "usb", "extract.pdf", pdf(signed=True))
    _add(page.panel, path)
    assert "signed" in page.panel.banner.message()
    _add(page.panel, path)
    assert len(page.panel.rows) == 1


def test_what_is_removed_comes_back_with_undo(page: AttachmentsPage, tmp_path: Path) -> None:
    row = _add(page.panel, _file(tmp_path / "usb", "a.jpg", jpeg()))
    press(page, f"attachments.{row.id}.remove")
    rest()
    assert _ids(page.panel) == []
    press(page, "attachments.banner.link")
    rest()
    assert _ids(page.panel) == [row.id]


def test_an_identity_document_asks_whether_a_copy_may_be_kept(page: AttachmentsPage, tmp_path: Path) -> None:
    row = _add(page.panel, _file(tmp_path / "usb", "a.jpg", jpeg()))
    page.panel._describe(row.id, "permit")
    rest()
    assert page.panel.rows[0].about == "permit"
    assert faults(page) == []


@pytest.mark.parametrize(
    ("interface", "scale"), [("nl", 2.0), ("ar", 2.0), ("ti", 1.5), ("en_XA", 2.0), ("ar_XB", 1.0)]
)
def test_no_word_is_cut_in_any_language_and_size(
    qapp: QApplication, world: World, tmp_path: Path, interface: str, scale: float
) -> None:
    assert qapp is not None
    stage = make_stage(world.azc, "dark", scale, interface)
    page = AttachmentsPage(stage.context)
    window = hold(page)
    page.show_dossier(world.dossier)
    for name, data in (("diploma.jpg", jpeg()), ("شهادة.pdf", pdf())):
        row = _add(page.panel, _file(tmp_path / "usb", name, data))
        page.panel._describe(row.id, "permit")
    page.panel.progress.show_progress(1, 3)
    page.panel.progress.show()
    rest()
    assert faults(page) == []
    page.panel.progress.finish()
    let_go(window)
    stage.close()


def test_the_file_dialog_adds_what_is_chosen(page: AttachmentsPage, tmp_path: Path) -> None:
    press(page, "attachments.choose")
    dialog = page.panel.findChild(QFileDialog)
    assert dialog is not None
    dialog.filesSelected.emit([str(_file(tmp_path / "usb", "a.jpg", jpeg()))])
    dialog.reject()
    rest()
    assert [row.name for row in page.panel.rows] == ["a.jpg"]


def test_a_file_is_looked_at_page_by_page_and_forgotten(
    stage: Stage, page: AttachmentsPage, world: World, tmp_path: Path
) -> None:
    row = _add(page.panel, _file(tmp_path / "usb", "scan.tif", tiff(pages=2)))
    viewer = AttachmentViewer(stage.context)
    window = hold(viewer)
    viewer.show_dossier(world.dossier)
    viewer.show_part(row.id)
    rest()
    assert faults(viewer) == []
    assert [image.accessibleName() for image in viewer.findChildren(PageImage)][-1] == "Page 1 of 2"
    press(viewer, "attachment.next")
    assert viewer._page == 1
    press(viewer, "attachment.save")
    assert "not sealed" in viewer.banner.message()
    viewer.save_to(tmp_path / "usb" / row.file_name)
    assert CANARY.encode() not in (tmp_path / "usb" / row.file_name).read_bytes()
    viewer.leave()
    assert (viewer._data, viewer.sheets.count) == (b"", 0)
    let_go(window)


def test_what_is_still_being_read_when_one_leaves_is_forgotten_too(
    stage: Stage, page: AttachmentsPage, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = _add(page.panel, _file(tmp_path / "usb", "scan.tif", tiff(pages=1)))
    viewer = AttachmentViewer(stage.context)
    window = hold(viewer)
    under_way: list[Task] = []

    def submit(operation: Callable[[], T], on_done: Callable[[T], None], *_more: object, **_named: object) -> Task:
        under_way.append(Task(operation, cast("Callable[[object], None]", on_done)))
        return under_way[-1]

    monkeypatch.setattr(stage.executor, "submit", submit)
    viewer.show_dossier(world.dossier)
    viewer.show_part(row.id)
    viewer.leave()
    (task,) = under_way
    content = task.run()
    if not task.cancelled:
        task.deliver(content)
    assert (viewer._row, viewer._data) == (None, b"")
    let_go(window)


def test_no_file_is_made_to_look_at_one(
    stage: Stage, page: AttachmentsPage, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    rows = [
        _add(page.panel, _file(tmp_path / "usb", name, data)) for name, data in (("a.jpg", jpeg()), ("b.pdf", pdf()))
    ]
    viewer = AttachmentViewer(stage.context)
    window = hold(viewer)
    before = _listing(tmp_path)
    for row in rows:
        viewer.show_dossier(world.dossier)
        viewer.show_part(row.id)
        rest()
        assert viewer.sheets.count == 1
    viewer.leave()
    assert _listing(tmp_path) == before
    assert not any(os.scandir(temporary))
    let_go(window)


def test_a_large_file_shows_how_far_it_is_and_can_be_stopped(qtbot: QtBot, content: Content, tmp_path: Path) -> None:
    screen = open_screen(qtbot, new_vault_at(tmp_path / "data"), content)
    dossier = screen.new_dossier()
    panel = screen.show(AttachmentPanel(screen.context, "attachments", ""))
    panel.progress._wait.setInterval(0)
    panel.show_place(dossier, None)
    screen.settle()
    path = _noise(tmp_path / "large.tif")
    seen: list[tuple[int, int, bool]] = []

    def stop_at_the_second_piece(_name: str, done: int, total: int) -> None:
        seen.append((done, total, panel.progress.isVisible()))
        if done == 2:
            press(panel, "attachments.cancel")

    panel.uploader.progressed.connect(stop_at_the_second_piece)
    panel.add(from_files([path, path]))
    screen.settle()
    done, pieces, visible = seen[-1]
    assert (done, visible) == (2, True)
    assert pieces >= 6_000_000 / PIECE_BYTES
    assert not panel.uploader.busy
    assert panel.progress.isHidden()
    assert screen.run(lambda: screen.services.attachments.attachments_of(dossier)) == ()
    panel.uploader.progressed.disconnect(stop_at_the_second_piece)
    panel.add(from_files([path]))
    screen.settle()
    assert len(panel.rows) == 1
    assert panel.rows[0].size > 5_000_000
    screen.close()


def test_answering_goes_on_while_a_file_is_sealed(qtbot: QtBot, content: Content, tmp_path: Path) -> None:
    screen = open_screen(qtbot, new_vault_at(tmp_path / "data"), content)
    dossier = screen.new_dossier()
    panel = screen.show(AttachmentPanel(screen.context, "attachments", ""))
    panel.show_place(dossier, None)
    screen.settle()
    order: list[str] = []
    interview = screen.services.interview

    def answer_at_the_second_piece(_name: str, done: int, _total: int) -> None:
        if done == 2:
            ref = ref_of("schooljaren")
            screen.context.run(
                lambda: interview.answer(dossier, ref, "given", "7"), lambda _given: order.append("answer"), panel
            )

    panel.uploader.progressed.connect(answer_at_the_second_piece)
    panel.uploader.added.connect(lambda _upload, _warnings: order.append("file"))
    panel.add(from_files([_noise(tmp_path / "large.tif")]))
    screen.settle()
    assert order == ["answer", "file"]
    screen.close()


def test_a_question_shows_how_many_files_it_has(stage: Stage, world: World, tmp_path: Path) -> None:
    page = InterviewPage(stage.context)
    window = hold(page, 1280, 800)
    page.show_dossier(world.dossier)
    rest()
    press(page, "interview.attach")
    assert page.files.isVisible()
    _add(page.files, _file(tmp_path / "usb", "a.jpg", jpeg()))
    page.refresh(stage.news[-1])
    rest()
    assert control(page, "interview.attach", QAbstractButton).text().endswith("(1)")
    assert faults(page) == []
    step = None if page.view is None else page.view.step
    assert step is not None
    assert step.attachments == 1
    press(page, "interview.attach")
    assert not page.files.isVisible()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(_file(tmp_path / "usb", "b.pdf", pdf())))])
    _drop(page, data)
    assert [row.name for row in page.files.rows] == ["a.jpg", "b.pdf"]
    fields = [*page.findChildren(QPlainTextEdit), *page.findChildren(QLineEdit)]
    taking = [field.objectName() for field in fields if field.acceptDrops() and field.isVisible()]
    assert [name for name in taking if name.startswith("interview.answer")] == []
    let_go(window)


def test_the_file_is_the_answer_where_a_question_asks_for_one(qtbot: QtBot, content: Content, tmp_path: Path) -> None:
    vault = new_vault_at(tmp_path / "data")
    screen = open_screen(qtbot, vault, replace(content, form=form_of(ASKS_FOR_A_SCAN)))
    dossier = screen.new_dossier()
    page = screen.interview(dossier, ref="/data/deel/stuk/scan")
    assert page.files.isVisible()
    page.files.add(from_files([_file(tmp_path / "usb", "diploma.jpg", jpeg())]))
    screen.settle()
    step = None if page.view is None else page.view.step
    assert isinstance(step, QuestionView)
    assert (step.kind, step.status, step.value) == ("file", "given", page.files.rows[0].file_name)
    rest()
    assert faults(page) == []
    press(page, f"interview.files.{page.files.rows[0].id}.remove")
    screen.settle()
    step = None if page.view is None else page.view.step
    assert isinstance(step, QuestionView)
    assert (step.status, step.value) == ("open", "")
    screen.close()


def test_a_question_for_a_file_says_where_the_file_goes(stage: Stage) -> None:
    catalogues = CardCatalogues(load_catalogue("nl", "app"), load_catalogue("nl", "app"), load_catalogue("ar", "app"))
    question = QuestionView("/a/scan", "file", "", Texts("nl", "Scan"), Texts("ar", "Scan"))
    widget = answer_widget(stage.context.theme, catalogues, question, "interview.answer")
    before = [text.plain() for text in widget._sentences]  # type: ignore[attr-defined]  # of FileAnswer
    widget.show_question(replace(question, value="ab.jpg"), catalogues)
    after = [text.plain() for text in widget._sentences]  # type: ignore[attr-defined]  # of FileAnswer
    assert all((*before, *after))
    assert not set(before) & set(after)
    assert widget.value() == "ab.jpg"


def test_nothing_on_the_clipboard_is_no_source() -> None:
    QGuiApplication.clipboard().clear()
    with pytest.raises(Exception, match=r"attachment\.nothing_to_paste"):
        from_clipboard()


def _ids(panel: AttachmentPanel) -> list[str]:
    return [row.id for row in panel.rows]


def _drop(widget: QWidget, data: QMimeData) -> bool:
    """Drag `data` over a widget and let it go there; tell whether it was taken."""
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    over = QDragEnterEvent(QPoint(5, 5), copy, data, left, none)
    over.setAccepted(False)
    QApplication.sendEvent(widget, over)
    if over.isAccepted():
        QApplication.sendEvent(widget, QDropEvent(QPointF(5, 5), copy, data, left, none))
    rest()
    return over.isAccepted()


def _noise(path: Path) -> Path:
    image = Image.frombytes("RGB", (2000, 1000), QByteArray(os.urandom(6_000_000)).data())
    image.save(path, "TIFF")
    return path


def _listing(root: Path) -> dict[str, tuple[int, int]]:
    found = {str(path): path.stat() for path in root.rglob("*")}
    return {name: (status.st_size, status.st_mtime_ns) for name, status in found.items()}

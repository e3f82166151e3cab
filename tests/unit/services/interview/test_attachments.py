"""From a file to something sealed in the case, and back: through the service that the screens use."""

import logging
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.records import AttachmentAdded
from desktop.services.interview.attachments import AttachmentService, draw, read_file, take_in
from protocol.errors import UserError
from protocol.limits import LARGEST_ATTACHMENT
from tests.unit.media.samples import CANARY, SAMPLES, jpeg, pdf
from tests.unit.records.cases import CONTEXT
from tests.unit.services.attaching import attach
from tests.unit.services.table import Table, ref, table_at

NAME = f"diploma {CANARY}.jpg"


def _service(table: Table) -> AttachmentService:
    return AttachmentService(table.contexts, table.desk.vault.person, table.history)


def test_a_photo_is_read_cleaned_kept_and_found_at_its_question(tmp_path: Path) -> None:
    table = table_at(tmp_path / "data")
    service = _service(table)
    source = tmp_path / NAME
    source.write_bytes(jpeg())
    upload = attach(service, table.dossier, read_file(source), ref("schooljaren"))
    assert upload.changes.dossiers == {table.dossier}
    attach(service, table.dossier, take_in("cv.pdf", pdf()))
    photo, cv = service.attachments_of(table.dossier)
    assert (photo.name, photo.about, photo.pages, photo.here) == (NAME, "diploma", 1, True)
    assert photo.question
    assert (cv.ref, cv.question, cv.pages) == ("", "", 2)
    assert service.attachments_of(table.dossier, photo.ref) == (photo,)
    data = service.content(table.dossier, photo.id)
    assert CANARY.encode() not in data
    assert draw(data, photo.kind, 0).width == 320
    assert photo.file_name == f"{photo.id}.jpg"
    table.desk.journal.close()


def test_an_attachment_at_a_question_of_another_version_of_the_form_is_listed_and_opens(tmp_path: Path) -> None:
    table = table_at(tmp_path)
    service = _service(table)
    row = attach(service, table.dossier, take_in("a.jpg", jpeg())).row_id
    one = table.desk.journal.attachments.find(table.dossier, row)
    moved = AttachmentAdded.from_json({**one.body.to_json(), "ref": "/brede_intake/nieuw/nieuwe_vraag"})
    table.desk.journal.append(table.dossier, moved, CONTEXT)
    (listed,) = service.attachments_of(table.dossier)
    assert (listed.question, listed.in_form) == ("nieuwe_vraag", False)
    assert service.row(table.dossier, row) == listed
    assert service.content(table.dossier, row)
    table.desk.journal.close()


def test_the_same_file_twice_is_kept_once(tmp_path: Path) -> None:
    table = table_at(tmp_path)
    service = _service(table)
    first = attach(service, table.dossier, take_in("a.jpg", jpeg()))
    again = attach(service, table.dossier, take_in("b.jpg", jpeg()))
    assert (again.same, again.row_id) == (True, first.row_id)
    elsewhere = attach(service, table.dossier, take_in("c.jpg", jpeg()), ref("schooljaren"))
    assert elsewhere.same
    assert [row.name for row in service.attachments_of(table.dossier)] == ["a.jpg", "c.jpg"]
    assert table.desk.journal.arrivals.waiting() == 1
    table.desk.journal.close()


def test_what_was_removed_comes_back_and_says_what_it_is(tmp_path: Path) -> None:
    table = table_at(tmp_path)
    service = _service(table)
    row = attach(service, table.dossier, take_in("a.jpg", jpeg())).row_id
    service.describe(table.dossier, row, "permit")
    service.remove(table.dossier, row)
    assert service.attachments_of(table.dossier) == ()
    with pytest.raises(UserError, match=r"attachment\.unknown"):
        service.content(table.dossier, row)
    assert service.undo(table.dossier)
    assert [(one.id, one.about) for one in service.attachments_of(table.dossier)] == [(row, "permit")]
    assert not service.undo(table.dossier)
    table.desk.journal.close()


def test_a_file_attached_again_after_it_was_removed_is_there(tmp_path: Path) -> None:
    table = table_at(tmp_path)
    service = _service(table)
    service.remove(table.dossier, attach(service, table.dossier, take_in("a.jpg", jpeg())).row_id)
    attach(service, table.dossier, take_in("a.jpg", jpeg()))
    assert [one.name for one in service.attachments_of(table.dossier)] == ["a.jpg"]
    table.desk.reopen()
    service = _service(table)
    (row,) = service.attachments_of(table.dossier)
    assert service.content(table.dossier, row.id)
    table.desk.journal.close()


def test_a_cancelled_file_leaves_nothing(tmp_path: Path) -> None:
    table = table_at(tmp_path)
    service = _service(table)
    upload = service.begin(table.dossier, "", take_in("a.jpg", jpeg()))
    service.step(upload)
    service.cancel(upload)
    assert service.attachments_of(table.dossier) == ()
    table.desk.reopen()
    assert table.desk.journal.attachments.standing(table.dossier) == ()
    table.desk.journal.close()


def test_an_attachment_of_a_health_question_is_sealed_for_health(tmp_path: Path) -> None:
    table = table_at(tmp_path)
    service = _service(table)
    attach(service, table.dossier, take_in("a.jpg", jpeg()), ref("gez_algemeen"))
    (one,) = table.desk.journal.attachments.standing(table.dossier)
    assert one.compartment == "health"
    table.desk.journal.close()


def test_a_file_above_50_mb_is_refused_before_it_is_looked_at(tmp_path: Path) -> None:
    large = tmp_path / "large.pdf"
    with large.open("wb") as stream:
        stream.write(b"%PDF-1.7\n")
        os.truncate(stream.fileno(), LARGEST_ATTACHMENT + 1)
    with pytest.raises(UserError, match=r"attachment\.too_large"):
        read_file(large)


def test_nothing_of_an_attachment_lies_in_clear_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    caplog.set_level(logging.DEBUG)
    table = table_at(tmp_path / "data")
    service = _service(table)
    contents: list[bytes] = []
    for sample in SAMPLES.values():
        incoming = take_in(NAME, sample)
        contents += [incoming.cleaned.data[200:264], incoming.cleaned.thumbnail[300:364]]
        row = attach(service, table.dossier, incoming).row_id
        draw(service.content(table.dossier, row), incoming.cleaned.kind, 0)
    secrets = [CANARY.encode(), NAME.encode(), *(piece for piece in contents if len(piece) == 64)]
    assert len(secrets) > 10
    _search(tmp_path, secrets)
    table.desk.journal.close()
    _search(tmp_path, secrets)
    assert list(temporary.iterdir()) == []
    assert CANARY not in caplog.text


def test_no_file_is_made_or_changed_to_show_an_attachment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    table = table_at(tmp_path / "data")
    service = _service(table)
    rows = [attach(service, table.dossier, take_in(name, data)).row_id for name, data in SAMPLES.items()]
    shown = {row.id: row for row in service.attachments_of(table.dossier)}
    opened = _opened_files(monkeypatch)
    before = _listing(tmp_path)
    for row in rows:
        draw(service.content(table.dossier, row), shown[row].kind, shown[row].pages - 1)
    assert _listing(tmp_path) == before
    assert opened() == []
    table.desk.journal.close()


def _opened_files(monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """Return what tells which files Python opened for writing since now."""
    import builtins

    seen: list[str] = []
    plain = builtins.open

    def watched(file: object, mode: str = "r", *args: object, **more: object) -> object:
        if set(mode) & set("wax+"):
            seen.append(str(file))
        return plain(file, mode, *args, **more)  # type: ignore[call-overload]  # passes on what it was given

    monkeypatch.setattr(builtins, "open", watched)
    return lambda: seen


def _listing(root: Path) -> dict[str, tuple[int, int]]:
    found = {str(path): path.stat() for path in root.rglob("*")}
    return {name: (status.st_size, status.st_mtime_ns) for name, status in found.items()}


def _search(root: Path, secrets: list[bytes]) -> None:
    files = [path for path in root.rglob("*") if path.is_file()]
    assert len(files) >= 3
    for path in files:
        content = path.read_bytes()
        assert not any(secret in content for secret in secrets), path.name
        assert CANARY not in path.name

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
from tests.unit.services.interview_fixture import InterviewFixture, interview_at, ref

NAME = f"diploma {CANARY}.jpg"


def _service(fixture: InterviewFixture) -> AttachmentService:
    return AttachmentService(fixture.contexts, fixture.laptop.vault.person, fixture.history)


def test_a_photo_is_read_cleaned_kept_and_found_at_its_question(tmp_path: Path) -> None:
    fixture = interview_at(tmp_path / "data")
    service = _service(fixture)
    source = tmp_path / NAME
    source.write_bytes(jpeg())
    upload = attach(service, fixture.dossier, read_file(source), ref("schooljaren"))
    assert upload.changes.dossiers == {fixture.dossier}
    attach(service, fixture.dossier, take_in("cv.pdf", pdf()))
    photo, cv = service.attachments_of(fixture.dossier)
    assert (photo.name, photo.about, photo.pages, photo.here) == (NAME, "diploma", 1, True)
    assert photo.question
    assert (cv.ref, cv.question, cv.pages) == ("", "", 2)
    assert service.attachments_of(fixture.dossier, photo.ref) == (photo,)
    data = service.content(fixture.dossier, photo.id)
    assert CANARY.encode() not in data
    assert draw(data, photo.kind, 0).width == 320
    assert photo.file_name == f"{photo.id}.jpg"
    fixture.laptop.journal.close()


def test_an_attachment_at_a_question_of_another_version_of_the_form_is_listed_and_opens(tmp_path: Path) -> None:
    fixture = interview_at(tmp_path)
    service = _service(fixture)
    row = attach(service, fixture.dossier, take_in("a.jpg", jpeg())).row_id
    one = fixture.laptop.journal.attachments.find(fixture.dossier, row)
    moved = AttachmentAdded.from_json({**one.body.to_json(), "ref": "/brede_intake/nieuw/nieuwe_vraag"})
    fixture.laptop.journal.append(fixture.dossier, moved, CONTEXT)
    (listed,) = service.attachments_of(fixture.dossier)
    assert (listed.question, listed.in_form) == ("nieuwe_vraag", False)
    assert service.row(fixture.dossier, row) == listed
    assert service.content(fixture.dossier, row)
    fixture.laptop.journal.close()


def test_the_same_file_twice_is_kept_once(tmp_path: Path) -> None:
    fixture = interview_at(tmp_path)
    service = _service(fixture)
    first = attach(service, fixture.dossier, take_in("a.jpg", jpeg()))
    again = attach(service, fixture.dossier, take_in("b.jpg", jpeg()))
    assert (again.same, again.row_id) == (True, first.row_id)
    elsewhere = attach(service, fixture.dossier, take_in("c.jpg", jpeg()), ref("schooljaren"))
    assert elsewhere.same
    assert [row.name for row in service.attachments_of(fixture.dossier)] == ["a.jpg", "c.jpg"]
    assert fixture.laptop.journal.transfers.waiting() == 1
    fixture.laptop.journal.close()


def test_what_was_removed_comes_back_and_says_what_it_is(tmp_path: Path) -> None:
    fixture = interview_at(tmp_path)
    service = _service(fixture)
    row = attach(service, fixture.dossier, take_in("a.jpg", jpeg())).row_id
    service.describe(fixture.dossier, row, "permit")
    service.remove(fixture.dossier, row)
    assert service.attachments_of(fixture.dossier) == ()
    with pytest.raises(UserError, match=r"attachment\.unknown"):
        service.content(fixture.dossier, row)
    assert service.undo(fixture.dossier)
    assert [(one.id, one.about) for one in service.attachments_of(fixture.dossier)] == [(row, "permit")]
    assert not service.undo(fixture.dossier)
    fixture.laptop.journal.close()


def test_a_file_attached_again_after_it_was_removed_is_there(tmp_path: Path) -> None:
    fixture = interview_at(tmp_path)
    service = _service(fixture)
    service.remove(fixture.dossier, attach(service, fixture.dossier, take_in("a.jpg", jpeg())).row_id)
    attach(service, fixture.dossier, take_in("a.jpg", jpeg()))
    assert [one.name for one in service.attachments_of(fixture.dossier)] == ["a.jpg"]
    fixture.laptop.reopen()
    service = _service(fixture)
    (row,) = service.attachments_of(fixture.dossier)
    assert service.content(fixture.dossier, row.id)
    fixture.laptop.journal.close()


def test_a_cancelled_file_leaves_nothing(tmp_path: Path) -> None:
    fixture = interview_at(tmp_path)
    service = _service(fixture)
    upload = service.begin(fixture.dossier, "", take_in("a.jpg", jpeg()))
    service.step(upload)
    service.cancel(upload)
    assert service.attachments_of(fixture.dossier) == ()
    fixture.laptop.reopen()
    assert fixture.laptop.journal.attachments.standing(fixture.dossier) == ()
    fixture.laptop.journal.close()


def test_an_attachment_of_a_health_question_is_sealed_for_health(tmp_path: Path) -> None:
    fixture = interview_at(tmp_path)
    service = _service(fixture)
    attach(service, fixture.dossier, take_in("a.jpg", jpeg()), ref("gez_algemeen"))
    (one,) = fixture.laptop.journal.attachments.standing(fixture.dossier)
    assert one.compartment == "health"
    fixture.laptop.journal.close()


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
    fixture = interview_at(tmp_path / "data")
    service = _service(fixture)
    contents: list[bytes] = []
    for sample in SAMPLES.values():
        incoming = take_in(NAME, sample)
        contents += [incoming.cleaned.data[200:264], incoming.cleaned.thumbnail[300:364]]
        row = attach(service, fixture.dossier, incoming).row_id
        draw(service.content(fixture.dossier, row), incoming.cleaned.kind, 0)
    secrets = [CANARY.encode(), NAME.encode(), *(piece for piece in contents if len(piece) == 64)]
    assert len(secrets) > 10
    _search(tmp_path, secrets)
    fixture.laptop.journal.close()
    _search(tmp_path, secrets)
    assert list(temporary.iterdir()) == []
    assert CANARY not in caplog.text


def test_no_file_is_made_or_changed_to_show_an_attachment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    fixture = interview_at(tmp_path / "data")
    service = _service(fixture)
    rows = [attach(service, fixture.dossier, take_in(name, data)).row_id for name, data in SAMPLES.items()]
    shown = {row.id: row for row in service.attachments_of(fixture.dossier)}
    opened = _opened_files(monkeypatch)
    before = _listing(tmp_path)
    for row in rows:
        draw(service.content(fixture.dossier, row), shown[row].kind, shown[row].pages - 1)
    assert _listing(tmp_path) == before
    assert opened() == []
    fixture.laptop.journal.close()


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

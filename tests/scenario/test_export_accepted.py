"""A dossier leaves by `opmaat form export` and is accepted by a server that speaks OpenRosa; each is a real process."""

import hashlib
import io
import json
import os
import pty
import random
import stat
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from email.utils import formatdate
from pathlib import Path

import httpx
import pytest

from desktop.forms import SessionSettings, instance_document, resume_record
from desktop.forms.reader.form_reader import INTAKE
from desktop.forms.workbook.conversion import sheets_of, xform_of
from desktop.records import AnswerGiven, InterpreterMode, open_journal
from desktop.services.accounts.case_file import read_case
from desktop.services.dossier.form_locale import FORM_LOCALE
from desktop.services.exchange.submission import Submissions
from desktop.vault.trust.organisation import create_organisation
from desktop.vault.vault import open_vault
from protocol.identifiers import case_number
from protocol.times import SettableClock
from tests import warm
from tests.content import intake
from tests.scenario.test_interview_case import CASES, play
from tests.unit.records.cases import CONTEXT, new_laptop
from tests.unit.services.interview_fixture import InterviewFixture, interview_at, ref
from tests.unit.vault.people import MOMENT, PASSPHRASE

_HEADERS = {"X-OpenRosa-Version": "1.0", "Date": formatdate(usegmt=True)}


@pytest.fixture
def fixture(tmp_path: Path) -> InterviewFixture:
    """A vault below `tmp_path/vaults` with one dossier that was talked about, closed again."""
    (tmp_path / "vaults").mkdir(mode=0o700)
    laptop = new_laptop(tmp_path / "vaults", create_organisation("azc Duinrand", "reception"))
    made = InterviewFixture(laptop, laptop.journal.create_dossier("Selam", ("ti",), CONTEXT))
    made.interview.start_talk(made.dossier, InterpreterMode.NONE)
    made.interview.go(made.dossier, ref("gezondheid_gesprek"))
    made.interview.answer(made.dossier, ref("gezondheid_gesprek"), "given", "nu")
    made.interview.answer(made.dossier, ref("tolk_wijze"), "given", "telefoon")
    made.interview.answer(made.dossier, ref("tolk_nummer"), "given", 'A & B <1> "x"')
    laptop.journal.close()
    laptop.vault.lock()
    return made


def _export(
    fixture: InterviewFixture, out: Path, *more: str, passphrase: str = PASSPHRASE
) -> subprocess.CompletedProcess[str]:
    data = str(fixture.laptop.vault.directory.parents[1])
    asked = ("form", "export", case_number(fixture.dossier), "--data", data, "--out", str(out), *more)
    return warm.run("desktop", *asked, typed=f"{passphrase}\n")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """The address of a server that knows the built-in interview."""
    form = tmp_path / "intake.xml"
    form.write_bytes(xform_of(sheets_of(INTAKE.read_bytes(), "md"), FORM_LOCALE.choice_lists))
    arguments = [sys.executable, "-m", "tests.scenario.openrosa_server", str(form)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603  # ours
        assert process.stdout is not None
        yield f"http://127.0.0.1:{int(process.stdout.readline())}/submission"
        process.terminate()


def _post(server: str, document: bytes, files: dict[str, bytes]) -> httpx.Response:
    parts = [("xml_submission_file", ("submission.xml", document, "text/xml"))]
    parts += [(name, (name, data, "application/octet-stream")) for name, data in files.items()]
    return httpx.post(server, files=parts, headers=_HEADERS)


def test_what_is_exported_is_accepted_by_an_openrosa_server(
    fixture: InterviewFixture, server: str, tmp_path: Path
) -> None:
    """Form Submission API: HEAD is 204, POST is 201 with an OpenRosaResponse; sent again it is accepted again."""
    out = tmp_path / "out.zip"
    done = _export(fixture, out)
    assert (done.returncode, done.stdout) == (0, f"{out}\n")
    assert "export.not_sealed" in done.stderr
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    with zipfile.ZipFile(out) as archive:
        document, log = archive.read("submission.xml"), archive.read("audit.csv")
        facts = json.loads(archive.read("manifest.json"))
    head = httpx.head(server, headers=_HEADERS)
    assert (head.status_code, head.headers["X-OpenRosa-Version"]) == (204, "1.0")
    assert len(document) + len(log) < int(head.headers["X-OpenRosa-Accept-Content-Length"])
    for _ in range(2):
        answer = _post(server, document, {"audit.csv": log})
        assert (answer.status_code, "1 attachments" in answer.text) == (201, True)
    assert facts["instance"] in document.decode()
    assert b"A &amp; B &lt;1&gt;" in document


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_whole_interview_is_accepted_and_goes_on_from_its_record(path: Path, server: str, tmp_path: Path) -> None:
    """Every practice case: rows, notes, declined answers, health; the record restores to itself."""
    fixture = interview_at(tmp_path)
    play(fixture, read_case(path.read_bytes(), MOMENT.date()))
    submission = Submissions(fixture.laptop.journal, intake()).of(fixture.dossier)
    answer = _post(server, submission.document, dict(submission.sent))
    assert answer.status_code == 201, answer.text
    source = random.Random(fixture.dossier)  # noqa: S311  # as the interview
    again = resume_record(intake(), submission.document, SessionSettings(SettableClock(submission.moment), source))
    assert again.warnings == ()
    assert instance_document(again.session) == submission.document
    log = submission.sent["audit.csv"].decode()
    answered = [
        event for event in fixture.laptop.journal.events(fixture.dossier) if isinstance(event.body, AnswerGiven)
    ]
    assert log.count("\nquestion,") == len(answered)


def test_the_server_refuses_what_the_specification_does_not_allow(
    fixture: InterviewFixture, server: str, tmp_path: Path
) -> None:
    """Otherwise the test above would show nothing."""
    _export(fixture, tmp_path / "out.zip")
    document = zipfile.ZipFile(io.BytesIO((tmp_path / "out.zip").read_bytes())).read("submission.xml")
    assert _post(server, document, {}).status_code == 201
    wrong = {
        409: document.replace(b">telefoon<", b">kamer<"),
        404: document.replace(b'version="', b'version="x'),
        400: document.replace(b"<instanceID>uuid:", b"<instanceID>uuid"),
    }
    for status, other in wrong.items():
        assert _post(server, other, {}).status_code == status
    assert _post(server, document.replace(b"brede_intake", b"other"), {}).status_code == 404
    assert _post(server, document[:-3], {}).status_code == 400
    assert _post(server, document.replace(b"<meta>", b"<unknown/><meta>"), {}).status_code == 400
    assert _post(server, document, {"nobody-names-me.jpg": b"x"}).status_code == 400
    assert httpx.post(server, content=document, headers={**_HEADERS, "Content-Type": "text/xml"}).status_code == 415
    assert httpx.head(server).status_code == 400


def test_an_export_never_writes_over_a_file_unless_it_is_told_to(fixture: InterviewFixture, tmp_path: Path) -> None:
    out = tmp_path / "out.zip"
    out.write_text("kept")
    refused = _export(fixture, out)
    assert (refused.returncode, out.read_text()) == (1, "kept")
    assert "export.file_exists" in refused.stderr
    forced = _export(fixture, out, "--force", "--messages", "nl")
    assert (forced.returncode, "niet verzegeld" in forced.stderr) == (0, True)
    assert _export(fixture, tmp_path / "again.zip").returncode == 0
    assert (tmp_path / "again.zip").read_bytes() == out.read_bytes()
    assert _traces(fixture) == [hashlib.sha256(out.read_bytes()).hexdigest()] * 2
    assert zipfile.is_zipfile(out)
    assert stat.S_IMODE(out.stat().st_mode) == 0o600


def _traces(fixture: InterviewFixture) -> list[str]:
    """Return the digests of the exports that the dossier tells of."""
    vault = open_vault(fixture.laptop.vault.directory, PASSPHRASE, fixture.laptop.clock)
    journal = open_journal(vault.directory, vault, fixture.laptop.clock)
    found = [made.body.digest for made in journal.view(fixture.dossier).documents]
    journal.close()
    vault.lock()
    return found


def test_a_wrong_passphrase_and_an_unknown_dossier_write_nothing(fixture: InterviewFixture, tmp_path: Path) -> None:
    wrong = _export(fixture, tmp_path / "a.zip", passphrase="something else entirely")
    assert (wrong.returncode, "vault.wrong_passphrase" in wrong.stderr) == (1, True)
    data = str(tmp_path)
    asked = ("--data", data, "form", "export", "OP-0000-0000", "--out", f"{data}/b.zip")
    unknown = warm.run("desktop", *asked, typed=f"{PASSPHRASE}\n")
    assert (unknown.returncode, "records.dossier_unknown" in unknown.stderr) == (1, True)
    assert not [*tmp_path.glob("*.zip")]


def test_on_a_terminal_the_passphrase_is_asked_and_not_shown(fixture: InterviewFixture, tmp_path: Path) -> None:
    screen, keyboard = pty.openpty()
    data = str(fixture.laptop.vault.directory.parents[1])
    arguments = [sys.executable, "-m", "desktop", "--data", data, "form", "export", fixture.dossier]
    with subprocess.Popen(  # noqa: S603  # our own program, fixed arguments
        [*arguments, "--out", str(tmp_path / "out.zip")],
        stdin=keyboard,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        assert process.stderr is not None
        asked = b""
        while not asked.endswith(b": "):
            asked += process.stderr.read(1)
        os.write(screen, f"{PASSPHRASE}\n".encode())
        assert process.wait() == 0
    os.set_blocking(screen, False)
    try:
        shown = os.read(screen, 4096)
    except BlockingIOError:
        shown = b""
    assert asked == b"Passphrase: "
    assert PASSPHRASE.encode() not in shown
    assert zipfile.is_zipfile(tmp_path / "out.zip")
    os.close(screen)
    os.close(keyboard)

"""A dossier as an OpenRosa submission: what is in the zip, and what is not (docs/formats/submission.md)."""

import csv
import hashlib
import io
import json
import random
import re
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.forms import SessionSettings, instance_document, resume_record
from desktop.forms.document.xml_reader import read_xml
from desktop.records import (
    CORE,
    HEALTH,
    AnswerGiven,
    AttachmentLabel,
    ConflictSettled,
    EventContext,
    InterpreterMode,
    NewContent,
    PlaceKept,
    RepeatAdded,
)
from desktop.services.exchange.submission import Submissions
from desktop.services.exchange.submission_parts import Submission
from desktop.vault.trust.organisation import create_organisation
from protocol.errors import UserError
from protocol.identifiers import case_number, new_instance_id
from protocol.times import SettableClock
from tests.content import intake
from tests.unit.forms.forms_for_tests import form_of
from tests.unit.records.cases import CONTEXT, new_laptop, share
from tests.unit.services.interview_fixture import InterviewFixture, ref


def _submissions(fixture: InterviewFixture) -> Submissions:
    return Submissions(fixture.laptop.journal, intake())


def _made(fixture: InterviewFixture) -> Submission:
    return _submissions(fixture).of(fixture.dossier)


def _zip(submission: Submission) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(submission.zip()))


def _log(submission: Submission) -> list[dict[str, str]]:
    data = {**submission.sent, **submission.aside}["audit.csv"]
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def _tick(fixture: InterviewFixture, seconds: int = 2) -> None:
    fixture.laptop.clock.moment += timedelta(seconds=seconds)


def test_the_record_is_the_interview_as_it_stands(fixture: InterviewFixture) -> None:
    interview, dossier = fixture.interview, fixture.dossier
    interview.answer(dossier, ref("gezondheid_gesprek"), "given", "nu")
    interview.answer(dossier, ref("gesprek_alleen"), "declined")
    interview.answer(dossier, ref("gesprek_plaats"), "unknown")
    submission = _made(fixture)
    source = random.Random(1)  # noqa: S311  # a test repeats itself
    around = SessionSettings(SettableClock(fixture.laptop.clock.moment), source)
    opened = resume_record(intake(), submission.document, around)
    assert opened.warnings == ()
    assert opened.session.state(ref("gezondheid_gesprek")).value == "nu"
    assert instance_document(opened.session) == submission.document
    top = next(read_xml(submission.document).elements())
    assert (top.get("id"), top.get("version")) == (intake().name, intake().version)
    assert submission.facts["declined"] == [ref("gesprek_alleen")]
    assert submission.facts["unknown"] == [ref("gesprek_plaats")]


def test_the_zip_holds_record_log_and_manifest_and_is_always_the_same(fixture: InterviewFixture) -> None:
    fixture.interview.answer(fixture.dossier, ref("gezondheid_gesprek"), "given", "nu")
    first = _made(fixture)
    with _zip(first) as archive:
        assert archive.namelist() == ["submission.xml", "audit.csv", "manifest.json"]
        assert archive.read("submission.xml") == first.document
        assert {entry.external_attr >> 16 for entry in archive.infolist()} == {0o100600}
        facts = json.loads(archive.read("manifest.json"))
    assert facts["format"] == "opmaat-submission/1"
    assert facts["case"] == case_number(fixture.dossier)
    _tick(fixture, 86_400)
    fixture.restart()
    assert _made(fixture).zip() == first.zip()


def test_an_export_leaves_a_trace_in_the_dossier_and_none_in_the_next_export(fixture: InterviewFixture) -> None:
    fixture.interview.answer(fixture.dossier, ref("gezondheid_gesprek"), "given", "nu")
    first = _made(fixture)
    _tick(fixture)
    _submissions(fixture).keep_trace(fixture.dossier, first.zip(), "J. de Vries")
    (made,) = fixture.laptop.journal.view(fixture.dossier).documents
    assert (made.body.kind, made.body.digest) == ("submission", hashlib.sha256(first.zip()).hexdigest())
    assert made.stamp.author == "J. de Vries"
    assert _made(fixture).zip() == first.zip()


def test_a_record_that_changed_has_another_id(fixture: InterviewFixture) -> None:
    """OpenRosa Metadata, instanceID: the same id would be the same record sent again."""
    before = _made(fixture).facts["instance"]
    fixture.interview.answer(fixture.dossier, ref("gezondheid_gesprek"), "given", "nu")
    submission = _made(fixture)
    assert submission.facts["instance"] != before
    assert f"<instanceID>{submission.facts['instance']}</instanceID>".encode() in submission.document


def test_the_log_says_who_changed_what_and_when(fixture: InterviewFixture) -> None:
    """Form Audit Log: views, old and new values, rows of a repeat, the user of each event."""
    interview, dossier = fixture.interview, fixture.dossier
    interview.start_talk(dossier, InterpreterMode.NONE)
    _tick(fixture)
    interview.go(dossier, ref("gezondheid_gesprek"))
    _tick(fixture)
    interview.answer(dossier, ref("gezondheid_gesprek"), "given", "nu")
    _tick(fixture)
    interview.answer(dossier, ref("gezondheid_gesprek"), "given", "later")
    rows = [
        (row["event"], row["node"], row["old-value"], row["new-value"], row["user"]) for row in _log(_made(fixture))
    ]
    assert rows == [
        ("form start", "", "", "", "J. de Vries"),
        ("question", ref("gezondheid_gesprek"), "", "nu", "J. de Vries"),
        ("question", ref("gezondheid_gesprek"), "nu", "later", "J. de Vries"),
        ("form finalize", "", "", "", "J. de Vries"),
    ]
    log = _log(_made(fixture))
    assert int(log[1]["end"]) - int(log[1]["start"]) == 2000


def test_rows_come_with_their_answers_in_the_order_they_were_added(fixture: InterviewFixture) -> None:
    repeat = next(
        node for node in intake().outline().walk() if node.kind == "repeat" and "health" not in node.tags.values()
    )
    question = next(node for node in repeat.walk() if node.kind == "question" and node.type == "string")
    for value in ("one", "two"):
        fixture.interview.add_row(fixture.dossier, repeat.path)
        row = fixture.laptop.journal.view(fixture.dossier).repeats[repeat.path][-1]
        inside = f"{repeat.path}[{row}]{question.path.removeprefix(repeat.path)}"
        fixture.laptop.answer(fixture.dossier, inside, value)
    first = fixture.laptop.journal.view(fixture.dossier).repeats[repeat.path][0]
    fixture.interview.remove_row(fixture.dossier, f"{repeat.path}[{first}]")
    nodes = [(row["event"], row["node"]) for row in _log(_made(fixture)) if row["event"] != "form finalize"]
    place = question.path.removeprefix(repeat.path)
    assert nodes == [
        ("add repeat", f"{repeat.path}[1]"),
        ("question", f"{repeat.path}[1]{place}"),
        ("add repeat", f"{repeat.path}[2]"),
        ("question", f"{repeat.path}[2]{place}"),
        ("delete repeat", f"{repeat.path}[1]"),
    ]


_ASKS_FOR_FILES = """
| survey |
| | type | name | label |
| | text | naam | Name |
| | begin_repeat | paper | Paper |
| | file | scan | Scan |
| | end_repeat | | |
"""


def _attach(fixture: InterviewFixture, where: str, name: str, data: bytes = b"%PDF-1.7 x") -> None:
    kept = fixture.laptop.journal.attachments
    sealing = kept.begin(
        fixture.dossier, CORE, AttachmentLabel(where, name, "diploma"), NewContent("application/pdf", data, b"", 1)
    )
    while kept.step(sealing):
        pass
    kept.finish(sealing, CONTEXT)


def test_an_attachment_is_sent_where_a_question_asks_for_a_file_and_lies_aside_elsewhere(
    fixture: InterviewFixture,
) -> None:
    """Form Submission API, Additional Parts: "matches an appropriate element inside of the … XML"."""
    form, row = form_of(_ASKS_FOR_FILES), new_instance_id()
    fixture.laptop.journal.append(fixture.dossier, RepeatAdded("/data/paper", row), CONTEXT)
    scan = f"/data/paper[{row}]/scan"
    _attach(fixture, scan, "Diploma Selam.pdf", b"%PDF-old")
    _attach(fixture, scan, "Diploma Selam 2.pdf", b"%PDF-new")
    _attach(fixture, "/data/naam", "CV.pdf", b"%PDF-cv")
    submission = Submissions(fixture.laptop.journal, form).of(fixture.dossier)
    assert list(submission.sent.values()) == [b"%PDF-new"]
    assert {data for name, data in submission.aside.items() if name != "audit.csv"} == {b"%PDF-old", b"%PDF-cv"}
    (name,) = submission.sent
    assert f"<paper><scan>{name}</scan></paper>".encode() in submission.document
    with _zip(submission) as archive:
        assert {each for each in archive.namelist() if each.startswith("attachments/")} == {
            f"attachments/{each}" for each in submission.aside
        }
        assert not any("Selam" in each or "CV" in each for each in archive.namelist())
        facts = json.loads(archive.read("manifest.json"))["files"]
    assert [(each["question"], each["called"], each["sent"]) for each in facts[1:]] == [
        ("/data/paper[1]/scan", "Diploma Selam.pdf", False),
        ("/data/paper[1]/scan", "Diploma Selam 2.pdf", True),
        ("/data/naam", "CV.pdf", False),
    ]


def test_an_attachment_that_is_not_here_is_named_and_blocks_nothing(tmp_path: Path) -> None:
    organisation = create_organisation("azc Duinrand", "reception")
    here, there = new_laptop(tmp_path / "a", organisation), new_laptop(tmp_path / "b", organisation, "T. Bakker")
    fixture = InterviewFixture(here, here.journal.create_dossier("Amina", ("ti",), CONTEXT))
    _attach(fixture, "", "CV.pdf")
    share(here, there)
    submission = _made(InterviewFixture(there, fixture.dossier))
    assert submission.absent == 1
    (_, facts) = json.loads(_zip(submission).read("manifest.json"))["files"]
    assert (facts["problem"], facts["called"]) == ("attachment.not_here", "CV.pdf")
    assert not any(name.startswith("attachments/") for name in _zip(submission).namelist())


def test_without_the_health_key_what_it_closes_is_left_out_and_said(fixture: InterviewFixture) -> None:
    """Wet inburgering 2021, art. 37: a device without the key exports what it may read."""
    health = [node.path for node in intake().outline().walk() if node.tags.get("compartment") == HEALTH]
    group = next(path for path in health if path.endswith("/gezondheid"))
    question = next(node for node in intake().outline().walk() if node.path == f"{group}/gez_algemeen")
    fixture.interview.answer(fixture.dossier, ref("gezondheid_gesprek"), "given", "nu")
    fixture.laptop.answer(fixture.dossier, question.path, "x", HEALTH)
    assert b"<gezondheid>" in _made(fixture).document
    fixture.laptop.journal.erase(fixture.dossier, "health_key", CONTEXT, HEALTH)
    submission = _made(fixture)
    assert submission.missing == {HEALTH: 1}
    assert submission.facts["missing_events"] == {HEALTH: 1}
    assert submission.facts["left_out"] == sorted(health)
    assert not {b"<gezondheid>", b"<gezondheid/>"} & set(re.findall(rb"<[^>]*>", submission.document))
    assert question.path not in {row["node"] for row in _log(submission)}


def test_two_values_nobody_chose_between_are_counted_and_the_later_one_is_sent(tmp_path: Path) -> None:
    organisation = create_organisation("azc Duinrand", "reception")
    here, there = new_laptop(tmp_path / "a", organisation), new_laptop(tmp_path / "b", organisation, "T. Bakker")
    fixture = InterviewFixture(here, here.journal.create_dossier("Amina", ("ti",), CONTEXT))
    share(here, there)
    there.clock.moment += timedelta(seconds=9)
    here.answer(fixture.dossier, ref("gezondheid_gesprek"), "nu")
    there.answer(fixture.dossier, ref("gezondheid_gesprek"), "later")
    share(there, here)
    share(here, there)
    submission = _made(fixture)
    assert submission.conflicts == 1
    assert submission.facts["conflicts"] == [ref("gezondheid_gesprek")]
    assert b"<gezondheid_gesprek>later</gezondheid_gesprek>" in submission.document
    other = _made(InterviewFixture(there, fixture.dossier))
    assert other.sent == submission.sent
    assert (submission.missing, other.missing) == ({}, {HEALTH: 0})


def test_a_choice_between_two_values_stands_in_the_log_as_an_answer(fixture: InterviewFixture) -> None:
    fixture.laptop.answer(fixture.dossier, ref("gezondheid_gesprek"), "nu")
    settled = ConflictSettled(ref("gezondheid_gesprek"), "given", "later")
    fixture.laptop.journal.append(fixture.dossier, settled, CONTEXT)
    rows = [(row["event"], row["old-value"], row["new-value"]) for row in _log(_made(fixture))]
    assert rows == [("question", "", "nu"), ("question", "nu", "later"), ("form finalize", "", "")]


def test_what_is_no_part_of_the_interview_is_not_in_the_log(fixture: InterviewFixture) -> None:
    fixture.interview.start_talk(fixture.dossier, InterpreterMode.NONE)
    fixture.interview.start_talk(fixture.dossier, InterpreterMode.PHONE)
    fixture.interview.note(fixture.dossier, ref("gezondheid_gesprek"), "secret note")
    repeat = next(node.path for node in intake().outline().walk() if node.kind == "repeat")
    fixture.interview.answer(fixture.dossier, repeat, "given", "none")
    fixture.laptop.journal.append(fixture.dossier, PlaceKept(repeat, "nl"), CONTEXT)
    submission = _made(fixture)
    assert [row["event"] for row in _log(submission)] == ["form start", "form resume", "form finalize"]
    assert b"secret note" not in submission.zip()


_TIMED = """
| survey |
| | type | name | label | calculation |
| | start | begun | | |
| | end | ended | | |
| | today | day | | |
| | username | who | | |
| | deviceid | device | | |
| | text | naam | Name | |
| | calculate | later | | today() |
"""


def test_user_and_device_are_those_that_opened_the_dossier(fixture: InterviewFixture) -> None:
    """Metadata, userID and deviceID: a unique id with its scheme."""
    submission = Submissions(fixture.laptop.journal, form_of(_TIMED)).of(fixture.dossier)
    values = {node.name: node.text for node in read_xml(submission.document).walk()}
    assert values["who"] == "J. de Vries"
    assert values["device"].replace("-", "") == f"uuid:{fixture.laptop.journal.device}"


def test_start_and_end_are_those_of_the_record_and_not_of_the_export(fixture: InterviewFixture) -> None:
    """Preload Attributes: start is of the first load, end of the last look."""
    _tick(fixture, 3 * 86_400)
    fixture.laptop.answer(fixture.dossier, "/data/naam", "Selam")
    last = fixture.laptop.clock.moment
    _tick(fixture, 86_400)
    submission = Submissions(fixture.laptop.journal, form_of(_TIMED)).of(fixture.dossier)
    values = {node.name: node.text for node in read_xml(submission.document).walk()}
    begun = datetime.fromisoformat(values["begun"])
    assert (begun.astimezone(UTC).date(), last.date()) == (last.date() - timedelta(days=3), last.date())
    assert datetime.fromisoformat(values["ended"]) == last
    assert values["day"] == begun.date().isoformat()
    assert values["later"] == datetime.fromisoformat(values["ended"]).date().isoformat()


def test_a_device_that_may_read_nothing_exports_nothing(fixture: InterviewFixture) -> None:
    fixture.laptop.journal.erase(fixture.dossier, "health_key", CONTEXT, "core")
    with pytest.raises(UserError) as refused:
        _made(fixture)
    assert refused.value.code == "records.no_key"


def test_an_answer_and_a_file_of_another_time_do_not_stop_an_export(fixture: InterviewFixture) -> None:
    """A row that is gone, and a kind of file that only a newer version knows."""
    repeat = next(node.path for node in intake().outline().walk() if node.kind == "repeat")
    fixture.interview.answer(fixture.dossier, f"{repeat}", "declined")
    fixture.laptop.journal.append(fixture.dossier, AnswerGiven(f"{repeat}[abcdef01]/x", "unknown"), CONTEXT)
    kept = fixture.laptop.journal.attachments
    sealing = kept.begin(
        fixture.dossier, CORE, AttachmentLabel("", "x", "other"), NewContent("model/new", b"1", b"", 1)
    )
    while kept.step(sealing):
        pass
    kept.finish(sealing, CONTEXT)
    submission = _made(fixture)
    assert submission.facts["unknown"] == [f"{repeat}/x"]
    assert [*submission.aside.items()] == [("attachment-1.bin", b"1")]


def test_a_dossier_is_found_by_id_and_by_case_number(fixture: InterviewFixture) -> None:
    submissions = _submissions(fixture)
    for named in (fixture.dossier, case_number(fixture.dossier), f" {case_number(fixture.dossier).lower()} "):
        assert submissions.find(named) == fixture.dossier
    with pytest.raises(UserError) as refused:
        submissions.find("OP-0000-0000")
    assert refused.value.code == "records.dossier_unknown"


def test_who_wrote_it_stands_in_the_log_by_name(fixture: InterviewFixture) -> None:
    answer = AnswerGiven(ref("gezondheid_gesprek"), "given", "nu")
    fixture.laptop.journal.append(fixture.dossier, answer, EventContext("A. Bakker", "nl"), "core")
    assert {row["user"] for row in _log(_made(fixture))} == {"A. Bakker"}

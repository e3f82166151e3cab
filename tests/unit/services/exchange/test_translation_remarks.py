"""Remarks on translations leave the cases as PO files, without an answer and without a name."""

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from desktop.records import AnswerGiven, TranslationFlagged
from desktop.services.exchange.translation_remarks import TranslationRemarks
from tests.unit.records.cases import CONTEXT
from tests.unit.services.interview_fixture import InterviewFixture, ref, words

SCHOOL = "Hoeveel jaar bent u in totaal naar school gegaan?"


def read(data: bytes) -> Catalog:
    return read_po(BytesIO(data))


def files(table: InterviewFixture) -> dict[str, bytes]:
    return dict(TranslationRemarks(table.contexts).files())


def test_what_was_said_stands_beside_the_text_it_is_about(fixture: InterviewFixture) -> None:
    fixture.interview.flag_translation(fixture.dossier, ref("schooljaren"), "Say years, not classes")
    fixture.interview.flag_translation(fixture.dossier, ref("schooljaren"), "Too formal")
    (tag, data), *rest = files(fixture).items()
    assert (tag, rest) == ("ti", [])
    label, hint, why = [message for message in read(data) if message.id]
    assert (label.id, label.string) == (SCHOOL, words("ti").find(SCHOOL))
    assert label.user_comments == ["Say years, not classes", "Too formal"]
    assert label.fuzzy
    assert [name for name, _line in label.locations] == [ref("schooljaren")]
    assert (hint.user_comments, why.user_comments) == ([], [])


def test_a_remark_in_another_language_goes_in_another_file(fixture: InterviewFixture) -> None:
    fixture.interview.flag_translation(fixture.dossier, ref("baan"), "one")
    fixture.interview.switch(fixture.dossier, "en")
    fixture.interview.flag_translation(fixture.dossier, ref("baan"), "two")
    assert sorted(files(fixture)) == ["en", "ti"]


def test_no_answer_name_figure_or_address_is_in_it(fixture: InterviewFixture) -> None:
    table = fixture.interview
    for name, value in (("roepnaam", "Selam"), ("azc", "Duinrand Noord"), ("trots", "Ik bak elke dag brood voor ons")):
        assert table.answer(fixture.dossier, ref(name), "given", value).problem is None
    table.answer(fixture.dossier, ref("roepnaam"), "given", "Salome")
    said = "selam of Salome (Duinrand, 0612345678, s@x.nl) zegt: brood; vraag het Marieke"
    fixture.laptop.journal.append(fixture.dossier, TranslationFlagged(ref("azc"), "ti", said), CONTEXT)
    text = files(fixture)["ti"].decode()
    assert f"# … of … (…, …, …) zegt: brood; vraag het {'…' if 'Marieke' in CONTEXT.author else 'Marieke'}" in text
    assert fixture.laptop.vault.person not in text


def test_a_question_that_this_form_does_not_have_goes_by_its_name(fixture: InterviewFixture) -> None:
    place = "/intake/nieuw/nieuwe_vraag"
    fixture.laptop.journal.append(fixture.dossier, AnswerGiven(place, "given", "Zomia"), CONTEXT)
    fixture.laptop.journal.append(fixture.dossier, TranslationFlagged(place, "ti", "Zomia is wrong"), CONTEXT)
    fixture.laptop.journal.append(fixture.dossier, TranslationFlagged(place, "../x", "no language"), CONTEXT)
    (message,) = [each for each in read(files(fixture)["ti"]) if each.id]
    assert (message.id, message.string, message.user_comments) == ("nieuwe_vraag", "", ["… is wrong"])
    assert list(files(fixture)) == ["ti"]


def test_the_files_are_saved_beside_each_other_and_nothing_makes_none(
    fixture: InterviewFixture, tmp_path: Path
) -> None:
    remarks = TranslationRemarks(fixture.contexts)
    assert remarks.save(tmp_path) == ()
    fixture.interview.flag_translation(fixture.dossier, ref("baan"), "one")
    (path,) = remarks.save(tmp_path)
    assert (path.name, path.read_bytes()) == ("opmaat-vertaling-ti.po", remarks.files()["ti"])

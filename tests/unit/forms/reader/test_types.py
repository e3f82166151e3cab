"""Every type of question of the XLSForm reference, from every kind of file, through the engine."""

from pathlib import Path

import pytest

from desktop.forms import Form, Session, check_workbook, read_workbook
from desktop.forms.reader.form_reader import Kind
from desktop.forms.workbook.conversion import sheets_of, xform_of
from desktop.services.dossier.form_locale import FORM_LOCALE
from tests.unit.forms.forms_for_tests import hold, same
from tests.unit.forms.workbooks_for_tests import KINDS, workbook

BOOK = """
| survey |
| | type | name | label::Nederlands (nl) | label::English (en) | appearance | choice_filter | parameters | calculation | repeat_count | default | trigger | media::image |
| | start | start |
| | end | end |
| | today | today |
| | deviceid | deviceid |
| | phonenumber | phonenumber |
| | username | username |
| | email | email |
| | audit | | | | | | location-priority=balanced location-min-interval=60 location-max-age=120 |
| | start-geopoint | begin_plek |
| | background-audio | geluid |
| | text | naam | Naam | Name | | | rows=3 |
| | integer | leeftijd | Leeftijd van ${naam} | Age of ${naam} | | | | | | 5 |
| | decimal | maat | Maat | Size |
| | note | noot | Dag ${naam} | Hello ${naam} | | | | | | | | kaart.png |
| | select_one yn | een | Een | One |
| | select_multiple yn | meer | Meer | Several | | cf = ${naam} | randomize=true, seed=${leeftijd} |
| | select_one yn or_other | anders | Anders | Other |
| | select_one_from_file fruits.csv | vrucht | Vrucht | Fruit | | | value=key label=title |
| | select_multiple_from_file towns.xml | steden | Steden | Towns | | size > 3 |
| | select_one_from_file places.geojson | plaats | Plaats | Place |
| | rank yn | volgorde | Volgorde | Order |
| | rank_from_file fruits.csv | lekker | Lekkerst | Best | minimal | | value=key label=title |
| | range | cijfer | Cijfer | Mark | | | start=0 end=10 step=2 |
| | geopoint | punt | Punt | Point |
| | geotrace | lijn | Lijn | Line |
| | geoshape | vlak | Vlak | Area |
| | date | dag | Dag | Day |
| | time | tijd | Tijd | Time |
| | dateTime | moment | Moment | Moment |
| | image | beeld | Beeld | Picture | | | max-pixels=1000 |
| | audio | opname | Opname | Recording |
| | video | film | Film | Film |
| | file | bestand | Bestand | File |
| | barcode | code | Code | Code |
| | calculate | naam_vrucht | | | | | | pulldata('fruits', 'title', 'key', ${vrucht}) |
| | acknowledge | akkoord | Akkoord | Agreed |
| | hidden | geheim |
| | xml-external | stad |
| | csv-external | extra |
| | select_one gevonden | zoek | Zoek | Search | minimal search('fruits', 'contains', 'title', ${naam}) |
| | begin_repeat | keer | Keer | Time | | | | | 3 |
| | select_one ${kind} | welk | Welk | Which |
| | end_repeat |
| | begin_repeat | kinderen | Kinderen | Children |
| | text | kind | Kind | Child |
| | end_repeat |
| | begin_group | tabel | Tabel | Table | table-list |
| | select_one yn | rij | Rij | Row |
| | end_group |
| | text | volgt | Volgt | Follows | | | | 1 + 1 | | | ${leeftijd} |
| | select_one_external groot | buiten | Buiten | Outside | | cf = ${naam} |
| choices |
| | list_name | name | label::Nederlands (nl) | label::English (en) | cf |
| | yn | y | Ja | Yes | a |
| | yn | n | Nee | No | b |
| | gevonden | key | title | title |
| external_choices |
| | list_name | name | label::Nederlands (nl) | label::English (en) | cf |
| | groot | g | Groot | Large | a |
| | groot | k | Klein | Small | b |
| settings |
| | form_id | default_language |
| | alles | Nederlands (nl) |
"""  # noqa: E501  # a table is as wide as it is
MEDIA = {
    "fruits.csv": b"key,title\na,Appel\nb,Banaan\n",
    "towns.xml": b"<root><item><name>x</name><label>X</label><size>4</size></item></root>",
    "places.geojson": b'{"type": "FeatureCollection", "features": [{"type": "Feature", "id": "p", "geometry": '
    b'{"type": "Point", "coordinates": [4, 52]}, "properties": {"title": "P"}}]}',
    "stad.xml": b"<root/>",
    "extra.csv": b"a,b\n",
    "kaart.png": b"",
}

TYPES = {
    "start": ("calculate", "dateTime"),
    "end": ("calculate", "dateTime"),
    "today": ("calculate", "date"),
    "deviceid": ("calculate", "string"),
    "phonenumber": ("calculate", "string"),
    "username": ("calculate", "string"),
    "email": ("calculate", "string"),
    "begin_plek": ("calculate", "geopoint"),
    "geluid": ("calculate", "binary"),
    "naam": ("question", "string"),
    "leeftijd": ("question", "int"),
    "maat": ("question", "decimal"),
    "noot": ("note", "string"),
    "een": ("question", "select1"),
    "meer": ("question", "select"),
    "anders": ("question", "select1"),
    "anders_other": ("question", "string"),
    "vrucht": ("question", "select1"),
    "steden": ("question", "select"),
    "plaats": ("question", "select1"),
    "volgorde": ("question", "rank"),
    "lekker": ("question", "rank"),
    "cijfer": ("question", "range"),
    "punt": ("question", "geopoint"),
    "lijn": ("question", "geotrace"),
    "vlak": ("question", "geoshape"),
    "dag": ("question", "date"),
    "tijd": ("question", "time"),
    "moment": ("question", "dateTime"),
    "beeld": ("question", "binary"),
    "opname": ("question", "binary"),
    "film": ("question", "binary"),
    "bestand": ("question", "binary"),
    "code": ("question", "barcode"),
    "naam_vrucht": ("calculate", "string"),
    "akkoord": ("question", "trigger"),
    "geheim": ("calculate", "string"),
    "zoek": ("question", "select1"),
    "keer": ("repeat", "string"),
    "welk": ("question", "select1"),
    "kinderen": ("repeat", "string"),
    "kind": ("question", "string"),
    "tabel": ("group", "string"),
    "rij": ("question", "select1"),
    "volgt": ("question", "string"),
    "buiten": ("question", "select1"),
}

ANSWERS = {
    "naam": "a",
    "leeftijd": "30",
    "maat": "1.5",
    "een": "y",
    "meer": "y",
    "anders": "other",
    "anders_other": "iets",
    "vrucht": "b",
    "steden": "x",
    "plaats": "p",
    "volgorde": "n y other",
    "lekker": "b a",
    "cijfer": "4",
    "punt": "52 4 0 0",
    "lijn": "52 4 0 0; 53 5 0 0",
    "vlak": "52 4 0 0; 53 5 0 0; 52 4 0 0",
    "dag": "2026-11-25",
    "tijd": "12:30:00.000+01:00",
    "moment": "2026-11-25T12:30:00.000+01:00",
    "beeld": "a.jpg",
    "opname": "a.mp3",
    "film": "a.mp4",
    "bestand": "a.pdf",
    "code": "123",
    "akkoord": "OK",
    "zoek": "a",
    "rij": "n",
    "buiten": "g",
}


def _form(kind: Kind) -> Form:
    if kind == "xml":
        return read_workbook(xform_of(sheets_of(BOOK.encode(), "md"), {}), "xml", media=MEDIA)
    return read_workbook(workbook(BOOK, kind), kind, media=MEDIA)


def _path(form: Form, name: str) -> str:
    found = form.find(name)
    assert found is not None, name
    return found.path


def _answered(form: Form) -> Session:
    session = hold(form)
    for name, value in ANSWERS.items():
        outcome = session.answer(_path(form, name), value)
        assert outcome.accepted, (name, outcome.problem)
    return session


def test_a_form_with_every_type_has_nothing_wrong() -> None:
    assert check_workbook(BOOK, "md", media=MEDIA) == ()


@pytest.mark.parametrize("name", TYPES)
def test_a_type_of_question_comes_through(name: str) -> None:
    found = _form("md").find(name)
    assert found is not None
    assert (found.kind, found.type) == TYPES[name]


def test_every_type_can_be_answered_and_its_consequences_follow() -> None:
    session = _answered(_form("md"))
    assert session.problems() == ()
    assert session.state("/data/naam_vrucht").value == "Banaan"
    assert session.state("/data/volgt").value == "2"
    assert session.text("/data/noot", "label", same, "en").text == "Hello a"
    assert len(session.instances("/data/keer")) == 3
    assert [choice.text for choice in session.choices("/data/buiten", same, "en")] == ["Large"]
    assert session.form.find("zoek") is not None
    assert session.form.nodes["/data/zoek"].appearance == "minimal"


def test_what_else_is_asked_only_after_other() -> None:
    session = hold(_form("md"))
    assert not session.state("/data/anders_other").relevant
    session.answer("/data/anders", "other")
    assert session.state("/data/anders_other").relevant


def test_other_is_said_in_every_language_of_the_form() -> None:
    session = hold(read_workbook(BOOK, "md", locale=FORM_LOCALE, media=MEDIA))
    session.answer("/data/anders", "other")
    said = {
        tag: (
            [choice.text for choice in session.choices("/data/anders", same, tag)][-1],
            session.text("/data/anders_other", "label", same, tag).text,
        )
        for tag in ("nl", "en")
    }
    assert said == {"nl": ("Anders", "Welke andere?"), "en": ("Other", "Which other one?")}


def test_a_row_after_other_keeps_its_number() -> None:
    text = BOOK.replace("| | date | dag | Dag | Day |", "| | range | dag | Dag | Day | | | start=zz |")
    (problem,) = check_workbook(text, "md", media=MEDIA)
    assert (problem.code, problem.details["row"]) == ("form.workbook", "28")


def test_a_seed_gives_the_same_order_every_time() -> None:
    text = BOOK.replace("cf = ${naam} | randomize", " | randomize")
    orders: set[tuple[str, tuple[str, ...]]] = set()
    for age in ("30", "31", "32", "33", "34", "35", "30"):
        session = hold(read_workbook(text, "md", media=MEDIA), seed=len(orders))
        session.answer("/data/leeftijd", age)
        orders.add((age, tuple(choice.value for choice in session.choices("/data/meer", same, "nl"))))
    assert len(orders) == 6
    assert len({order for _, order in orders}) > 1


def _portrait(form: Form) -> list[object]:
    """Return all that people meet in a form: its nodes, texts, choices, and what follows from the answers."""
    session = _answered(form)
    nodes = [
        (node.path, node.kind, node.type, node.appearance, tuple(node.parameters.items()), tuple(node.tags.items()))
        for node in form.outline().walk()
    ]
    said = [
        (ref, tag, session.text(ref, "label", same, tag).text, session.choices(ref, same, tag))
        for ref in session.questions()
        for tag in ("nl", "en")
    ]
    volatile = {"start", "instanceID"}
    values = [(path, session.state(path).value) for path in form.places if "keer" not in path and "kind" not in path]
    return [
        (form.name, form.version, form.languages),
        nodes,
        said,
        [value for value in values if value[0].rpartition("/")[2] not in volatile],
    ]


@pytest.mark.parametrize("kind", [*KINDS[1:], "xml"])
def test_the_same_content_is_the_same_form_from_every_kind_of_file(kind: Kind) -> None:
    assert _portrait(_form(kind)) == _portrait(_form("md"))


def _beside(folder: Path) -> Path:
    (folder / "alles-media").mkdir()
    for name, data in MEDIA.items():
        (folder / ("alles-media" if name.endswith(".csv") else ".") / name).write_bytes(data)
    book = folder / "alles.md"
    book.write_text(BOOK, "utf-8")
    return book


def test_files_are_found_in_the_media_folder_and_beside_the_form(tmp_path: Path) -> None:
    book = _beside(tmp_path)
    assert check_workbook(book, "md") == ()
    assert _portrait(read_workbook(book, "md")) == _portrait(_form("md"))


def test_a_changed_list_is_a_changed_form_though_the_workbook_is_kept(tmp_path: Path) -> None:
    book, cache = _beside(tmp_path), tmp_path / "cache"
    assert "Banaan" in str(_portrait(read_workbook(book, "md", cache)))
    (tmp_path / "alles-media" / "fruits.csv").write_bytes(b"key,title\na,Aardbei\nb,Bosbes\n")
    assert "Bosbes" in str(_answered(read_workbook(book, "md", cache)).state("/data/naam_vrucht").value)
    (tmp_path / "kaart.png").unlink()
    with pytest.raises(Exception, match=r"form\.missing_media"):
        read_workbook(book, "md", cache)
    (tmp_path / "kaart.png").write_bytes(b"")
    (tmp_path / "alles-media" / "fruits.csv").unlink()
    with pytest.raises(Exception, match=r"form\.missing_file"):
        read_workbook(book, "md", cache)


@pytest.mark.parametrize("name", ["../secret.csv", "..", ".", "", "a/b.csv", "C:x.csv", "%2e%2e%2fsecret.csv"])
def test_no_file_elsewhere_is_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.csv").write_bytes(b"name,label\na,A\n")
    folder = tmp_path / "forms"
    folder.mkdir()
    form = folder / "f.xml"
    form.write_text(
        '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>T'
        f"</h:title><model><instance><data id='t'><a/></data></instance><instance id='f' src='jr://file-csv/{name}'/>"
        "</model></h:head><h:body/></h:html>",
        "utf-8",
    )
    with pytest.raises(Exception, match=r"form\.missing_file"):
        read_workbook(form, "xml")


def test_a_cached_form_that_was_changed_is_not_used(tmp_path: Path) -> None:
    text = "| survey |\n| | type | name | label |\n| | text | a | Naam |\n"
    read_workbook(text, "md", tmp_path)
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(kept.read_bytes().replace(b"Naam", b"Mooi"))
    session = hold(read_workbook(text, "md", tmp_path))
    assert session.text("/data/a", "label", same, "nl").text == "Naam"
    assert b"Naam" in kept.read_bytes()

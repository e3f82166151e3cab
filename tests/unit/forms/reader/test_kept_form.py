"""A converted form that was kept: read by its graph it is the same form, and what is not in order is made anew."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.forms import INTERVIEW, ODK, Conventions, Form, read_workbook
from desktop.forms.model.places import Cell
from desktop.forms.reader import form_reader, kept_form
from desktop.services.dossier.form_locale import FORM_LOCALE, builtin_intake
from tests.unit.forms.forms_for_tests import everything, hold

BOOK = """
| survey |
| | type | name | label | relevant | calculation | constraint | choice_filter | repeat_count | readonly | default |
| | integer | aantal | Hoeveel? | | | . < 4 | | | | 1 |
| | begin_group | deel | Deel | ${aantal} > 0 | | | | | | |
| | select_one land | land | Welk land? | | | | | | | |
| | select_one plaats | plaats | Welke plaats? | | | | land = ${land} | | | |
| | text | toelichting | Nog iets? | ${plaats} != '' | | | | | ${aantal} = 2 | |
| | end_group | | | | | | | | | |
| | begin_repeat | kind | Kind | | | | | ${aantal} | | |
| | integer | leeftijd | Leeftijd | | | . < ${aantal} + 20 | | | | |
| | calculate | nummer | | | position(..) | | | | | |
| | end_repeat | | | | | | | | | |
| | calculate | kinderen | | | count(${kind}) | | | | | |
| | calculate | jaren | | | sum(${leeftijd}) | | | | | |
| | calculate | vandaag | | | today() | | | | | |
| | calculate | morgen | | | ${vandaag} + 1 | | | | | |
| | calculate | dubbel | | | ${aantal} * 2 | | | | | |
| | calculate | eens | | | once(concat(${aantal}, 'x')) | | | | | |
| choices |
| | list_name | name | label | land |
| | land | nl | Nederland | |
| | land | be | Belgie | |
| | plaats | haarlem | Haarlem | nl |
| | plaats | gent | Gent | be |
"""
STEPS = (
    ("/data/aantal", "2"),
    ("/data/deel/land", "nl"),
    ("/data/deel/plaats", "gent"),
    ("/data/deel/plaats", "haarlem"),
    ("/data/deel/land", "be"),
    ("/data/aantal", "9"),
    ("/data/aantal", "0"),
)


def _never(*_: object) -> Form:
    raise AssertionError


def _kept(book: str, folder: Path) -> Form:
    """Return the form as it comes out of the cache."""
    read_workbook(book, "md", folder, locale=FORM_LOCALE)
    return read_workbook(book, "md", folder, locale=FORM_LOCALE)


def _graph(data: bytes) -> tuple[dict[str, Any], bytes]:
    length = int.from_bytes(data[32:36], "big")
    return json.loads(data[36 : 36 + length]), data[36 + length :]


def _with_graph(data: bytes, change: Callable[[dict[str, Any]], None]) -> bytes:
    """Return a file with a changed graph and a hash that fits it."""
    graph, xform = _graph(data)
    change(graph)
    return _sealed(json.dumps(graph).encode(), xform)


def _sealed(graph: bytes, xform: bytes) -> bytes:
    rest = len(graph).to_bytes(4, "big") + graph + xform
    return hashlib.sha256(rest).digest() + rest


@pytest.mark.parametrize("conventions", [INTERVIEW, ODK])
def test_a_form_read_by_its_graph_does_what_the_other_does(tmp_path: Path, conventions: Conventions) -> None:
    fresh = hold(read_workbook(BOOK, "md", locale=FORM_LOCALE), conventions=conventions)
    kept = hold(_kept(BOOK, tmp_path), conventions=conventions)
    assert everything(fresh) == everything(kept)
    for ref, value in STEPS:
        assert fresh.answer(ref, value).accepted == kept.answer(ref, value).accepted
        assert everything(fresh) == everything(kept)


def test_the_order_of_the_cells_and_all_who_read_a_place_are_the_same(tmp_path: Path) -> None:
    fresh, kept = read_workbook(BOOK, "md", locale=FORM_LOCALE), _kept(BOOK, tmp_path)
    assert [_cell(each) for each in fresh.cells] == [_cell(each) for each in kept.cells]
    for path, place in fresh.places.items():
        other = kept.places[path]
        assert place.near == other.near
        assert [(_cell(cell), level) for cell, level in place.edges] == [
            (_cell(cell), level) for cell, level in other.edges
        ]
        assert [_cell(cell) for cell in place.inner] == [_cell(cell) for cell in other.inner]


def _cell(cell: Cell) -> tuple[str, str, int, str]:
    return cell.place.path, cell.aspect.name, cell.rank, cell.expression


def test_only_what_follows_from_the_form_alone_is_known_of_a_blank_record(tmp_path: Path) -> None:
    known = {(each.place.name, each.aspect.name): each.blank for each in _kept(BOOK, tmp_path).cells}
    assert known["deel", "RELEVANT"] is True
    assert known["dubbel", "VALUE"] == "2"
    asks = ["vandaag", "morgen", "kinderen", "jaren", "nummer", "eens"]
    assert [known[name, "VALUE"] for name in asks] == [None] * len(asks)


def test_the_interview_begins_the_same_read_by_its_graph(tmp_path: Path) -> None:
    builtin_intake(tmp_path)
    fresh, kept = hold(builtin_intake()), hold(builtin_intake(tmp_path))
    assert any(cell.blank is not None for cell in kept.form.cells)
    assert everything(fresh) == everything(kept)


def test_a_cell_is_compiled_when_it_is_first_used(tmp_path: Path) -> None:
    form = _kept(BOOK, tmp_path)
    session, before = hold(form), {cell.rank: cell.run for cell in form.cells}
    session.answer("/data/aantal", "3")
    changed = {cell.place.name for cell in form.cells if cell.run is not before[cell.rank]}
    assert "dubbel" in changed
    assert "toelichting" in changed
    assert "jaren" not in changed


def _other_engine(graph: dict[str, Any]) -> None:
    graph["engine"] = "0" * 64


def _one_less(graph: dict[str, Any]) -> None:
    del graph["cells"][0]


def _twice(graph: dict[str, Any]) -> None:
    graph["cells"][0] = graph["cells"][1]


def _no_place(graph: dict[str, Any]) -> None:
    graph["cells"][0][0] = 10_000


def _from_behind(graph: dict[str, Any]) -> None:
    graph["cells"][0][0] = -1


def _reads_nothing(graph: dict[str, Any]) -> None:
    graph["cells"][0] += [10_000, 0]


def _too_deep(graph: dict[str, Any]) -> None:
    graph["cells"][0] += [0, 1]


def _half_a_read(graph: dict[str, Any]) -> None:
    graph["cells"][0] += [0]


def _no_text(graph: dict[str, Any]) -> None:
    next(cell for cell in graph["cells"] if cell[1] == 0)[2] = True


def _no_truth(graph: dict[str, Any]) -> None:
    next(cell for cell in graph["cells"] if cell[1] == 1)[2] = "ja"


def _no_choices(graph: dict[str, Any]) -> None:
    graph["cells"].append([1, 5, None])


def _no_list(graph: dict[str, Any]) -> None:
    graph["cells"] = {"a": 1}


def _no_cell(graph: dict[str, Any]) -> None:
    graph["cells"][0] = 7


def _words(graph: dict[str, Any]) -> None:
    graph["cells"][0] = ["a", "b", None]


DAMAGE = (
    *(_other_engine, _one_less, _twice, _no_place, _from_behind, _reads_nothing, _too_deep, _half_a_read, _no_text),
    *(_no_truth, _no_choices, _no_list, _no_cell, _words),
)


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_graph_that_is_stale_or_of_another_form_is_made_anew_and_the_xform_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: Callable[[dict[str, Any]], None]
) -> None:
    read_workbook(BOOK, "md", tmp_path, locale=FORM_LOCALE)
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    file.write_bytes(_with_graph(whole, damage))
    monkeypatch.setattr(form_reader, "xform_of", _never)
    found = hold(read_workbook(BOOK, "md", tmp_path, locale=FORM_LOCALE))
    assert everything(found) == everything(hold(_kept(BOOK, tmp_path)))
    assert file.read_bytes() == whole


@pytest.mark.parametrize("graph", [b"", b"{", b"[]", b"\xff", b"[" * 100_000])
def test_a_graph_that_is_none_is_made_anew(tmp_path: Path, graph: bytes) -> None:
    read_workbook(BOOK, "md", tmp_path, locale=FORM_LOCALE)
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    file.write_bytes(_sealed(graph, _graph(whole)[1]))
    read_workbook(BOOK, "md", tmp_path, locale=FORM_LOCALE)
    assert file.read_bytes() == whole


@pytest.mark.parametrize("cut", [0, 10, 32, 35, 100, -1])
def test_a_file_that_is_not_whole_is_made_anew(tmp_path: Path, cut: int) -> None:
    read_workbook(BOOK, "md", tmp_path, locale=FORM_LOCALE)
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[:cut])
    assert read_workbook(BOOK, "md", tmp_path, locale=FORM_LOCALE).find("aantal") is not None
    assert file.read_bytes() == whole


def test_a_length_beyond_the_file_is_refused() -> None:
    rest = b"\xff\xff\xff\xff{}"
    with pytest.raises(Exception, match=r"form\.xml"):
        kept_form.from_bytes(hashlib.sha256(rest).digest() + rest)


def test_no_graph_is_used_where_it_cannot_be_told_which_engine_made_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_form, "engine", lambda: "")
    form = _kept(BOOK, tmp_path)
    assert all(cell.blank is None for cell in form.cells)


def test_a_changed_module_is_another_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def engine() -> str:
        kept_form.engine.cache_clear()
        return kept_form.engine()

    monkeypatch.setattr(kept_form, "_ENGINE", tmp_path)
    try:
        assert engine() == ""
        (tmp_path / "inner").mkdir()
        module = tmp_path / "inner" / "module.py"
        module.write_text("A = 1\n")
        first = engine()
        assert engine() == first
        module.write_text("A = 12\n")
        assert engine() != first
    finally:
        kept_form.engine.cache_clear()

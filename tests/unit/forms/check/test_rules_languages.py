"""Missing translations of a workbook that cannot be converted yet: told beside what is wrong with it."""

import pytest

from desktop.forms import check_workbook

BOOK = """
| survey |
| | type | name | label::Nederlands (nl) | label::English (en) | hint::Nederlands (nl) | relevant |
| | select_one yn | werk | Werkt u? | | | |
| | text | waar | Waar? | Where? | Kijk. | {} |
| choices |
| | list_name | name | label::Nederlands (nl) | label::English (en) |
| | yn | ja | Ja | Yes |
| | yn | nee | Nee | |
"""
MISSING = [
    ("survey", "2", "label::English (en)", "English (en)"),
    ("survey", "3", "hint", "English (en)"),
    ("choices", "3", "label::English (en)", "English (en)"),
]


@pytest.mark.parametrize("relevant", ["${werk} = 'ja'", "${niets} = 'ja'"])
def test_every_missing_text_is_told_whether_the_workbook_can_be_converted_or_not(relevant: str) -> None:
    problems = check_workbook(BOOK.format(relevant), "md")
    found = [
        (each.details["sheet"], each.details["row"], each.details["column"], each.details["language"])
        for each in problems
        if each.code == "form.translation_missing"
    ]
    assert [(sheet, row, language) for sheet, row, _, language in found] == [
        (sheet, row, language) for sheet, row, _, language in MISSING
    ]
    assert ("form.unknown_name" in {each.code for each in problems}) is ("niets" in relevant)


def test_the_cell_that_is_empty_is_named() -> None:
    problems = check_workbook(BOOK.format("${niets} = 1"), "md")
    cells = [(each.details["sheet"], each.details["row"], each.details["column"]) for each in problems]
    assert [cell for cell in cells if cell[2] != "relevant"][:3] == [
        (sheet, row, column) for sheet, row, column, _ in MISSING
    ]


@pytest.mark.parametrize(
    "book",
    [
        "| survey |\n| | type | name | label | relevant |\n| | text | a | A | ${niets} = 1 |",
        "| survey |\n| | type | name | label::nl | relevant |\n| | text | a | A | ${niets} = 1 |",
        "| survey |\n| | type | name | label | hint::nl | hint::en | relevant |\n| | text | a | A | B | C | ${x} = 1 |",
    ],
)
def test_a_text_without_a_language_is_for_all(book: str) -> None:
    assert [problem.code for problem in check_workbook(book, "md")] == ["form.unknown_name"]

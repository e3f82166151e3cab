"""A DOCX in two languages: headings, rows with Dutch left and the person's language right, and tables.

A text is a pair of `bilingual`. Direction marks stay away, for each run says its own direction; a text without a
translation stands in its Dutch, marked NL, as on the printed pages.
"""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_DIRECTION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from desktop.documents.bilingual import Bilingual
from desktop.documents.word.word_styles import DUTCH_WORDS, GAP, LINES, OTHER, OTHER_WORDS, set_styles
from desktop.i18n.bidi import strip_isolates

Texts = Mapping[str, Any]
"""A pair: `nl`, and `other` in runs, with `gap` where there is no translation."""
Cell = Texts | str
"""What stands in a cell: both languages one below the other, or Dutch alone."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
_WIDE_MM, _HIGH_MM, _EDGE_MM = 210, 297, 18
_UNTRANSLATED = "NL "


class WordFile:
    """Filled from top to bottom; `save` returns the bytes, the same for the same content and moment."""

    def __init__(self, both: Bilingual, title: str, moment: datetime) -> None:
        self._alone = both.is_dutch_alone
        self._rtl = both.plan.language.is_rtl
        self._document = Document()
        set_styles(self._document, both.plan.language)
        self._set_properties(title, moment)
        section = self._document.sections[0]
        section.orientation = WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(_WIDE_MM), Mm(_HIGH_MM)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(_EDGE_MM)

    def footer(self, words: str) -> None:
        """Put `words` and the number of the page at the foot of every page."""
        line = self._document.sections[0].footer.paragraphs[0]
        line.add_run(f"{words} · ")
        line._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'))  # noqa: SLF001

    def heading(self, texts: Texts, level: int) -> None:
        """Add a heading in both languages, as one line for the outline of the document."""
        line = self._document.add_heading(strip_isolates(texts["nl"]), level)
        if not self._alone and not texts["gap"]:
            line.add_run("   ")
            for words, dutch in texts["other"]:
                line.add_run(strip_isolates(words), None if dutch else OTHER_WORDS)

    def dutch(self, words: str, *, bold: bool = False) -> None:
        """Add a paragraph in Dutch alone."""
        self._document.add_paragraph().add_run(strip_isolates(words)).bold = bold

    def rows(self, rows: Sequence[Texts], *, bullets: bool = False) -> None:
        """Add each text as a row, Dutch left and the person's language right; Dutch alone as paragraphs."""
        if not rows:
            return
        if self._alone:
            for texts in rows:
                self._document.add_paragraph(strip_isolates(texts["nl"]), "List Bullet" if bullets else None)
            return
        table = self._add_table((1, 1), lines=False)
        for texts in rows:
            left, right = table.add_row().cells  # type: ignore[no-untyped-call]  # the library has no types for it
            _first(left).add_run(strip_isolates(texts["nl"]))
            if bullets:
                _first(left).style = "List Bullet"
            self._write_other(_first(right), texts)
        self._end()

    def table(
        self,
        header: Sequence[Cell],
        rows: Sequence[Sequence[Cell]],
        *,
        widths: Sequence[float] = (),
        mirrored: bool = False,
    ) -> None:
        """Add a table whose header is repeated on every page; `widths` are shares of its width, equal without them.

        `mirrored`: its columns run from right to left where the person's language does.
        """
        table = self._add_table(widths or (1,) * len(header), lines=True)
        if mirrored and self._rtl:
            table.table_direction = WD_TABLE_DIRECTION.RTL
        self._fill(table, header, bold=True)
        for cells in rows:
            self._fill(table, cells)
        head = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001
        head.append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
        self._end()

    def save(self) -> bytes:
        """Return the file."""
        made, result = io.BytesIO(), io.BytesIO()
        self._document.save(made)
        with zipfile.ZipFile(made) as read, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as written:
            for name in read.namelist():
                written.writestr(zipfile.ZipInfo(name, _EPOCH), read.read(name), zipfile.ZIP_DEFLATED)
        return result.getvalue()

    def _set_properties(self, title: str, moment: datetime) -> None:
        known = self._document.core_properties
        known.title, known.language = title, "nl-NL"
        known.author = known.last_modified_by = known.comments = known.keywords = ""
        known.created = known.modified = moment
        known.revision = 1

    def _add_table(self, widths: Sequence[float], *, lines: bool) -> Table:
        table: Table = self._document.add_table(0, len(widths))
        table.autofit = False
        for column, share in zip(table.columns, widths, strict=True):
            column.width = Mm((_WIDE_MM - 2 * _EDGE_MM) * share / sum(widths))
        if lines:
            table.style = LINES
        return table

    def _fill(self, table: Table, cells: Sequence[Cell], *, bold: bool = False) -> None:
        row = table.add_row()  # type: ignore[no-untyped-call]  # as above
        row._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))  # noqa: SLF001
        for place, content in zip(row.cells, cells, strict=True):
            texts = in_dutch(content) if isinstance(content, str) else content
            dutch = strip_isolates(texts["nl"])
            if dutch or not texts["other"]:
                _first(place).add_run(dutch).bold = bold
            if not self._alone and texts["other"] and not (texts["gap"] and dutch):
                self._write_other(place.add_paragraph() if dutch else _first(place), texts)

    def _write_other(self, line: Paragraph, texts: Texts) -> None:
        if texts["gap"]:
            line.add_run(f"{_UNTRANSLATED}{strip_isolates(''.join(words for words, _dutch in texts['other']))}")
            return
        if self._rtl and not texts["turned"]:
            line.add_run(strip_isolates("".join(words for words, _dutch in texts["other"])))
            return
        line.style = OTHER
        for words, dutch in texts["other"]:
            line.add_run(strip_isolates(words), DUTCH_WORDS if dutch else None)

    def _end(self) -> None:
        """Keep what follows apart from the table: two that touch are one for an office program."""
        self._document.add_paragraph(style=GAP)


def in_dutch(words: str) -> Texts:
    """Return words that stand in Dutch alone."""
    return {"nl": words, "other": [], "gap": False, "turned": False}


def _first(cell: _Cell) -> Paragraph:
    line: Paragraph = cell.paragraphs[0]
    return line

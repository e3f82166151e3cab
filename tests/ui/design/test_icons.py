import re
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from desktop.kernel.resources import asset_directory
from desktop.ui.design.fonts import FONT_FILES, load_fonts
from desktop.ui.design.icons import has_pictogram, make_icon, paint_icon
from desktop.ui.design.tokens import FAMILIES
from protocol.errors import EnvironmentProblem
from tests.content import intake

ICONS = sorted(asset_directory("icons").glob("*.svg"))
PICTOGRAMS = sorted(asset_directory("pictograms").glob("*.svg"))


def _painted(qapp: QApplication, name: str, *, mirrored: bool) -> QImage:
    assert qapp is not None
    image = QImage(48, 48, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    paint_icon(painter, QRectF(0, 0, 48, 48), name, "#102030", mirrored=mirrored)
    painter.end()
    return image


def test_every_picture_is_valid(qapp: QApplication) -> None:
    assert qapp is not None
    assert len(ICONS) > 40
    assert len(PICTOGRAMS) > 40
    assert [path.stem for path in (*ICONS, *PICTOGRAMS) if not QSvgRenderer(str(path)).isValid()] == []


def test_every_icon_named_in_the_code_is_bundled() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in Path("desktop/ui").rglob("*.py"))
    named = set(re.findall(r'icon="([a-z-]+)"', code)) | set(re.findall(r'Icon\(\w+, "([a-z-]+)"', code))
    bundled = {path.stem for path in ICONS}
    assert named
    assert named - bundled == set()


def test_every_choice_with_a_pictogram_in_the_interview_has_one() -> None:
    form = intake()
    workbook = Path("desktop/forms/library/brede_intake.md").read_text(encoding="utf-8")
    choices = workbook.partition("| choices |")[2].partition("| settings |")[0]
    rows = [line.split("|") for line in choices.splitlines() if line.startswith("|")]
    named = {row[5].strip() for row in rows[1:] if len(row) > 5 and row[5].strip() and row[2].strip() != "list_name"}
    assert form is not None
    assert len(named) > 40
    assert [name for name in sorted(named) if not has_pictogram(name)] == []


def test_arrows_turn_with_the_direction_and_clocks_do_not(qapp: QApplication) -> None:
    assert _painted(qapp, "arrow-left", mirrored=True) != _painted(qapp, "arrow-left", mirrored=False)
    assert _painted(qapp, "clock", mirrored=True) == _painted(qapp, "clock", mirrored=False)


def test_a_missing_icon_is_a_coded_problem(qapp: QApplication) -> None:
    assert qapp is not None
    with pytest.raises(EnvironmentProblem) as problem:
        make_icon("nothing-like-it", "#102030", 24)
    assert problem.value.code == "ui.icon_missing"


def test_the_bundled_fonts_carry_every_script(qapp: QApplication) -> None:
    assert qapp is not None
    load_fonts()
    from fontTools.ttLib import TTFont

    wanted = {"NotoSans": "Aëğ€ЖŁ", "NotoNaskhArabic": "ابپچژگکڕڵۆێټډړښۍئە", "NotoSansEthiopic": "ሀቐጽ።ዠጸ"}
    for name in FONT_FILES:
        characters = TTFont(asset_directory("fonts") / name).getBestCmap()
        family = name.partition("-")[0]
        assert [letter for letter in wanted[family] if ord(letter) not in characters] == []
    assert set(FAMILIES) == {"Latn", "Arab", "Ethi"}

"""The sheet that opens a vault: a reader of codes finds on the printed page exactly the words that stand beside it."""

from datetime import UTC, date, datetime

import pytest
import zxingcpp
from PIL import Image

from desktop.documents.recovery_data import recovery_data
from desktop.documents.typst_compiler import compile_pdf
from desktop.media.page_rendering import draw_page, page_sizes
from desktop.vault.file.recovery_key import from_words, new_entropy, to_words

POINTS_PER_INCH = 72


@pytest.mark.parametrize("ppi", [72.0, 150.0])
def test_the_code_on_the_page_holds_the_words_that_open_the_vault(ppi: float) -> None:
    entropy = new_entropy()
    words = to_words(entropy)
    data = recovery_data(words, words[-1], "S. de Wit", "azc Duinrand", date(2026, 11, 24))
    pdf = compile_pdf("recovery", data, datetime(2026, 11, 24, tzinfo=UTC))
    ((width, _height),) = page_sizes(pdf)
    pixels = draw_page(pdf, 0, round(width / POINTS_PER_INCH * ppi))
    image = Image.frombytes("RGB", (pixels.width, pixels.height), pixels.data, "raw", "RGBX", pixels.stride)
    (found,) = zxingcpp.read_barcodes(image)
    assert found.text == " ".join(words)
    assert from_words([found.text]) == entropy

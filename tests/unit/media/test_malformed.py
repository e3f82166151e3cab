"""Broken, lying and hostile files are refused with the code that belongs to them; nothing else is ever raised."""

import base64
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.media import MediaType
from desktop.media.cleaning import clean
from desktop.media.jpeg import clean_jpeg, clean_tables
from desktop.media.media_types import detect_media_type
from desktop.media.png import clean_png
from desktop.media.tiff import clean_tiff
from desktop.media.webp import clean_webp
from protocol.errors import UserError
from tests import places
from tests.unit.media.samples import CANARY, SAMPLES

CORPUS: Any = json.loads((places.VECTORS / "attachments/malformed.json").read_text("utf-8"))
ALLOWED = {"attachment.damaged", "attachment.too_many_pixels", "attachment.too_many_pages"}
REFUSED = {*ALLOWED, "attachment.empty", "attachment.locked", "attachment.kind_unknown", "attachment.office"}
STRIPPERS = {
    "jpeg": clean_jpeg,
    "progressive": clean_jpeg,
    "png": clean_png,
    "webp": clean_webp,
    "tiff": clean_tiff,
    "fax": clean_tiff,
}


@pytest.mark.parametrize("case", CORPUS, ids=lambda case: str(case["name"]))
def test_each_malformed_file_has_its_code(case: dict[str, str]) -> None:
    with pytest.raises(UserError) as caught:
        clean(base64.b64decode(case["data"]))
    assert caught.value.code == case["code"]


@given(st.sampled_from(sorted(STRIPPERS)), st.data())
def test_a_changed_picture_is_cleaned_or_refused_with_a_code(name: str, data: st.DataObject) -> None:
    broken = bytearray(SAMPLES[name])
    for _ in range(data.draw(st.integers(1, 4))):
        broken[data.draw(st.integers(0, min(len(broken), 2000) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(broken[: data.draw(st.integers(0, len(broken)))] if data.draw(st.booleans()) else broken)
    try:
        STRIPPERS[name](cut)
    except UserError as error:
        assert error.code in ALLOWED


@given(st.sampled_from(sorted(SAMPLES)), st.integers(0, 30_000), st.integers(1, 255))
def test_one_flipped_byte_never_raises_anything_but_a_code(name: str, at: int, flip: int) -> None:
    broken = bytearray(SAMPLES[name])
    broken[at % len(broken)] ^= flip
    try:
        clean(bytes(broken))
    except UserError as error:
        assert error.code in REFUSED


@given(st.binary(max_size=400), st.sampled_from([clean_jpeg, clean_tables, clean_png, clean_webp, clean_tiff]))
def test_noise_never_raises_anything_but_a_code(noise: bytes, strip: Any) -> None:  # noqa: ANN401  # any of five
    for head in (b"", b"\xff\xd8", b"II*\0", b"RIFF\x10\0\0\0WEBP", b"\x89PNG\r\n\x1a\n"):
        try:
            strip(head + noise)
        except UserError as error:
            assert error.code in ALLOWED


@given(st.integers(2, 400), st.binary(min_size=1, max_size=60))
def test_a_remark_anywhere_in_the_head_of_a_photo_is_gone(at: int, remark: bytes) -> None:
    whole = SAMPLES["jpeg"]
    segment = b"\xff\xe1" + (len(remark) + len(CANARY) + 2).to_bytes(2, "big") + remark + CANARY.encode()
    starts = _segment_starts(whole)
    start = starts[at % len(starts)]
    assert CANARY.encode() not in clean_jpeg(whole[:start] + segment + whole[start:])


def test_every_kind_is_told_by_its_content() -> None:
    assert {detect_media_type(data) for data in SAMPLES.values()} == set(MediaType)


def _segment_starts(data: bytes) -> list[int]:
    """Return where the segments before the pixels begin."""
    at, found = 2, []
    while data[at + 1] != 0xDA:
        found.append(at)
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return found

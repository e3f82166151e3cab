"""What comes in is what was drawn, and nothing of who, where and when."""

import struct
from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from desktop.media import MediaType, detect_media_type
from desktop.media.cleaning import clean
from desktop.media.exif import orientation_block, orientation_of
from desktop.media.rendering import render
from protocol.errors import UserError
from protocol.limits import LARGEST_ATTACHMENT
from tests.unit.media.samples import CANARY, SAMPLES, jpeg, pdf, png, tiff, webp

PICTURES = sorted(set(SAMPLES) - {"pdf"})


def _unpacked(data: bytes) -> bytes:
    """Return a PDF with every stream and object readable."""
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as document:
        document.save(
            out,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return out.getvalue()


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_keeps_every_pixel_and_loses_every_word(name: str) -> None:
    dirty = SAMPLES[name]
    assert CANARY.encode() in dirty
    kept = clean(dirty)
    assert CANARY.encode() not in kept.data
    with Image.open(BytesIO(dirty)) as before, Image.open(BytesIO(kept.data)) as after:
        assert before.convert("RGB").tobytes() == after.convert("RGB").tobytes()
        assert dict(after.getexif().get_ifd(0x8825)) == {}
        assert not {"exif", "xmp", "comment", "photoshop", "Author", "Comment"} & set(after.info)


@pytest.mark.parametrize("name", PICTURES)
def test_cleaning_what_is_clean_changes_nothing(name: str) -> None:
    once = clean(SAMPLES[name])
    assert clean(once.data).data == once.data


@pytest.mark.parametrize("make", [jpeg, png, webp])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_that_lies_on_its_side_is_shown_upright(make: Callable[[int], bytes], orientation: int) -> None:
    kept = clean(make(orientation))
    shown = render(kept.data, kept.kind)
    assert (shown.width, shown.height) == ((200, 320) if orientation >= 5 else (320, 200))
    assert CANARY.encode() not in kept.data


def test_a_pdf_loses_author_script_hidden_file_and_the_place_in_its_photos() -> None:
    assert CANARY.encode() in _unpacked(pdf())
    kept = clean(pdf())
    assert CANARY.encode() not in _unpacked(kept.data)
    assert kept.pages == 2
    with pikepdf.open(BytesIO(kept.data)) as document:
        assert not {"/OpenAction", "/Metadata"} & set(document.Root.keys())
        assert "/Info" not in document.trailer


def test_a_pdf_looks_the_same_after_cleaning() -> None:
    assert render(clean(pdf()).data, MediaType.PDF, 1).rgb == render(pdf(), MediaType.PDF, 1).rgb


def test_a_pdf_in_which_an_array_is_an_object_of_its_own_is_cleaned() -> None:
    with pikepdf.open(BytesIO(pdf())) as document:
        document.Root.OutputIntents = document.make_indirect(pikepdf.Array([pikepdf.String("sRGB")]))
        document.save(out := BytesIO())
    assert clean(out.getvalue()).warnings == ()


def test_a_signed_pdf_is_kept_byte_for_byte_and_says_so() -> None:
    signed = pdf(signed=True)
    kept = clean(signed)
    assert kept.data == signed
    assert kept.warnings == ("attachment.signed_kept",)


def test_every_page_can_be_looked_at() -> None:
    scans = clean(tiff(pages=3))
    assert scans.pages == 3
    assert render(scans.data, scans.kind, 2).pages == 3
    with pytest.raises(UserError, match=r"attachment\.damaged"):
        render(scans.data, scans.kind, 3)
    with pytest.raises(UserError, match=r"attachment\.damaged"):
        render(clean(pdf()).data, MediaType.PDF, 7)


def test_a_thumbnail_is_small_and_says_nothing_else() -> None:
    kept = clean(jpeg(6))
    with Image.open(BytesIO(kept.thumbnail)) as image:
        assert max(image.size) <= 192
        assert image.size[0] < image.size[1]
        assert not {"exif", "xmp", "comment"} & set(image.info)


def test_a_file_above_50_mb_is_refused_and_one_of_50_mb_is_looked_at() -> None:
    head = b"%PDF-1.7\n"
    assert detect_media_type(head + bytes(LARGEST_ATTACHMENT - len(head))) is MediaType.PDF
    with pytest.raises(UserError, match=r"attachment\.too_large"):
        detect_media_type(head + bytes(LARGEST_ATTACHMENT - len(head) + 1))


def test_the_block_that_says_which_way_is_up_is_read_as_it_is_written() -> None:
    assert [orientation_of(orientation_block(turn)) for turn in range(1, 9)] == list(range(1, 9))
    assert orientation_of(b"") == 1
    assert orientation_of(b"II*\0\xff\xff\xff\xff") == 1


def _claiming(width: int, height: int, *, progressive: bool = False) -> bytes:
    """Return a photo that says it is larger than what there is of it."""
    data = bytearray(jpeg(progressive=progressive))
    at = data.find(b"\xff\xc2" if progressive else b"\xff\xc0")
    data[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(data)


_NO_PIXELS = b"\xff\xda\0\x08\x01\x01\0\0\x3f\0"
"""The head of a scan of one component, and nothing in it: the decoder has to keep all of the picture."""


def _without_its_end() -> bytes:
    return jpeg()[: jpeg().rindex(b"\xff\xd9")]


def test_a_photo_without_its_end_is_ended_and_that_is_told() -> None:
    kept = clean(_without_its_end())
    assert kept.warnings == ("attachment.ends_early",)
    assert kept.data == clean(jpeg()).data
    assert clean(kept.data).warnings == ()


def test_what_there_is_of_a_photo_that_breaks_off_is_kept() -> None:
    whole = _without_its_end()
    kept = clean(whole[: len(whole) - 2000])
    assert kept.warnings == ("attachment.ends_early",)
    shown, before = render(kept.data, kept.kind), render(clean(jpeg()).data, kept.kind)
    assert shown.rgb != before.rgb
    assert shown.rgb[: 3 * shown.width * 40] == before.rgb[: 3 * shown.width * 40]


@pytest.mark.parametrize("left", [3, 20, 300])
def test_a_photo_that_breaks_off_before_its_pixels_is_damaged(left: int) -> None:
    with pytest.raises(UserError, match=r"attachment\.damaged"):
        clean(jpeg()[:left] if left != 300 else jpeg()[: jpeg().index(b"\xff\xda") + 14])


@pytest.mark.parametrize("front", [b"\n", b"\r\n", b"\r\n\r\n"])
def test_a_line_end_before_a_photo_is_passed_over(front: bytes) -> None:
    assert clean(front + jpeg()).data == clean(jpeg()).data


def test_a_few_stray_bytes_before_a_marker_are_passed_over_and_more_are_damage() -> None:
    whole = jpeg()
    at = whole.index(b"\xff\xdb")
    for stray in (b"\0\0", b"x" * 16):
        assert clean(whole[:at] + stray + whole[at:]).data == clean(whole).data
    with pytest.raises(UserError, match=r"attachment\.damaged"):
        clean(whole[:at] + b"x" * 17 + whole[at:])


@pytest.mark.parametrize(("width", "height"), [(12_000, 9_000), (16_320, 12_240), (65_500, 3_900)])
def test_a_photo_of_a_telephone_is_unpacked_at_a_part_of_its_size(width: int, height: int) -> None:
    kept = clean(_claiming(width, height))
    shown = render(kept.data, kept.kind)
    assert max(shown.width, shown.height) == 2000
    assert abs(shown.width / shown.height - width / height) < 0.2


@pytest.mark.parametrize(
    "data",
    [
        _claiming(16_384, 16_384),
        _claiming(12_000, 9_000, progressive=True),
        _claiming(12_000, 9_000).replace(b"\xff\xda", _NO_PIXELS + b"\xff\xda"),
    ],
)
def test_what_could_not_be_unpacked_in_the_memory_there_is_has_too_many_pixels(data: bytes) -> None:
    with pytest.raises(UserError, match=r"attachment\.too_many_pixels"):
        clean(data)

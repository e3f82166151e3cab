"""What an organisation publishes: read back as it was signed; refused where its root did not sign it, or not all."""

import json
from base64 import urlsafe_b64encode
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace as with_fields

from desktop.vault.crypto.identity import SigningKey
from protocol.directory import Directory, sign_directory, verify_directory
from protocol.errors import OpmaatError, UserError
from protocol.identifiers import organisation_id
from protocol.limits import MOST_CONTENT_BYTES, MOST_LOGO_BYTES, MOST_WORKBOOK_BYTES
from protocol.messages.content import (
    ContentBody,
    ContentFile,
    ContentPart,
    PartKind,
    PartMedia,
    content_digest,
    sign_content,
    verify_content,
)
from protocol.messages.documents import SignedDocument
from protocol.messages.message import to_bytes
from tests import places
from tests.unit.protocol.test_certificates import CARD

VECTORS = places.VECTORS / "content"
GOLDEN: dict[str, Any] = json.loads((VECTORS / "v1.json").read_text("utf-8"))
BROKEN: list[dict[str, Any]] = json.loads((VECTORS / "malformed.json").read_text("utf-8"))
ROOT, OTHER = SigningKey(bytes.fromhex(GOLDEN["seed"])), SigningKey.new()
FILE: bytes = GOLDEN["file"].encode()
MOMENT = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)
WORKBOOK, LOGO = b"| settings |", b"\x89PNG"


def _signed(**change: Any) -> bytes:  # noqa: ANN401  # any field of the manifest
    """Return a set with another manifest; `given` are other parts."""
    given = change.pop("given", (WORKBOOK, LOGO))
    kinds = ((PartKind.REGION, PartMedia.MARKDOWN), (PartKind.LOGO, PartMedia.PNG))
    parts = tuple(
        ContentPart(kind, media, len(data), sha256(data).digest())
        for (kind, media), data in zip(kinds, (WORKBOOK, LOGO), strict=True)
    )
    body = with_fields(ContentBody(organisation_id(ROOT.public), 1, MOMENT, parts), **change)
    return to_bytes(ContentFile(SignedDocument.make("content", body, ROOT), given))


def _code(data: bytes) -> str:
    with pytest.raises(UserError) as caught:
        verify_content(data, ROOT.public)
    return caught.value.code


def test_a_set_is_read_back_as_it_was_signed() -> None:
    data = sign_content(ROOT, version=3, issued=MOMENT, workbook=WORKBOOK, media=PartMedia.EXCEL, logo=LOGO)
    found = verify_content(data, ROOT.public)
    assert (found.version, found.issued, found.workbook, found.logo) == (3, MOMENT, WORKBOOK, LOGO)
    assert (found.media, found.organisation) == (PartMedia.EXCEL, organisation_id(ROOT.public))
    assert (found.digest, found.order) == (content_digest(data), (3, MOMENT))
    assert data == sign_content(ROOT, version=3, issued=MOMENT, workbook=WORKBOOK, media=PartMedia.EXCEL, logo=LOGO)


def test_a_set_needs_no_logo() -> None:
    data = sign_content(ROOT, version=1, issued=MOMENT, workbook=WORKBOOK, media=PartMedia.MARKDOWN)
    assert verify_content(data, ROOT.public).logo == b""


def test_a_set_kept_since_version_1_still_opens() -> None:
    found = verify_content(FILE, ROOT.public)
    assert (found.version, found.workbook.decode(), found.media.value) == (2, GOLDEN["workbook"], GOLDEN["media"])
    assert found.digest.hex() == GOLDEN["digest"]
    assert found.logo.hex() == GOLDEN["logo"]


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case["name"])
def test_each_damaged_set_has_its_code(case: dict[str, Any]) -> None:
    data = FILE if "file" not in case else case["file"].encode()
    if "replace" in case:
        before, after = case["replace"]
        assert before.encode() in data
        data = data.replace(before.encode(), after.encode())
    assert _code(data[: case.get("cut", len(data))]) == case["code"]


def test_a_set_of_another_organisation_is_told_from_a_forged_one() -> None:
    theirs = sign_content(OTHER, version=1, issued=MOMENT, workbook=WORKBOOK, media=PartMedia.MARKDOWN)
    assert _code(theirs) == "content.other_organisation"
    body = ContentBody(
        organisation_id(ROOT.public),
        1,
        MOMENT,
        (ContentPart(PartKind.REGION, PartMedia.MARKDOWN, len(WORKBOOK), sha256(WORKBOOK).digest()),),
    )
    assert (
        _code(to_bytes(ContentFile(SignedDocument.make("content", body, OTHER), (WORKBOOK,)))) == "content.not_signed"
    )


def test_parts_that_are_not_as_the_manifest_names_them_are_damaged() -> None:
    region, logo = ContentPart(PartKind.REGION, PartMedia.MARKDOWN, len(WORKBOOK), sha256(WORKBOOK).digest()), LOGO
    picture = ContentPart(PartKind.LOGO, PartMedia.PNG, len(logo), sha256(logo).digest())
    assert verify_content(_signed(), ROOT.public).logo == LOGO
    for data in (
        _signed(given=(WORKBOOK,)),
        _signed(given=(WORKBOOK, LOGO + b"x")),
        _signed(given=(LOGO, WORKBOOK)),
        _signed(parts=(picture,), given=(LOGO,)),
        _signed(parts=(region, region), given=(WORKBOOK, WORKBOOK)),
        _signed(parts=(with_fields(region, media=PartMedia.PNG),), given=(WORKBOOK,)),
        _signed(parts=(with_fields(region, size=1),), given=(WORKBOOK,)),
    ):
        assert _code(data) == "content.damaged"


def test_parts_and_files_above_the_limits_are_refused_at_both_ends() -> None:
    for workbook, logo in ((bytes(MOST_WORKBOOK_BYTES + 1), b""), (WORKBOOK, bytes(MOST_LOGO_BYTES + 1))):
        with pytest.raises(UserError, match=r"content\.too_large"):
            sign_content(ROOT, version=1, issued=MOMENT, workbook=workbook, media=PartMedia.MARKDOWN, logo=logo)
    assert _code(bytes(MOST_CONTENT_BYTES + 1)) == "content.too_large"
    large = bytes(MOST_LOGO_BYTES + 1)
    picture = ContentPart(PartKind.LOGO, PartMedia.PNG, len(large), sha256(large).digest())
    region = ContentPart(PartKind.REGION, PartMedia.MARKDOWN, len(WORKBOOK), sha256(WORKBOOK).digest())
    assert _code(_signed(parts=(region, picture), given=(WORKBOOK, large))) == "content.damaged"
    whole = sign_content(
        ROOT, version=1, issued=MOMENT, workbook=bytes(MOST_WORKBOOK_BYTES), media=PartMedia.EXCEL, logo=LOGO
    )
    assert len(whole) < MOST_CONTENT_BYTES


def test_what_is_no_workbook_is_not_signed() -> None:
    with pytest.raises(UserError, match=r"content\.damaged"):
        sign_content(ROOT, version=1, issued=MOMENT, workbook=WORKBOOK, media=PartMedia.PNG)


def test_the_directory_names_the_newest_set() -> None:
    reference = verify_content(FILE, ROOT.public).reference
    card = CARD.make(ROOT, name="AZC", kind="reception", wrap=b"key")
    directory = Directory(card.id, 2, MOMENT, (card,), (), contents=(reference,))
    assert verify_directory(sign_directory(ROOT, directory), ROOT.public) == directory


@given(data=st.data())
def test_any_change_of_a_whole_set_has_a_code_or_changes_nothing(data: st.DataObject) -> None:
    bad = bytearray(FILE)
    for _ in range(data.draw(st.integers(1, 3))):
        bad[data.draw(st.integers(0, len(bad) - 1))] = data.draw(st.integers(0, 255))
    try:
        assert verify_content(bytes(bad), ROOT.public) == verify_content(FILE, ROOT.public)
    except OpmaatError as error:
        assert error.code.startswith("content.")


@given(data=st.binary(max_size=400))
def test_random_bytes_have_a_code(data: bytes) -> None:
    assert _code(data) == "content.damaged"
    inside = urlsafe_b64encode(data).rstrip(b"=")
    assert _code(b'{"document":{},"parts":["' + inside + b'"]}') == "content.damaged"

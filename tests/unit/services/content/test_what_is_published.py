"""What an organisation publishes: kept as it was signed, refused when it is not, checked before it is signed at all."""

import io
from pathlib import Path

import pytest
from PIL import Image

from desktop.services.content.content_check import clean_logo, content_problems, media_of
from desktop.services.content.known_content import KnownContent
from protocol.errors import EnvironmentProblem, UserError
from protocol.limits import MOST_WORKBOOK_BYTES
from protocol.messages.content import PartMedia, content_digest, sign_content
from tests.content import intake
from tests.unit.services.plan_world import REGION, World, organisations, publish
from tests.unit.vault.people import MOMENT

OWN = REGION.read_text("utf-8").replace(" (voorbeeld)", "").encode()


def _set(version: int, of: int = 0, workbook: bytes = OWN) -> bytes:
    root = organisations()[of].root
    return sign_content(root, version=version, issued=MOMENT, workbook=workbook, media=PartMedia.MARKDOWN)


def _file(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "workbook.opmaat-werkboek"
    path.write_bytes(data)
    return path


def _picture(size: tuple[int, int] = (40, 20), kind: str = "PNG") -> bytes:
    stream = io.BytesIO()
    Image.effect_noise(size, 90).save(stream, kind)
    return stream.getvalue()


def test_a_set_from_a_stick_is_kept_sealed_and_the_newest_one(world: World, tmp_path: Path) -> None:
    content = world.azc.services.content
    content.read_file(_file(tmp_path, _set(3)))
    here = content.here()
    assert here is not None
    assert (here.version, here.title, here.routes) == (3, "Regio Voorbeeld", 5)
    lying = [path.read_bytes() for path in (world.azc.vault.directory / "contents").iterdir()]
    assert len(lying) == 2
    assert not any(b"Taalschool" in data for data in lying)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (_set(1)[:-1], "content.damaged"),
        (_set(2, of=1), "content.other_organisation"),
        (_set(5).replace(b'"version":5', b'"version":6'), "content.not_signed"),
        (b"", "content.damaged"),
    ],
)
def test_a_hostile_set_is_refused_and_changes_nothing(world: World, tmp_path: Path, data: bytes, code: str) -> None:
    before = world.azc.services.content.here()
    with pytest.raises(UserError) as caught:
        world.azc.services.content.read_file(_file(tmp_path, data))
    assert caught.value.code == code
    assert world.azc.services.content.here() == before


def test_an_older_set_never_takes_the_place_of_a_newer_one(world: World, tmp_path: Path) -> None:
    publish(world.azc.vault, organisations()[0], OWN, 4)
    with pytest.raises(UserError) as caught:
        world.azc.services.content.read_file(_file(tmp_path, _set(2)))
    assert (caught.value.code, dict(caught.value.details)) == ("content.older", {"version": "2", "newer": "4"})
    known = KnownContent(world.azc.vault)
    known.keep(_set(2))  # as a round of synchronisation does, for a case that goes by it
    newest = known.newest()
    assert newest is not None
    assert newest.version == 4


def test_a_file_that_was_changed_on_the_disk_is_as_good_as_none(world: World) -> None:
    known, data = KnownContent(world.azc.vault), _set(7)
    known.keep(data)
    path = world.azc.vault.directory / "contents" / f"{content_digest(data).hex()}.sealed"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert KnownContent(world.azc.vault).find(content_digest(data)) is None
    (path.parent / "no digest.sealed").write_bytes(b"")
    assert [each.version for each in KnownContent(world.azc.vault).sets()] == [1]


def test_a_file_that_is_not_there_says_so(world: World, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem):
        world.azc.services.content.read_file(tmp_path / "none")


def test_what_is_published_is_checked_first() -> None:
    assert content_problems(OWN, PartMedia.MARKDOWN, intake()) == ()
    found = content_problems(REGION.read_bytes(), PartMedia.MARKDOWN, intake())
    assert {(each.code, each.details["sheet"]) for each in found} == {
        ("content.invented_name", sheet) for sheet in ("settings", "routes", "partners")
    }
    assert content_problems(REGION.read_bytes(), PartMedia.MARKDOWN, intake(), example=True) == ()
    broken = OWN.replace(b"| B1 | B1 |", b"| B9 | B1 |").replace(b"| 40 | 8 | 2027-01-11 2027-08-30", b"| veel | 8 |")
    places = [(each.code, each.details["sheet"], each.details["row"]) for each in _problems(broken)]
    assert len(places) == len(set(places)) > 1
    assert [each.code for each in _problems(bytes(MOST_WORKBOOK_BYTES + 1))] == ["content.too_large"]


def _problems(workbook: bytes) -> tuple[UserError, ...]:
    return content_problems(workbook, PartMedia.MARKDOWN, intake())


def test_a_workbook_is_known_by_its_ending() -> None:
    assert (media_of("Regio.XLSX"), media_of("regio.md")) == (PartMedia.EXCEL, PartMedia.MARKDOWN)
    with pytest.raises(UserError, match=r"content\.ending"):
        media_of("regio.docx")


def test_a_logo_is_a_small_png_and_nothing_else() -> None:
    assert clean_logo(_picture()).startswith(b"\x89PNG")
    for data in (b"", b"<svg/>", _picture(kind="JPEG"), _picture((400, 400))):
        with pytest.raises(UserError, match=r"content\.logo_wrong"):
            clean_logo(data)

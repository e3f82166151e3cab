"""A file is opened in a process that has nothing to lose: same answer, same codes, and a crash is a damaged file."""

import subprocess
import sys
from pathlib import Path

import pytest

from desktop.media import MediaType, cleaning, isolated_process, rendering
from protocol.errors import UserError
from tests.unit.media.samples import SAMPLES, pdf, png_claiming, tiff

_LIMITED = "from desktop.media.worker import limit; limit(); "


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_the_other_process_says_the_same(name: str) -> None:
    there, here = isolated_process.clean(SAMPLES[name]), cleaning.clean(SAMPLES[name])
    assert (there.kind, there.pages, there.warnings, there.thumbnail) == (
        *(here.kind, here.pages, here.warnings),
        here.thumbnail,
    )
    assert there.data == here.data
    assert isolated_process.render(there.data, there.kind) == rendering.render(here.data, here.kind)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "attachment.empty"),
        (b"\xff\xd8\xff", "attachment.damaged"),
        (png_claiming(60_000, 60_000), "attachment.too_many_pixels"),
        (pdf(password="x"), "attachment.locked"),
    ],
)
def test_a_refusal_comes_home_with_its_code(data: bytes, code: str) -> None:
    with pytest.raises(UserError) as caught:
        isolated_process.clean(data)
    assert caught.value.code == code


def test_a_page_that_is_not_there_comes_home_as_damage() -> None:
    with pytest.raises(UserError, match=r"attachment\.damaged"):
        isolated_process.render(isolated_process.clean(tiff(pages=1)).data, MediaType.TIFF, 5)


@pytest.mark.parametrize(
    "program",
    [
        "import os; os.abort()",
        "import os; os._exit(3)",
        "print('no answer')",
        "print('[1]')",
        'print(\'{"kind": "image/jpeg"}\')',
        'print(\'{"kind": "x", "size": 1, "pages": 1, "warnings": []}\')',
        'print(\'{"width": 9, "height": 9, "pages": 1}\')',
    ],
)
def test_a_decoder_that_crashes_or_lies_means_a_damaged_file(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolated_process, "command", lambda: [sys.executable, "-c", program])
    for ask in (
        lambda: isolated_process.clean(SAMPLES["png"]),
        lambda: isolated_process.render(SAMPLES["png"], MediaType.PNG),
    ):
        with pytest.raises(UserError, match=r"attachment\.damaged"):
            ask()


def test_the_other_process_cannot_write_to_a_disk_or_take_all_memory(tmp_path: Path) -> None:
    target = tmp_path / "plain"
    writes = f"from pathlib import Path; Path({str(target)!r}).write_text('x')"
    assert _fails(_LIMITED + writes)
    assert not target.exists() or target.read_bytes() == b""
    assert _fails(_LIMITED + "bytes(5 * 1024**3)")
    assert not _fails(_LIMITED + "print(1)")


def _fails(program: str) -> bool:
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)  # noqa: S603  # our own
    return done.returncode != 0


@pytest.mark.parametrize("module", ["struct", "PIL", "desktop", "sitecustomize", "json"])
def test_no_code_of_the_working_folder_runs(module: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that somebody put in the folder for downloads is never imported, nor one that PYTHONPATH names."""
    mark, elsewhere = tmp_path / "ran", tmp_path / "elsewhere"
    planted = f"open({str(mark)!r}, 'w').close()\nraise ImportError\n"
    elsewhere.mkdir()
    for folder in (tmp_path, elsewhere):
        (folder / f"{module}.py").write_text(planted, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(elsewhere))
    assert isolated_process.clean(SAMPLES["png"]).kind is MediaType.PNG
    assert not mark.exists()

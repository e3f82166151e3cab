import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.kernel.log import configure, keep_warnings, note, warn

SECRET = "Luwam Voorbeeld"


@pytest.fixture
def desktop_logger() -> Iterator[logging.Logger]:
    """Give the logger of all our modules, and put it back as it was."""
    root = logging.getLogger("desktop")
    handlers, level = list(root.handlers), root.level
    yield root
    for handler in root.handlers:
        if handler not in handlers:
            handler.close()
    root.handlers[:] = handlers
    root.setLevel(level)


def report_failure(logger: logging.Logger) -> None:
    try:
        int(SECRET)
    except ValueError:
        logger.exception("sync.failed")


def test_anything_but_a_safe_word_is_not_written(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    note(logging.getLogger("desktop.test"), "sync.pushed", rows=12, who="Luwam Voorbeeld", said="ሰላም", dossier="ab12")
    assert caplog.messages == ["sync.pushed rows=12 who=# said=# dossier=ab12"]


@pytest.mark.expects_log
@pytest.mark.usefixtures("desktop_logger")
@pytest.mark.parametrize(("verbose", "lines"), [(False, 1), (True, 2)])
def test_standard_error_gets_warnings_and_the_rest_when_asked(
    verbose: bool,  # noqa: FBT001  # a row of the table
    lines: int,
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure(verbose=verbose)
    configure(verbose=verbose)
    logger = logging.getLogger("desktop.test")
    note(logger, "sync.pushed", rows=12)
    warn(logger, "sync.refused", code="sync.too_old", who=SECRET)
    shown = capsys.readouterr().err.splitlines()
    assert len(shown) == lines, "configured twice, written once"
    assert shown[-1].endswith("WARNING desktop.test sync.refused code=sync.too_old who=#")


@pytest.mark.expects_log
def test_a_kept_warning_says_nothing_of_what_an_exception_says(
    desktop_logger: logging.Logger, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "warnings.log"
    configure(verbose=True)
    handler = keep_warnings(path)
    note(desktop_logger, "sync.pushed")
    assert not path.exists(), "nothing to keep, no file"
    handler.close()
    report_failure(desktop_logger)
    warn(desktop_logger, "sync.refused")
    handler.close()
    kept = path.read_text("utf-8").splitlines()
    assert [line.split(" ", 3)[-1] for line in kept] == ["desktop sync.failed", "desktop sync.refused"]
    assert SECRET not in capsys.readouterr().err


@pytest.mark.expects_log
def test_a_warning_that_cannot_be_kept_fails_nobody(
    desktop_logger: logging.Logger, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    handler = keep_warnings(tmp_path / "gone" / "warnings.log")
    warn(desktop_logger, "sync.refused")
    handler.close()
    logging.getLogger("desktop").removeHandler(handler)
    assert "FileNotFoundError" in capsys.readouterr().err


@pytest.mark.expects_log
def test_kept_warnings_take_no_more_than_two_files_of_64_kibibytes(
    desktop_logger: logging.Logger, tmp_path: Path
) -> None:
    path = tmp_path / "warnings.log"
    handler = keep_warnings(path)
    for number in range(1_500):
        warn(desktop_logger, "sync.refused", number=number, code="x" * 60)
    handler.close()
    assert {each.name for each in tmp_path.iterdir()} == {"warnings.log", "warnings.log.1"}
    assert all(each.stat().st_size <= 64 * 1024 for each in tmp_path.iterdir())
    assert "number=1499" in path.read_text("utf-8").splitlines()[-1]

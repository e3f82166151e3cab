"""The files beside a form on disk, by name: those in the folder `<form>-media`, else those in the form's own folder."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from desktop.forms.document.xml_reader import LARGEST
from desktop.kernel.files import environment_problems, read_bytes
from protocol.errors import EnvironmentProblem

_SEPARATORS = frozenset('/\\:\0"')


class MediaFolder(Mapping[str, bytes]):
    """Reads a file when it is asked for, and nothing outside those two folders.

    Raises EnvironmentProblem for a file that is there and cannot be read.
    """

    def __init__(self, form: Path) -> None:
        """Look beside the file `form`."""
        self._folders = (form.parent / f"{form.stem}-media", form.parent)

    def __getitem__(self, name: str) -> bytes:
        path = self._path(name)
        if path is None:
            raise KeyError(name)
        return read_bytes(path, LARGEST)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self._path(name) is not None

    def __iter__(self) -> Iterator[str]:
        with environment_problems():
            names = {path.name for folder in self._folders if folder.is_dir() for path in folder.iterdir()}
        return iter(sorted(name for name in names if name in self))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _path(self, name: str) -> Path | None:
        if not name.strip(". ") or _SEPARATORS & set(name):
            return None
        try:
            return next((folder / name for folder in self._folders if (folder / name).is_file()), None)
        except OSError as error:
            raise EnvironmentProblem("files.input_output") from error

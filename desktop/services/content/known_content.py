"""The sets that the own organisation published, as they are kept in this vault: verified, sealed, every version.

Each lies as a file of its own beside the vault, under a name that says nothing. Called on the store thread only.
"""

from pathlib import Path

from desktop.kernel.files import private_directory, read_bytes, write_atomic
from desktop.vault.vault import Vault
from protocol.errors import EnvironmentProblem, UserError
from protocol.limits import MOST_CONTENT_BYTES
from protocol.messages.content import ContentSet, content_digest, verify_content

_FOLDER, _ENDING = "contents", ".sealed"
_SEALED_BYTES = MOST_CONTENT_BYTES + 64
_PURPOSE = b"content\0"


class KnownContent:
    """The sets of one vault. One that does not open any more is as good as none: it is fetched again."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._known: dict[str, ContentSet] = {}

    def sets(self) -> tuple[ContentSet, ...]:
        """Return the sets that are here, the newest first."""
        here = [found for path in sorted(self._folder.glob(f"*{_ENDING}")) if (found := self._open(path)) is not None]
        return tuple(sorted(here, key=lambda each: each.order, reverse=True))

    def newest(self) -> ContentSet | None:
        """Return the newest set that is here."""
        return next(iter(self.sets()), None)

    def find(self, digest: bytes) -> ContentSet | None:
        """Return the set whose file has this SHA-256, None where it is not here."""
        return self._open(self._path(digest))

    def keep(self, data: bytes) -> ContentSet:
        """Keep the set in `data`; an older one never takes the place of a newer one, it stands beside it.

        Raises UserError `content.…` for one that is not whole or not of the own organisation, EnvironmentProblem when
        the disk is in the way.
        """
        found, digest = verify_content(data, self._vault.membership.card.root), content_digest(data)
        if self.find(digest) is None:
            private_directory(self._folder)
            write_atomic(self._path(digest), self._vault.seal(_PURPOSE + digest, data))
        return found

    @property
    def _folder(self) -> Path:
        return self._vault.directory / _FOLDER

    def _path(self, digest: bytes) -> Path:
        return self._folder / f"{digest.hex()}{_ENDING}"

    def _open(self, path: Path) -> ContentSet | None:
        name = path.name.removesuffix(_ENDING)
        if name not in self._known:
            try:
                sealed, digest = read_bytes(path, _SEALED_BYTES), bytes.fromhex(name)
                data = self._vault.open_sealed(_PURPOSE + digest, sealed)
                self._known[name] = verify_content(data, self._vault.membership.card.root)
            except (UserError, EnvironmentProblem, ValueError):
                return None
        return self._known[name]

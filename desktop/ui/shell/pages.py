"""What a page is, and how the shell knows it: a row in a table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget

from desktop.kernel.changes import Changes
from desktop.services.suite import Services
from desktop.ui.context import UiContext
from protocol.identifiers import DossierId

TabPlace = Literal["home", "dossier", "aside", "hidden"]


@runtime_checkable
class Refreshes(Protocol):
    """A page that hears what changed while it is in sight, and is called with no changes when it is shown again."""

    def refresh(self, changes: Changes) -> None:
        """Show the present state where `changes` concern it."""
        ...


@runtime_checkable
class NotesChanges(Protocol):
    """A page that remembers what changed while it is out of sight, so that showing it again costs little."""

    def note_changes(self, changes: Changes) -> None:
        """Remember `changes`, at next to no cost; `refresh` follows when the page is shown."""
        ...


@runtime_checkable
class ShowsDossier(Protocol):
    """A page about one dossier."""

    def show_dossier(self, dossier: DossierId) -> None:
        """Show this dossier."""
        ...


@runtime_checkable
class ShowsPart(Protocol):
    """A page that can open at a place: a question address, a goal."""

    def show_part(self, part: str) -> None:
        """Open at `part`."""
        ...


@runtime_checkable
class OpensAt(Protocol):
    """A page that is slow to load, and so opens a dossier at a place in one step."""

    def open_at(self, dossier: DossierId, part: str) -> None:
        """Show `part` of `dossier`; instead of `show_dossier` and `show_part`."""
        ...


@runtime_checkable
class TellsPart(Protocol):
    """A page that knows at which place it is open."""

    @property
    def part(self) -> str:
        """What `show_part` takes to come back here; empty where there is no such place."""
        ...


@runtime_checkable
class HasSecondScreen(Protocol):
    """A page with a window for the person across the table."""

    def toggle_second_screen(self) -> None:
        """Open or close that window."""
        ...


@runtime_checkable
class Leaves(Protocol):
    """A page with something to put away before it is left or the vault is closed."""

    def leave(self) -> None:
        """Put it away: keep what was half typed, close windows."""
        ...


@runtime_checkable
class KeepsHalfTyped(Protocol):
    """A page that keeps more of what was typed than its fields show, also while it is out of sight."""

    def half_typed(self) -> dict[str, str]:
        """Return what was typed and not kept, by dossier and address of its question in one name."""
        ...

    def put_back(self, texts: Mapping[str, str]) -> None:
        """Go on with `texts`."""
        ...


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page: its key, its tab (an English msgid, an icon), where its tab stands, and what makes it.

    `home` pages have a tab beside Dossiers, `dossier` pages one inside a dossier, the others none: `aside` pages leave
    the dossier in hand, `hidden` ones are about it, if any. `offered` tells (store thread) of which dossiers there is a
    tab; None: of all.
    """

    key: str
    label: str
    icon: str
    place: TabPlace
    make: Callable[[UiContext], QWidget]
    offered: Callable[[Services, DossierId], bool] | None = None


@runtime_checkable
class Finds(Protocol):
    """A page with a field of its own to search in: Ctrl+F goes there."""

    def start_search(self) -> None:
        """Put the keyboard in that field."""
        ...


@runtime_checkable
class Prints(Protocol):
    """A page that can be printed: Ctrl+P does."""

    def print_out(self) -> None:
        """Ask with the system's dialog where and how, and print what is in sight."""
        ...

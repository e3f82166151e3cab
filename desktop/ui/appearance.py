"""The look of the window: language, text size, light or dark. Each change works at once and is kept on this laptop."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMainWindow

from desktop.i18n.catalogue import Catalogue, program_texts
from desktop.i18n.languages import language
from desktop.kernel.changes import Changes
from desktop.services.accounts.preferences import Preferences
from desktop.ui.design.spoken import speak_in
from desktop.ui.design.theme import Theme
from desktop.ui.executor import Executor
from desktop.ui.help.hint_memory import HintMemory
from desktop.ui.kit.drawing.focus import FocusRing
from desktop.ui.kit.layout.reading_order import focus_next
from desktop.ui.placement import first_place, place_of, screens_now
from desktop.ui.windows import window_icon
from protocol.errors import OpmaatError


class ThemedWindow(QMainWindow):
    """A window with the theme of the application. Its title is the name of the program and never holds another."""

    def __init__(self, preferences: Preferences, executor: Executor) -> None:
        super().__init__()
        self._preferences, self.executor = preferences, executor
        self._placed = False
        look = preferences.look
        self.theme = Theme(language(look.language), look.scheme, look.size / 100)
        self.theme.apply()
        self.speak()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            self._ring = FocusRing(self.theme, application, self)
        self.setWindowTitle("Opmaat")
        self.setWindowIcon(window_icon())

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001  # Qt's own signature
        """Go to the next control in reading order."""
        return focus_next(self, forward=forward)

    @property
    def catalogue(self) -> Catalogue:
        """The interface texts of now; the English msgids where the catalogue of a language cannot be read."""
        return program_texts(self.theme.language.tag)

    def speak(self) -> None:
        """Say to assistive technology in which language the window is, where a part does not say otherwise."""
        speak_in(self, self.theme.language)

    def set_size(self, percent: int) -> None:
        """Set the text size in percent."""
        self.theme.set_scale(percent / 100)
        self.keep_look(lambda preferences: preferences.set_size(percent))

    def set_scheme(self, scheme: str) -> None:
        """Switch between `light` and `dark`."""
        self.theme.set_scheme("dark" if scheme == "dark" else "light")
        self.keep_look(lambda preferences: preferences.set_scheme("dark" if scheme == "dark" else "light"))

    def take_place(self) -> None:
        """Stand where the window was left with these screens, wholly in sight; before it is shown."""
        self._placed = True
        name, free = screens_now()
        place = first_place(self._preferences.look.windows.get(name), free)
        self.setGeometry(place.x, place.y, place.width, place.height)
        if place.full:
            self.setWindowState(self.windowState() | Qt.WindowState.WindowMaximized)

    def end_threads(self, close: Callable[[], None]) -> None:
        """End the threads, the last things done being to keep where the window stands, and `close`."""
        name, _free = screens_now()
        where, full = self.normalGeometry(), self.isMaximized() or self.isFullScreen()
        place = place_of(where, full=full)

        def end() -> None:
            try:
                if self._placed:
                    self._preferences.set_window(name, place)
            finally:
                close()

        self.executor.stop(end)

    def keep_look(self, change: Callable[[Preferences], Changes]) -> None:
        """Keep a change of the look, and tell the pages."""
        preferences = self._preferences
        self.executor.submit(lambda: change(preferences), self.publish, self.report)

    @property
    def hints(self) -> HintMemory:
        """Which hints for a first visit were put away on this laptop."""
        preferences = self._preferences
        return HintMemory(
            lambda: preferences.look.hints, lambda page: self.keep_look(lambda kept: kept.put_hint_away(page))
        )

    def publish(self, changes: Changes, *, by: object = None) -> None:
        """Tell the pages what changed."""
        raise NotImplementedError

    def report(self, error: OpmaatError) -> None:
        """Show an error where the person is looking."""
        raise NotImplementedError

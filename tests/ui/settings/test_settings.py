import pytest
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop.services.suite import AppServices
from desktop.ui.design.tokens import DARK
from desktop.ui.window import MainWindow
from tests.ui.inspection import control, press, settle


@pytest.fixture
def settings(practice: MainWindow) -> MainWindow:
    """The window on the settings page."""
    press(practice, "bar.settings")
    settle(practice)
    return practice


def test_dark_works_at_once_and_is_kept(settings: MainWindow, app_services: AppServices, qapp: QApplication) -> None:
    press(settings, "settings.scheme.dark")
    settle(settings)
    assert settings.theme.palette is DARK
    assert qapp.palette().window().color().name().upper() == DARK.paper
    assert app_services.preferences.look.scheme == "dark"


def test_the_text_size_grows_everything_and_is_kept(
    settings: MainWindow, app_services: AppServices, qapp: QApplication
) -> None:
    press(settings, "settings.size.150")
    settle(settings)
    assert settings.theme.scale == 1.5
    assert qapp.font().pixelSize() == 24
    assert app_services.preferences.look.size == 150


def test_another_language_mirrors_the_window_and_stays_on_the_page(settings: MainWindow) -> None:
    press(settings, "settings.language.ar")
    settle(settings)
    assert settings.isRightToLeft()
    assert settings.shell is not None
    assert settings.shell.current == "settings"
    press(settings, "settings.language.nl")
    settle(settings)
    assert not settings.isRightToLeft()


def test_a_wrong_present_passphrase_is_refused_in_its_field(settings: MainWindow) -> None:
    control(settings, "settings.current", QLineEdit).setText("dat was hem niet")
    control(settings, "settings.new", QLineEdit).setText("een nieuwe lange zin")
    press(settings, "settings.passphrase")
    settle(settings)
    assert control(settings, "settings.current", QLineEdit).property("refused") == "true"

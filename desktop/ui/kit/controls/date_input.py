"""A day typed as dd-mm-jjjj, the form of Dutch letters."""

from datetime import date

from desktop.i18n import format_date, with_plain_figures
from desktop.ui.design.theme import Theme
from desktop.ui.kit.controls.field import TextInput

_FORM = "dd-mm-jjjj"
_PARTS_OF_A_DATE = 3


def read_date(text: str) -> date | None:
    """Return the date in `text` (dd-mm-jjjj); None when it is not one."""
    parts = with_plain_figures(text).strip().replace("/", "-").replace(".", "-").split("-")
    if len(parts) != _PARTS_OF_A_DATE or not all(part.isdecimal() for part in parts):
        return None
    day, month, year = (int(part) for part in parts)
    try:
        return date(year, month, day)
    except ValueError:
        return None


class DateInput(TextInput):
    """A date typed as dd-mm-jjjj; blank is no date."""

    def __init__(self, theme: Theme, name: str, label: str, day: date | None) -> None:
        super().__init__(theme, name, label, placeholder=_FORM)
        self.setText("" if day is None else format_date(day))
        self.setMaximumWidth(theme.px(160))

    @property
    def wrong(self) -> bool:
        """Tell whether something is typed that is not a date."""
        return bool(self.text().strip()) and self.day() is None

    def day(self) -> date | None:
        """Return the date typed, None when blank or wrong."""
        return read_date(self.text())

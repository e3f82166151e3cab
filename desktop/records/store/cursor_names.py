"""The names of the cursors that say how far the server has what this vault wrote."""

SENT_ROWS = "rows.acknowledged"
"""Rows of this device."""

SENT_WRAPS = "wraps.acknowledged"

GIVEN = "keys.given/"
"""Begins the names for the newest epoch of which keys of a dossier left for another organisation."""

AGED = "keys.aged/"
"""Begins the names for the newest epoch of which a former wrapping key of the organisation opens keys of a dossier."""

AGED_WAIT = "keys.aged"
"""Not blank while what colleagues did about those is still to be read."""


def sent_rows(former: str) -> str:
    """Return the name for the rows of a device that this one was before a restore; "" begins the names of them all."""
    return f"{SENT_ROWS}/{former}"


def given_keys(organisation: str, dossier: str) -> str:
    """Return the name for the keys of `dossier` that left for `organisation`."""
    return f"{GIVEN}{organisation}/{dossier}"


def aged_keys(dossier: str) -> str:
    """Return the name for the keys of `dossier` that a former wrapping key opens."""
    return f"{AGED}{dossier}"

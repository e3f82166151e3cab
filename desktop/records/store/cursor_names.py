"""The names of the cursors that say how far the server has what this vault wrote."""

SENT_ROWS = "rows.acknowledged"
"""Rows of this device."""

SENT_WRAPS = "wraps.acknowledged"


def sent_rows(former: str) -> str:
    """Return the name for the rows of a device that this one was before a restore; "" begins the names of them all."""
    return f"{SENT_ROWS}/{former}"

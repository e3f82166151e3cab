"""Marks a text for extraction where it is defined, so that it can be translated where it is shown."""


def N_(msgid: str) -> str:  # noqa: N802  # the name gettext tools look for
    """Return `msgid` unchanged; Babel finds it by the name of this function."""
    return msgid

"""A text with the context that tells it from the same words elsewhere: `Alleen` of a talk or of a household."""

from typing import Self


class InContext(str):
    """A text as any other, which also says where it stands: the `msgctxt` of gettext.

    `context` of a choice is its list and its value, `gezinsvorm/alleen`. Equal to the text without it.
    """

    __slots__ = ("context",)

    context: str

    def __new__(cls, text: str, context: str) -> Self:
        """Return `text`, standing in `context`."""
        made = super().__new__(cls, text)
        made.context = context
        return made

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]  # str itself is made of one
        """Return what a copy is made of."""
        return str(self), self.context


def choice_context(list_name: str, value: str) -> str:
    """Return the context of a choice, from its list and its value."""
    return f"{list_name}/{value}"

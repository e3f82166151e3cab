"""Every text a screen asks its catalogue for is in the Dutch catalogue: none slips past the extraction."""

import ast
from collections.abc import Iterator

from babel.messages.pofile import read_po

from tests import places

ROOT = places.ROOT


def _asked() -> Iterator[tuple[str, str]]:
    for floor in ("ui", "services"):
        for path in sorted((ROOT / "desktop" / floor).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if not isinstance(node, ast.Call) or not node.args:
                    continue
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                first = node.args[0]
                if name in {"text", "_text", "N_"} and isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield path.name, first.value


def test_every_text_of_a_screen_is_in_the_dutch_catalogue() -> None:
    with (ROOT / "locale" / "nl" / "LC_MESSAGES" / "app.po").open("rb") as stream:
        known = {message.id for message in read_po(stream, locale="nl")}
    known |= {message[0] for message in known if isinstance(message, tuple)}
    asked = list(_asked())
    assert len(asked) > 300
    assert [where for where in asked if where[1] and where[1] not in known] == []

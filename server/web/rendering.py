"""Pages made of the templates beside this module. Everything put into one is escaped, unless it is markup of ours."""

from pathlib import Path

from mako.lookup import TemplateLookup
from starlette.responses import HTMLResponse

from server.web.texts import PageTexts

_TEMPLATES = Path(__file__).resolve().parent / "templates"


class PageRenderer:
    """Renders the templates; each is read and translated to code once. A name that a template lacks is an error."""

    def __init__(self) -> None:
        self._lookup = TemplateLookup(
            [str(_TEMPLATES)], default_filters=["h"], strict_undefined=True, input_encoding="utf-8"
        )

    def page(self, name: str, texts: PageTexts, values: dict[str, object], status: int = 200) -> HTMLResponse:
        """Return the page `name` with `values`, in the language of `texts`."""
        shown = self._lookup.get_template(f"{name}.html").render_unicode(
            lang=texts.tag, text=texts.text, plural=texts.plural, **values
        )
        return HTMLResponse(shown, status, {"Content-Language": texts.tag})


def style_sheet() -> bytes:
    """Return the one style sheet."""
    return (_TEMPLATES / "style.css").read_bytes()


def mark() -> bytes:
    """Return the picture that browsers show beside the title."""
    return (_TEMPLATES / "mark.svg").read_bytes()

"""What the pages are made of and with, and how one is answered."""

from starlette.requests import Request
from starlette.responses import Response

from protocol.times import Clock
from server.config import PageConfig
from server.store.engine import ServerStore
from server.web.forms import FormTokens
from server.web.rendering import PageRenderer
from server.web.signing_in import SignInService
from server.web.texts import PageLanguages, PageTexts


class PageSite:
    """One application of the administrator's page."""

    def __init__(self, config: PageConfig, store: ServerStore, clock: Clock) -> None:
        """Show what is in `store` at the address of `config`."""
        self.config = config
        self.store = store
        self.clock = clock
        self.signing_in = SignInService(store, clock)
        self.tokens = FormTokens()
        prefix = "__Host-" if config.secure else ""
        self.session_cookie = f"{prefix}opmaat-session"
        self.form_cookie = f"{prefix}opmaat-form"
        self._languages = PageLanguages()
        self._renderer = PageRenderer()

    def texts(self, request: Request) -> PageTexts:
        """Return the texts in the language that the browser asks for."""
        return self._languages.choose(request.headers.get("accept-language", ""))

    def page(self, request: Request, name: str, values: dict[str, object], status: int = 200) -> Response:
        """Return the page `name` in the language that the browser asks for."""
        return self._renderer.page(name, self.texts(request), values, status)

    def problem(self, request: Request, kind: str, status: int) -> Response:
        """Return the page with one sentence about what is wrong, which tells nothing of what is in the database."""
        return self.page(request, "problem", {"kind": kind}, status)

    def set_cookie(self, response: Response, name: str, value: str) -> None:
        """Give the browser a cookie that no script reads and no other site sends; it ends with the browser."""
        response.set_cookie(name, value, path="/", httponly=True, samesite="strict", secure=self.config.secure)

    def forget_cookie(self, response: Response, name: str) -> None:
        """Take a cookie away."""
        response.delete_cookie(name, path="/", httponly=True, samesite="strict", secure=self.config.secure)


def site_of(request: Request) -> PageSite:
    """Return what the application is made of."""
    site: PageSite = request.app.state.site
    return site

"""The administrator's page as an application of its own: addresses, refusals and the frame around them."""

from types import MappingProxyType
from urllib.parse import urlsplit

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response

from protocol.errors import EnvironmentProblem
from protocol.times import Clock
from server.config import PageConfig
from server.http.frame import HEADERS, Framing, RequestFrame
from server.store.engine import ServerStore
from server.web.routes import ROUTER, SignedOutError
from server.web.site import PageSite, site_of

_SEE_OTHER, _NOT_FOUND, _MISDIRECTED, _FAILED, _AWAY = 303, 404, 421, 500, 503
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def create_page(config: PageConfig, store: ServerStore, clock: Clock) -> FastAPI:
    """Return the application that shows what is in `store`, whose form is this program's already.

    Without a session it shows the form to sign in and nothing else, whatever was asked. Raises UserError
    `server.page_not_private`.
    """
    config.require_private()
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    app.state.site = PageSite(config, store, clock)
    app.add_middleware(RequestFrame, answered=lambda *_: None, framing=_FRAMING)
    app.include_router(ROUTER, dependencies=[Depends(_require_host)])
    for error in (SQLAlchemyError, EnvironmentProblem):
        app.add_exception_handler(error, _away)
    app.add_exception_handler(SignedOutError, _signed_out)
    app.add_exception_handler(RequestValidationError, _not_here)
    app.add_exception_handler(HTTPException, _not_here)
    return app


def _require_host(request: Request) -> None:
    """Refuse a browser that calls this server by another name: a page elsewhere that points its own name here."""
    try:
        called = urlsplit(f"//{request.headers.get('host', '')}").hostname
    except ValueError:
        called = None
    if called not in site_of(request).config.hosts:
        raise HTTPException(_MISDIRECTED)


def _signed_out(_request: Request, error: Exception) -> Response:
    ended = isinstance(error, SignedOutError) and error.ended
    return RedirectResponse("/sign-in?ended=true" if ended else "/sign-in", _SEE_OTHER)


def _not_here(request: Request, error: Exception) -> Response:
    if isinstance(error, HTTPException) and error.status_code == _MISDIRECTED:
        return site_of(request).problem(request, "host", _MISDIRECTED)
    return site_of(request).problem(request, "address", _NOT_FOUND)


def _away(request: Request, _error: Exception) -> Response:
    return site_of(request).problem(request, "away", _AWAY)


def _failed() -> Response:
    return HTMLResponse("<!doctype html><title>Opmaat</title><p>Server error.</p>", _FAILED)


_FRAMING = Framing(
    "page",
    MappingProxyType(
        {
            **HEADERS,
            "Content-Security-Policy": _POLICY,
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
            "Referrer-Policy": "same-origin",  # with none at all, browsers keep back from which page a form came
            "X-Robots-Tag": "noindex, nofollow",
        }
    ),
    _failed,
)

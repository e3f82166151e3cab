"""The addresses of the administrator's page. None changes anything but the session."""

import secrets
from dataclasses import dataclass
from importlib.metadata import version
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from server.web import formats
from server.web.forms import read_form
from server.web.instructions import instructions
from server.web.presenter import Presenter
from server.web.rendering import mark, style_sheet
from server.web.report import read_report
from server.web.sessions import IDLE_SECONDS
from server.web.site import PageSite, site_of

ROUTER = APIRouter()
_SEE_OTHER, _BAD_REQUEST, _FORBIDDEN, _UNPROCESSABLE, _TOO_MANY = 303, 400, 403, 422, 429
_SHOWN_DEVICES = 6
_MINUTE = 60
_TOKEN_BYTES = 32
_MOST_NAME = 64

Site = Annotated[PageSite, Depends(site_of)]


class SignedOutError(Exception):
    """Nobody is signed in; `ended` when somebody was."""

    def __init__(self, *, ended: bool) -> None:
        """Keep whether there was a session."""
        super().__init__()
        self.ended = ended


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is signed in, under which account, with the token of the forms on the pages that are shown."""

    name: str
    form_token: str


def signed_in(request: Request, site: Site) -> Visitor:
    """Return who asks; raises SignedOutError."""
    cookie = request.cookies.get(site.session_cookie, "")
    session = site.signing_in.session(cookie) if cookie else None
    if session is None:
        raise SignedOutError(ended=bool(cookie))
    return Visitor(session.name, site.tokens.of(cookie))


SignedIn = Annotated[Visitor, Depends(signed_in)]


@ROUTER.get("/")
def overview(request: Request, site: Site, visitor: SignedIn) -> Response:
    """Show what needs somebody, and how things are."""
    shown = _presenter(request, site)
    devices = shown.devices()
    values = {
        "stuck": shown.stuck(),
        "running": shown.running(),
        "devices": devices[:_SHOWN_DEVICES],
        "all_devices": len(devices),
        "organisations": shown.organisations(),
        "dossiers": shown.report.dossiers,
        "room": shown.room(),
        "backup": shown.backup(),
        "attention": shown.attention(),
    }
    return _page(request, site, visitor, "overview", values)


@ROUTER.get("/handovers")
def handovers(request: Request, site: Site, visitor: SignedIn) -> Response:
    """Show the handovers that stand still, and what to do about each."""
    shown = _presenter(request, site)
    return _page(request, site, visitor, "handovers", {"stuck": shown.stuck(), "running": shown.running()})


@ROUTER.get("/organisations")
def organisations(request: Request, site: Site, visitor: SignedIn) -> Response:
    """Show every organisation."""
    shown = _presenter(request, site)
    return _page(request, site, visitor, "organisations", {"organisations": shown.organisations()})


@ROUTER.get("/devices")
def devices(request: Request, site: Site, visitor: SignedIn) -> Response:
    """Show every device."""
    return _page(request, site, visitor, "devices", {"devices": _presenter(request, site).devices()})


@ROUTER.get("/instructions")
def how_to(request: Request, site: Site, visitor: SignedIn) -> Response:
    """Show the commands for what is not done here."""
    return _page(request, site, visitor, "instructions", {"instructions": instructions(site.texts(request))})


@ROUTER.get("/sign-in")
def sign_in_form(request: Request, site: Site, *, ended: bool = False) -> Response:
    """Show the form; `ended` says that a session was over."""
    cookie = request.cookies.get(site.session_cookie, "")
    if cookie and site.signing_in.session(cookie) is not None:
        return RedirectResponse("/", _SEE_OTHER)
    return _sign_in_page(request, site, "ended" if ended else "none", 200)


@ROUTER.post("/sign-in")
async def sign_in(request: Request, site: Site) -> Response:
    """Sign in, or say why not."""
    fields = await read_form(request)
    if fields is None:
        return site.problem(request, "form", _BAD_REQUEST)
    if not site.tokens.is_ours(request, request.cookies.get(site.form_cookie, ""), fields):
        return site.problem(request, "stale", _FORBIDDEN)
    name = fields.get("name", "").strip().lower()[:_MOST_NAME]
    outcome = await site.signing_in.sign_in(name, fields.get("passphrase", ""))
    if outcome.token is not None:
        within = RedirectResponse("/", _SEE_OTHER)
        site.set_cookie(within, site.session_cookie, outcome.token)
        site.forget_cookie(within, site.form_cookie)
        return within
    if outcome.wait:
        response = _sign_in_page(request, site, "wait", _TOO_MANY, account=name, wait=outcome.wait)
        response.headers["Retry-After"] = str(outcome.wait)
        return response
    return _sign_in_page(request, site, "wrong", _UNPROCESSABLE, account=name)


@ROUTER.post("/sign-out")
async def sign_out(request: Request, site: Site) -> Response:
    """End the session."""
    cookie = request.cookies.get(site.session_cookie, "")
    if not site.tokens.is_ours(request, cookie, await read_form(request) or {}):
        return site.problem(request, "stale", _FORBIDDEN)
    site.signing_in.sign_out(cookie)
    response = RedirectResponse("/sign-in", _SEE_OTHER)
    site.forget_cookie(response, site.session_cookie)
    response.headers["Clear-Site-Data"] = '"cache"'  # not the cookies: those of the whole domain would go
    return response


@ROUTER.get("/style.css")
def style() -> Response:
    """Return the style sheet, which says nothing about anybody."""
    return Response(style_sheet(), media_type="text/css")


@ROUTER.get("/mark.svg")
def picture() -> Response:
    """Return the mark of the product."""
    return Response(mark(), media_type="image/svg+xml")


def _presenter(request: Request, site: PageSite) -> Presenter:
    report = site.store.run(read_report)
    return Presenter(site.texts(request), report, site.clock.now())


def _page(request: Request, site: PageSite, visitor: Visitor, name: str, values: dict[str, object]) -> Response:
    frame = {
        "current": name,
        "account": visitor.name,
        "form_token": visitor.form_token,
        "moment": formats.full(site.texts(request), site.clock.now()),
        "zone": formats.zone(site.clock.now()),
        "version": version("opmaat"),
        "idle_minutes": IDLE_SECONDS // _MINUTE,
    }
    return site.page(request, name, {**frame, **values})


def _sign_in_page(
    request: Request, site: PageSite, kind: str, status: int, *, account: str = "", wait: int = 0
) -> Response:
    cookie = request.cookies.get(site.form_cookie) or secrets.token_urlsafe(_TOKEN_BYTES)
    minutes = -(-wait // _MINUTE)
    values: dict[str, object] = {
        "form_token": site.tokens.of(cookie),
        "kind": kind,
        "minutes": minutes,
        "account": account,
    }
    response = site.page(request, "sign_in", values, status)
    site.set_cookie(response, site.form_cookie, cookie)
    return response

"""The application: routes, refusals and the frame around them, put together in one place."""

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from protocol.errors import EnvironmentProblem
from server.config import ServerConfig
from server.http.answers import problem
from server.http.frame import INTERFACE, RequestFrame
from server.http.requests import require_protocol
from server.log import note
from server.openapi import BASE_PATH, describe
from server.refusals import Refusal
from server.routes import devices, dossiers, service
from server.services import ServerContext
from server.store.connecting.failures import is_away, state_of
from server.store.engine import ServerStore
from server.store.schema import migrate

_LOGGER = logging.getLogger(__name__)
_METHOD_NOT_ALLOWED = 405


def _nothing(_method: str, _route: str, _status: int, _seconds: float) -> None:
    """Keep no figures."""


def create_app(config: ServerConfig, answered: Callable[[str, str, int, float], None] = _nothing) -> FastAPI:
    """Return the application over the database of `config`, brought to this program's form first.

    `answered` is told method, route, status and seconds of every answer.

    Stateless: everything lives in the database, so any number of workers may serve one. Raises EnvironmentProblem
    `server.database_unknown` or `server.database_newer`.
    """
    store = ServerStore(config.database, hurried=True)
    migrate(store)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        store.close()

    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, lifespan=lifespan, redirect_slashes=False)
    app.state.services = ServerContext(config, store)
    app.add_middleware(RequestFrame, answered=answered, framing=INTERFACE)
    app.include_router(service.ROUTER)
    for router in (devices.ROUTER, dossiers.ROUTER):
        app.include_router(router, dependencies=[Depends(require_protocol)])
    description = describe(app, config.origin)

    @app.get(f"{BASE_PATH}/openapi.json", include_in_schema=False)
    def openapi() -> Response:
        return JSONResponse(description, headers={"Access-Control-Allow-Origin": "*"})

    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _not_served)
    for kind in (SQLAlchemyError, EnvironmentProblem):
        app.add_exception_handler(kind, _database_failed)
    return app


def _refused(_request: Request, error: Exception) -> Response:
    if not isinstance(error, Refusal):
        raise error
    return problem(error.code, error.details)


def _invalid(_request: Request, _error: Exception) -> Response:
    return problem("sync.message_broken", {"what": "address"})


def _database_failed(_request: Request, error: Exception) -> Response:
    """Answer 503 where the database is away; anything else is a mistake of ours."""
    if not is_away(error):
        raise error
    code = error.code if isinstance(error, EnvironmentProblem) else "none"
    note(_LOGGER, "database.away", kind=type(error).__name__, state=state_of(error), code=code)
    return problem("sync.database_away")


def _not_served(_request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 0
    return problem("sync.method_wrong" if status == _METHOD_NOT_ALLOWED else "sync.not_found")

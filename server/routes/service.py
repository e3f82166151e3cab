"""The server about itself; nothing here needs a signature."""

from fastapi import APIRouter
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import JSONResponse, Response

from protocol.errors import EnvironmentProblem
from protocol.version import API_VERSION, OLDEST_PROTOCOL, PROTOCOL
from server.http.answers import problem
from server.http.requests import Server

ROUTER = APIRouter()


@ROUTER.get("/v1/health", summary="Whether the server answers", tags=["service"])
def health() -> Response:
    """Answer 200 with the protocols this server speaks; the database may be away."""
    content = {
        "status": "ok",
        "apiVersion": API_VERSION,
        "protocol": PROTOCOL,
        "oldestProtocol": OLDEST_PROTOCOL,
    }
    return JSONResponse(content)


@ROUTER.get("/v1/ready", summary="Whether the server and its database answer", tags=["service"])
def ready(services: Server) -> Response:
    """Answer 200 when the database answers too, else 503: let other workers have the requests."""
    try:
        services.store.run(lambda connection: connection.execute(text("SELECT 1")).scalar_one())
    except (SQLAlchemyError, EnvironmentProblem):
        return problem("sync.busy")
    return JSONResponse({"status": "ready"})

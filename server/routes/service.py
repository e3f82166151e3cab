"""The server about itself; nothing here needs a signature."""

from fastapi import APIRouter
from sqlalchemy import text
from starlette.responses import JSONResponse, Response

from protocol.version import API_VERSION, OLDEST_PROTOCOL, PROTOCOL
from server.http.requests import Server

ROUTER = APIRouter()


@ROUTER.get("/v1/health", summary="Whether the server and its database answer", tags=["service"])
def health(services: Server) -> Response:
    """Answer 200 when the database answers too, with the protocols this server speaks."""
    services.store.run(lambda connection: connection.execute(text("SELECT 1")).scalar_one())
    content = {
        "status": "ok",
        "apiVersion": API_VERSION,
        "protocol": PROTOCOL,
        "oldestProtocol": OLDEST_PROTOCOL,
    }
    return JSONResponse(content)

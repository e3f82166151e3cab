"""The published description of the interface."""

import json
import re
from pathlib import Path
from typing import Any

from server.app import create_app
from server.config import ServerConfig


def test_the_published_interface_names_every_message_and_problem(tmp_path: Path) -> None:
    app = create_app(ServerConfig(str(tmp_path / "server.db")))

    paths = {route.path for route in app.routes if getattr(route, "include_in_schema", False)}  # type: ignore[attr-defined]
    assert all(re.fullmatch(r"/v1(/[a-z-]+|/\{[a-z]+\})+", path) for path in paths)
    description = _description(tmp_path)
    schemas = description["components"]["schemas"]
    for name in re.findall(r"#/components/schemas/(\w+)", json.dumps(description)):
        assert schemas[name].get("type") == "object" or schemas[name]["enum"]
        assert schemas[name]["description"]
    app.state.services.store.close()


def _description(tmp_path: Path) -> dict[str, Any]:
    from server.openapi import describe

    app = create_app(ServerConfig(str(tmp_path / "another.db")))
    described = describe(app)
    app.state.services.store.close()
    return described

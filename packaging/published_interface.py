"""Write the description that a server publishes to a file: `published_interface.py FILE`."""

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from server.app import create_app
from server.config import ServerConfig
from server.openapi import describe


def main(target: Path) -> None:
    """Write the description of a server at an example address to `target`."""
    origin = "https://opmaat.example.nl"
    with TemporaryDirectory() as folder:
        app = create_app(ServerConfig(str(Path(folder) / "server.db"), origin))
        target.write_text(json.dumps(describe(app, origin), indent=1), "utf-8")
        app.state.services.store.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))

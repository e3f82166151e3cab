"""A real Chromium without a screen, driven over its DevTools protocol through two pipes: nothing listens anywhere."""

import base64
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_END = b"\0"


def chromium() -> str | None:
    """Return where a Chromium is installed, or None."""
    return next((found for name in _NAMES if (found := shutil.which(name))), None)


class Browser:
    """One page of a browser. Every call waits until the browser has done it; a complaint of it fails the test."""

    def __init__(self, writing: int, reading: int) -> None:
        self._writing = writing
        self._reading = reading
        self._rest = b""
        self._number = 0
        self._session: str | None = None
        self._events: list[dict[str, Any]] = []
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self._call(f"{domain}.enable")

    def looks(self, width: int = 1280, height: int = 800, scale: float = 1, theme: str = "light") -> None:
        """Set the window in pixels, the scale of everything (2 is what a person calls 200 %) and the theme."""
        size = {"width": round(width / scale), "height": round(height / scale)}
        self._call("Emulation.setDeviceMetricsOverride", **size, deviceScaleFactor=scale, mobile=False)
        wanted = {"prefers-color-scheme": theme, "prefers-reduced-motion": "reduce"}  # no picture halfway a change
        features = [{"name": name, "value": value} for name, value in wanted.items()]
        self._call("Emulation.setEmulatedMedia", features=features)

    def speaks(self, languages: str) -> None:
        """Ask for pages in these languages."""
        self._call("Network.setExtraHTTPHeaders", headers={"Accept-Language": languages})

    def visit(self, address: str) -> None:
        """Go to a page, and wait until it is loaded."""
        self._events.clear()
        assert "errorText" not in self._call("Page.navigate", url=address)
        self._await("Page.loadEventFired")

    def submit(self, selector: str) -> None:
        """Press the button of a form, and wait until the next page is loaded."""
        self._events.clear()
        self.run(f"document.querySelector({json.dumps(selector)}).click()")
        self._await("Page.loadEventFired")

    def forget(self) -> None:
        """Forget every cookie."""
        self._call("Network.clearBrowserCookies")

    def painted(self) -> None:
        """Wait until what is there now is on the screen; only then the field to begin in has the focus."""
        twice = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
        self._call("Runtime.evaluate", expression=twice, awaitPromise=True)

    def fill(self, selector: str, text: str) -> None:
        """Type into a field."""
        self.run(f"document.querySelector({json.dumps(selector)}).focus()")
        self._call("Input.insertText", text=text)

    def tab(self) -> None:
        """Press the tab key."""
        key = {"key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}
        self._call("Input.dispatchKeyEvent", type="rawKeyDown", **key)
        self._call("Input.dispatchKeyEvent", type="keyUp", **key)

    def run(self, script: str) -> Any:  # noqa: ANN401  # whatever the script gives
        """Return what a script gives; the tools of a browser run it also where pages may have none."""
        answer = self._call("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def cookies(self) -> list[dict[str, Any]]:
        """Return the cookies of the page."""
        found: list[dict[str, Any]] = self._call("Network.getCookies")["cookies"]
        return found

    def accessible(self) -> list[dict[str, Any]]:
        """Return what assistive technology is told of the page."""
        nodes: list[dict[str, Any]] = self._call("Accessibility.getFullAXTree")["nodes"]
        return [node for node in nodes if not node.get("ignored")]

    def complaints(self) -> list[str]:
        """Return what the browser logged since the last visit: refused styles, failed loads."""
        entries = [event["params"]["entry"] for event in self._events if event["method"] == "Log.entryAdded"]
        return [f"{entry['source']}: {entry['text']}" for entry in entries]

    def picture(self, path: Path, *, whole: bool = False) -> None:
        """Write what is shown as PNG; `whole` takes what is below the window too."""
        taken = self._call("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        path.write_bytes(base64.b64decode(taken["data"]))

    def _call(self, method: str, **arguments: object) -> dict[str, Any]:
        self._number += 1
        message: dict[str, object] = {"id": self._number, "method": method, "params": arguments}
        if self._session is not None:
            message["sessionId"] = self._session
        os.write(self._writing, json.dumps(message).encode() + _END)
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                assert "error" not in answer, (method, answer)
                result: dict[str, Any] = answer["result"]
                return result
            self._events.append(answer)

    def _await(self, method: str) -> None:
        while not any(event.get("method") == method for event in self._events):
            self._events.append(self._next())

    def _next(self) -> dict[str, Any]:
        while _END not in self._rest:
            data = os.read(self._reading, 1 << 20)
            assert data, "the browser has ended"
            self._rest += data
        line, _, self._rest = self._rest.partition(_END)
        message: dict[str, Any] = json.loads(line)
        return message


@contextmanager
def running_browser() -> Iterator[Browser]:
    """Run a browser with a profile of its own, which is gone afterwards."""
    program = chromium()
    assert program is not None
    to_browser, from_browser = os.pipe(), os.pipe()
    with tempfile.TemporaryDirectory(prefix="opmaat-chromium-", ignore_cleanup_errors=True) as profile:
        # Chromium takes descriptors 3 and 4 for its pipes; the shell puts ours there.
        shell = f'exec "$0" "$@" 3<&{to_browser[0]} 4>&{from_browser[1]}'
        flags = ("--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", "--no-first-run")
        quiet = ("--disable-background-networking", "--disable-component-update", "--disable-sync", "--mute-audio")
        bare = ("--disable-dev-shm-usage", "--hide-scrollbars", "--no-proxy-server", f"--user-data-dir={profile}")
        process = subprocess.Popen(  # noqa: S603  # our own words
            ["/bin/bash", "-c", shell, program, *flags, *quiet, *bare],
            pass_fds=(to_browser[0], from_browser[1]),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_browser[0])
        os.close(from_browser[1])
        try:
            yield Browser(to_browser[1], from_browser[0])
        finally:
            os.close(to_browser[1])
            os.close(from_browser[0])
            process.terminate()
            process.wait(timeout=30)

"""Which proxy leads to the server, from what the system says. Pure.

The settings are those of `urllib.request.getproxies`: the environment, or the system settings of Windows and macOS.
They are read here and not by httpx, which fails on exceptions that curl, Go and Python take: `[::1]`, `10.0.0.0/8`,
`host:port`.
"""

import ipaddress
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from urllib.parse import SplitResult, unquote, urlsplit

from protocol.errors import EnvironmentProblem

_PORTS: Mapping[str, int] = MappingProxyType({"http": 80, "https": 443, "socks5": 1080, "socks5h": 1080, "socks": 1080})
"""The kinds that can be used, and the port of each where none is given.

`socks` is what GNOME sets: GLib takes it for SOCKS 5 first (GSimpleProxyResolver:default-proxy). curl takes it for
version 4, which nothing here speaks. Names are always resolved by the proxy, as `socks5h` says.
"""

_HTTPS_PORT = 443
_MOST_CREDENTIAL_BYTES = 255
"""RFC 1929."""

_HOST = re.compile(r"[A-Za-z0-9._:\-]+")
_EXCEPTION = re.compile(r"\[(?P<address>[^\]]*)\](?::(?P<port>\d+))?|(?P<name>[^:]*)(?::(?P<name_port>\d+))?")


@dataclass(frozen=True, slots=True)
class Proxy:
    """Where the proxy is, and the name and password it is to be told, blank for none; these are never shown."""

    kind: str
    host: str
    port: int
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    @property
    def is_socks(self) -> bool:
        """Tell whether it speaks SOCKS 5, and HTTP otherwise."""
        return self.kind.startswith("socks")


def proxy_for(server: str, settings: Mapping[str, str], bypassed: Callable[[str], bool]) -> Proxy | None:
    """Return the proxy to the HTTPS address `server`; None when it is to be reached directly.

    `settings` has the keys `https`, `all` and `no`; `bypassed` says whether the system itself excepts a host name.
    An exception that cannot be read excepts nothing. Raises EnvironmentProblem `sync.proxy_unreadable` or
    `sync.proxy_unsupported`, without the setting, which may hold a password.
    """
    setting = settings.get("https") or settings.get("all") or ""
    if not setting:
        return None
    parts = urlsplit(server)
    host = _plain(parts.hostname or "")
    if _is_excepted(host, parts.port or _HTTPS_PORT, settings.get("no", "")) or bypassed(host):
        return None
    return _read(setting.strip())


def _read(setting: str) -> Proxy:
    try:
        parts = urlsplit(setting if "://" in setting else f"http://{setting}")
        host, port = (parts.hostname or "").encode("idna").decode("ascii"), parts.port
        user, password = _credentials(parts)
    except ValueError:
        raise EnvironmentProblem("sync.proxy_unreadable") from None  # what it says may hold a password
    if parts.scheme not in _PORTS:
        raise EnvironmentProblem("sync.proxy_unsupported")
    if not setting.isprintable() or not _HOST.fullmatch(host) or port == 0:
        raise EnvironmentProblem("sync.proxy_unreadable")
    return Proxy(parts.scheme, host, port or _PORTS[parts.scheme], user, password)


def _credentials(parts: SplitResult) -> tuple[str, str]:
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if max(len(user.encode()), len(password.encode())) > _MOST_CREDENTIAL_BYTES:
        raise ValueError
    return user, password


def _is_excepted(host: str, port: int, exceptions: str) -> bool:
    return any(_covers(each, host, port) for each in exceptions.replace(",", " ").split())


def _covers(exception: str, host: str, port: int) -> bool:
    """Tell whether `exception` covers it: `*`, a name and all below it, an address, a range; with a port or without."""
    bare = exception.rpartition("://")[2].rstrip("/")
    if _is_in(bare, host):
        return True
    found = _EXCEPTION.fullmatch(bare)
    if found is None:
        return False
    wanted = found["port"] or found["name_port"]
    if wanted is not None and int(wanted) != port:
        return False
    if found["address"] is not None:
        return _is_in(found["address"], host)
    return _is_in(found["name"], host) or _is_below(found["name"], host)


def _is_in(network: str, host: str) -> bool:
    try:
        return ipaddress.ip_address(host) in ipaddress.ip_network(network, strict=False)
    except ValueError:
        return False


def _is_below(exception: str, host: str) -> bool:
    if exception == "*":
        return True
    name = _plain(exception.removeprefix("*").removeprefix("."))
    return bool(name) and (host == name or host.endswith(f".{name}"))


def _plain(name: str) -> str:
    """Return a host name as it is compared: as the network spells it, in small letters."""
    try:
        spelt = name.encode("idna").decode("ascii")
    except UnicodeError:
        spelt = name
    return spelt.casefold().rstrip(".")

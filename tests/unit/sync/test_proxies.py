from urllib.parse import quote

import pytest

from desktop.sync.proxies import Proxy, proxy_for
from protocol.errors import EnvironmentProblem

PROXY = "http://proxy.example.nl:8080"
CANARY = "Zebediah-Kwamena"


def _to(server: str, **settings: str) -> Proxy | None:
    return proxy_for(server, settings, lambda _host: False)


@pytest.mark.parametrize(
    ("server", "exceptions"),
    [
        ("https://opmaat.haarlem.nl", "*"),
        ("https://opmaat.haarlem.nl", "other.nl, * "),
        ("https://opmaat.haarlem.nl", "opmaat.haarlem.nl"),
        ("https://opmaat.haarlem.nl", "localhost,OPMAAT.Haarlem.NL."),
        ("https://opmaat.haarlem.nl", "haarlem.nl"),
        ("https://opmaat.haarlem.nl", ".haarlem.nl"),
        ("https://opmaat.haarlem.nl", "*.haarlem.nl"),
        ("https://opmaat.haarlem.nl", "https://opmaat.haarlem.nl/"),
        ("https://opmaat.haarlem.nl", "a b opmaat.haarlem.nl"),
        ("https://opmaat.haarlem.nl", "opmaat.haarlem.nl:443"),
        ("https://opmaat.haarlem.nl:8443", "haarlem.nl:8443"),
        ("https://gemeente-súdwest.nl", "gemeente-súdwest.nl"),
        ("https://gemeente-súdwest.nl", "xn--gemeente-sdwest-cvb.nl"),
        ("https://10.1.2.3", "10.0.0.0/8"),
        ("https://10.1.2.3", "10.1.2.99/8"),
        ("https://10.1.2.3", "10.1.2.3:443"),
        ("https://10.1.2.3", "10.1.2.3"),
        ("https://[fd00::7]", "fd00::/8"),
        ("https://[fd00::7]", "[fd00::]/8,[fd00::7]"),
        ("https://[fd00::7]:8443", "[fd00::7]:8443"),
        ("https://[fd00::7]", "FD00:0::7"),
    ],
)
def test_what_is_excepted_is_reached_directly(server: str, exceptions: str) -> None:
    assert _to(server, https=PROXY, no=exceptions) is None


@pytest.mark.parametrize(
    ("server", "exceptions"),
    [
        ("https://opmaat.haarlem.nl", ""),
        ("https://opmaat.haarlem.nl", "localhost,::1,[::1],127.0.0.1,fd00::/8,10.0.0.0/8"),
        ("https://opmaat.haarlem.nl", "opmaat.haarlem.nl:8443"),
        ("https://opmaat.haarlem.nl", "haarlem,nl.haarlem,lem.nl"),
        ("https://opmaat.haarlem.nl", ",.,*.,:,::,[,],[]:1,10.0.0.0/99,1.2.3.4.5,:443,[::1]:x,a:b:c,\x00,ü" + "x" * 70),
        ("https://10.1.2.3", "10.1.2.3:8443,11.0.0.0/8,fd00::/8"),
        ("https://[fd00::7]", "[fd00::7]:8443,10.0.0.0/8"),
    ],
)
def test_everything_else_goes_through_the_proxy_and_no_exception_breaks_anything(server: str, exceptions: str) -> None:
    assert _to(server, https=PROXY, no=exceptions) == Proxy("http", "proxy.example.nl", 8080)


@pytest.mark.parametrize(
    ("setting", "proxy"),
    [
        (PROXY, Proxy("http", "proxy.example.nl", 8080)),
        ("proxy.example.nl:3128", Proxy("http", "proxy.example.nl", 3128)),
        (" http://proxy ", Proxy("http", "proxy", 80)),
        ("https://proxy/", Proxy("https", "proxy", 443)),
        ("socks://127.0.0.1:1081/", Proxy("socks", "127.0.0.1", 1081)),
        ("socks5://proxy", Proxy("socks5", "proxy", 1080)),
        ("SOCKS5H://[::1]", Proxy("socks5h", "::1", 1080)),
        ("http://süd.nl:1", Proxy("http", "xn--sd-xka.nl", 1)),
        (
            f"http://{quote('a@b', safe='')}:{quote('p:/#?', safe='')}@proxy:1",
            Proxy("http", "proxy", 1, "a@b", "p:/#?"),
        ),
    ],
)
def test_a_setting_is_read_as_people_write_it(setting: str, proxy: Proxy) -> None:
    assert _to("https://opmaat.haarlem.nl", https=setting) == proxy


@pytest.mark.parametrize(
    "setting",
    [
        "http://",
        f"http://{CANARY}@:8080",
        f"http://{CANARY}:x@proxy:99999",
        f"http://{CANARY}:p#x@proxy:8080",
        f"http://{CANARY}:p/x@proxy:8080",
        f"http://{CANARY}:x@proxy:eight",
        f"http://{CANARY}:x@proxy:0",
        f"http://{CANARY}:x@[::1",
        f"http://{CANARY}:x@pro xy:8080",
        f"http://{CANARY}:x@proxy\n:8080",
        f"http://{CANARY}:x@{'p' * 70}",
        f"http://{CANARY * 20}:x@proxy",
        f"http://{CANARY}:{'x' * 256}@proxy",
    ],
)
def test_a_setting_that_is_no_address_is_told_without_what_it_says(setting: str) -> None:
    with pytest.raises(EnvironmentProblem, match=r"^sync\.proxy_unreadable$") as caught:
        _to("https://opmaat.haarlem.nl", https=setting)

    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
    assert CANARY not in repr(caught.value) + repr(caught.value.details)


@pytest.mark.parametrize("setting", ["socks4://127.0.0.1:1080", "socks4a://p", "ftp://p", "quic://p", f"{CANARY}://p"])
def test_a_kind_of_proxy_that_nothing_here_speaks_is_told(setting: str) -> None:
    with pytest.raises(EnvironmentProblem, match=r"^sync\.proxy_unsupported$"):
        _to("https://opmaat.haarlem.nl", https=setting)


def test_the_setting_for_https_comes_before_the_one_for_all() -> None:
    assert _to("https://a.nl", https="one:1", all="two:2") == Proxy("http", "one", 1)
    assert _to("https://a.nl", all="two:2", http="three:3") == Proxy("http", "two", 2)
    assert _to("https://a.nl", http="three:3") is None
    assert _to("https://a.nl") is None


def test_what_the_system_excepts_is_excepted() -> None:
    asked: list[str] = []

    def bypassed(host: str) -> bool:
        asked.append(host)
        return True

    assert proxy_for("https://opmaat.haarlem.nl:8443", {"https": "no proxy at all::"}, bypassed) is None
    assert asked == ["opmaat.haarlem.nl"]


def test_a_password_is_never_shown() -> None:
    proxy = _to("https://a.nl", https=f"http://{CANARY}:{CANARY}@proxy:1")

    assert proxy is not None
    assert (proxy.user, proxy.password) == (CANARY, CANARY)
    assert CANARY not in repr(proxy) + str(proxy)

"""Where the page may be, and by which names."""

import pytest

from protocol.errors import UserError
from server.arguments import parser
from server.config import PageConfig


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.8.9.10"])
def test_this_machine_is_private(host: str) -> None:
    config = PageConfig(host, 8081)
    config.require_private()

    assert not config.secure


@pytest.mark.parametrize(("host", "origin"), [("0.0.0.0", None), ("10.0.0.4", "http://beheer.nl"), ("beheer.nl", None)])  # noqa: S104
def test_a_network_in_clear_is_refused(host: str, origin: str | None) -> None:
    with pytest.raises(UserError, match=r"server\.page_not_private"):
        PageConfig(host, 8081, origin).require_private()


def test_behind_a_proxy_with_tls_cookies_are_secure_and_the_name_is_known() -> None:
    config = PageConfig("0.0.0.0", 8081, "https://beheer.example.nl:8443/")  # noqa: S104
    config.require_private()

    assert config.secure
    assert "beheer.example.nl" in config.hosts
    assert PageConfig("127.0.0.1", 8081, encrypted=True).secure


def test_the_page_is_off_by_itself_and_takes_an_address_with_a_port() -> None:
    serve = ["serve", "--database", "x"]

    assert parser().parse_args(serve).admin_listen is None
    assert parser().parse_args([*serve, "--admin-listen", "[::1]:8081"]).admin_listen == ("::1", 8081)


@pytest.mark.parametrize("address", ["8081", "127.0.0.1", ":8081", "127.0.0.1:", "127.0.0.1:99999", "127.0.0.1:x"])
def test_an_address_that_is_none_is_refused(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parser().parse_args(["serve", "--database", "x", "--admin-listen", address])

    assert "HOST:PORT" in capsys.readouterr().err

"""Who sees the administrator's page, and what becomes of those who may not."""

from collections.abc import Callable
from itertools import product
from pathlib import Path

import httpx
import pytest

from server.store.administration.administrators import remove_administrator
from server.store.engine import ServerStore
from tests import warm
from tests.sync.machines import ServerProcess
from tests.sync.page.invented import NAME, PASSPHRASE, REGION, new_administrator
from tests.sync.page.visiting import (
    SHOWN,
    address_of,
    looked_through,
    read,
    server_with_page,
    sign_in,
    token_in,
    visitor,
)
from tests.sync.raw import plain

OTHER = "heel iets anders dan dat"


@pytest.mark.usefixtures("region")
def test_without_signing_in_nothing_is_shown(stranger: httpx.Client) -> None:
    for path, cookie in product(SHOWN, ("", "opmaat-session=guessed", "opmaat-form=guessed")):
        answer = stranger.get(path, headers={"Cookie": cookie})

        assert answer.status_code == 303
        assert answer.headers["location"] in {"/sign-in", "/sign-in?ended=true"}
        assert answer.text == ""


@pytest.mark.usefixtures("region")
def test_the_form_tells_nothing_of_the_server(stranger: httpx.Client) -> None:
    for path in ("/sign-in", "/sign-in?ended=true", "/nowhere", "/v1/health", "/v1/rows", "/metrics"):
        page = stranger.get(path)
        looked_through(page.text)
        assert [name for name, _ in REGION if name in page.text] == []
        assert "0.1.0" not in page.text
        assert NAME not in looked_through(page.text).words.split()


def test_the_public_address_shows_no_page(page_server: ServerProcess) -> None:
    for path in ("/", "/sign-in", "/style.css", *SHOWN):
        answer = plain("GET", f"{page_server.address}{path}")
        assert answer.status_code == 404
        assert answer.headers["content-type"] == "application/problem+json"


def test_without_being_asked_there_is_no_page(own_server: ServerProcess) -> None:
    assert "page.shown" not in own_server.log.read_text("utf-8")


def test_signing_in_shows_every_page_and_signing_out_ends_it(administrator: httpx.Client) -> None:
    for path in SHOWN:
        assert f"Aangemeld als {NAME}" in read(administrator, path)
    cookie = administrator.cookies["opmaat-session"]

    out = administrator.post("/sign-out", data={"token": token_in(administrator.get("/"))})

    assert (out.status_code, out.headers["location"]) == (303, "/sign-in")
    assert "opmaat-session" not in administrator.cookies
    assert administrator.get("/", headers={"Cookie": f"opmaat-session={cookie}"}).status_code == 303


def test_wrong_passphrases_are_limited_and_unknown_names_are_answered_alike(stranger: httpx.Client) -> None:
    answers = {}
    for name in (NAME, "nobody"):
        answers[name] = [sign_in(stranger, name, OTHER) for _ in range(6)]
        assert [answer.status_code for answer in answers[name]] == [422, 422, 422, 422, 422, 429]
        assert 0 < int(answers[name][-1].headers["retry-after"]) <= 30
        for answer in answers[name]:
            looked_through(answer.text)

    texts = [[looked_through(each.text).words for each in some] for some in answers.values()]
    assert texts[0] == texts[1]
    assert sign_in(stranger).status_code == 429
    assert stranger.get("/").status_code == 303


def test_a_form_without_its_token_is_refused_and_changes_nothing(
    administrator: httpx.Client, stranger: httpx.Client
) -> None:
    sent = {"name": NAME, "passphrase": PASSPHRASE}
    foreign = token_in(stranger.get("/sign-in"))
    for token in ({}, {"token": ""}, {"token": "0" * 64}, {"token": foreign}):
        assert administrator.post("/sign-out", data=token).status_code == 403
    stranger.cookies.clear()
    assert stranger.post("/sign-in", data={**sent, "token": foreign}).status_code == 403
    assert stranger.post("/sign-in", data=sent).status_code == 403

    assert administrator.get("/").status_code == 200


def test_a_form_from_another_site_is_refused(administrator: httpx.Client) -> None:
    token = token_in(administrator.get("/"))
    for site in ("cross-site", "same-site", "none"):
        answer = administrator.post("/sign-out", data={"token": token}, headers={"Sec-Fetch-Site": site})
        assert answer.status_code == 403
        looked_through(answer.text)

    assert administrator.get("/").status_code == 200


def test_another_name_for_this_machine_is_refused(administrator: httpx.Client) -> None:
    for host in ("evil.example", "127.0.0.1.evil.example", "[", "", "example.nl:8081"):
        answer = administrator.get("/", headers={"Host": host})
        assert answer.status_code in {400, 421}
        assert "Overzicht" not in answer.text

    assert administrator.get("/", headers={"Host": "localhost:9000"}).status_code == 200


def test_a_form_that_is_none_is_refused(stranger: httpx.Client) -> None:
    stranger.get("/sign-in")
    form = "application/x-www-form-urlencoded"
    for kind, body, status in (
        ("application/json", b"{}", 400),
        ("multipart/form-data; boundary=x", b"--x--", 400),
        (form, b"a=1&" * 20, 400),
        (form, b"a=" + b"b" * 9000, 400),
        (form, b"\xff\xfe=%00", 400),
        (form, b"name=%ff%fe&token=%ff", 403),
        (form, b"", 403),
    ):
        assert stranger.post("/sign-in", content=body, headers={"Content-Type": kind}).status_code == status, body[:20]


def test_no_method_changes_anything(administrator: httpx.Client) -> None:
    for path in (*SHOWN, "/style.css", "/nowhere"):
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            assert administrator.request(method, path).status_code == 404


def test_an_account_that_is_removed_or_made_anew_signs_everybody_out(
    administrator: httpx.Client, page_server: ServerProcess
) -> None:
    store = ServerStore(page_server.database)
    store.run(lambda connection: remove_administrator(connection, NAME))
    store.close()
    new_administrator(page_server.database)

    assert administrator.get("/").status_code == 303
    assert sign_in(administrator).status_code == 303
    assert administrator.get("/").status_code == 200


def test_behind_tls_cookies_are_secure_and_only_for_this_host(new_database: Callable[[], str], tmp_path: Path) -> None:
    server = server_with_page(new_database(), tmp_path / "log", "--admin-origin", "https://beheer.example.nl")
    with visitor(address_of(server)) as client:
        given = client.get("/sign-in", headers={"Host": "beheer.example.nl"}).headers["set-cookie"]
    server.stop()

    assert given.startswith("__Host-opmaat-form=")
    parts = {part.strip().lower() for part in given.split(";")[1:]}
    assert parts == {"httponly", "path=/", "samesite=strict", "secure"}


def test_a_page_that_would_cross_a_network_in_clear_does_not_start(new_database: Callable[[], str]) -> None:
    done = warm.run("server", "serve", "--database", new_database(), "--port", "0", "--admin-listen", "0.0.0.0:0")

    assert done.returncode == 1
    assert "[server.page_not_private]" in done.stderr


def test_every_answer_has_its_headers(administrator: httpx.Client, stranger: httpx.Client) -> None:
    answers = [administrator.get(path) for path in (*SHOWN, "/style.css", "/mark.svg", "/nowhere")]
    for answer in (*answers, stranger.get("/"), stranger.get("/sign-in"), stranger.post("/sign-in")):
        headers = answer.headers
        policy = {part.strip() for part in headers["content-security-policy"].split(";")}
        assert {"default-src 'none'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"} <= policy
        assert not any("unsafe" in part or "script-src" in part for part in policy)
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "same-origin"
        assert "server" not in headers
        assert "Lax" not in headers.get("set-cookie", "")

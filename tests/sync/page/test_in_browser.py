"""The administrator's page in a real Chromium: what it looks like, and what it is without a mouse or good eyes."""

from collections.abc import Iterator

import pytest

from tests.sync.page.browser import Browser, running_browser
from tests.sync.page.invented import NAME, PASSPHRASE, invent_region, new_administrator
from tests.sync.page.visiting import SHOWN, address_of, server_with_page

pytestmark = pytest.mark.chromium

CONTRAST = """
(() => {
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((v) => v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parts(getComputedStyle(at).backgroundColor);
      if (colour.length < 4 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const weak = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let seen = 0;
  while (walker.nextNode()) {
    const words = walker.currentNode.textContent.trim();
    const element = walker.currentNode.parentElement;
    if (!words || !element.checkVisibility()) continue;
    seen += 1;
    const [one, other] = [light(parts(getComputedStyle(element).color)), light(ground(element))];
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (ratio < 4.5) weak.push(`${words}: ${ratio.toFixed(2)}`);
  }
  return [seen, weak];
})()
"""
"""Gives how many texts were seen, and those of less than 4.5 to 1 (WCAG 2.2, 1.4.3)."""

SMALL_TARGETS = """
[...document.querySelectorAll('button, input:not([type=hidden]), nav a, td > a, .cardfoot a, .note a, .checks a')]
  .map((each) => [each.textContent.trim(), each.getBoundingClientRect()])
  .filter(([, box]) => box.width < 24 || box.height < 24).map(([words]) => words)
"""
"""Gives what is smaller than 24 by 24 pixels to point at (WCAG 2.2, 2.5.8)."""

FOCUS = """
(() => {
  const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
  return [at.textContent.trim() || at.id || at.tagName, style.outlineStyle, parseFloat(style.outlineWidth),
          box.bottom > 0 && box.top < innerHeight];
})()
"""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Return a browser that many tests share."""
    with running_browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return where the page of an invented region is."""
    folder = tmp_path_factory.mktemp("page")
    server = server_with_page(str(folder / "server.db"), folder / "log")
    new_administrator(server.database)
    invent_region(server.database)
    yield address_of(server)
    server.stop()


@pytest.fixture
def signed_in(chromium: Browser, address: str) -> Browser:
    """Return a browser in which somebody signed in by typing."""
    chromium.forget()
    chromium.looks()
    chromium.speaks("nl")
    chromium.visit(f"{address}/")
    chromium.fill("#name", NAME)
    chromium.fill("#passphrase", PASSPHRASE)
    chromium.submit("button")
    assert chromium.run("document.querySelector('h1').textContent") == "Overzicht"
    return chromium


def test_a_real_browser_signs_in_goes_round_and_signs_out(signed_in: Browser, address: str) -> None:
    for path in SHOWN:
        signed_in.visit(address + path)
        assert signed_in.run("location.pathname") == path
        assert signed_in.complaints() == []
    (cookie,) = signed_in.cookies()
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["session"]) == (True, "Strict", True)
    assert signed_in.run("document.cookie") == ""

    signed_in.submit(".account button")

    assert signed_in.run("location.pathname") == "/sign-in"
    assert [each["name"] for each in signed_in.cookies()] == ["opmaat-form"]


def test_a_browser_runs_no_script_that_got_into_a_page(signed_in: Browser) -> None:
    signed_in.run("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.broken = 1\">')")
    late = "const late = document.createElement('script'); late.textContent = 'window.broken = 1';"
    signed_in.run(f"{late} document.body.append(late)")
    signed_in.run("document.body.insertAdjacentHTML('beforeend', '<p id=styled style=\"color: red\">')")

    assert signed_in.run("window.broken") is None
    assert signed_in.run("getComputedStyle(document.querySelector('#styled')).color") != "rgb(255, 0, 0)"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_text_can_be_read_in_both_themes(signed_in: Browser, address: str, theme: str) -> None:
    signed_in.looks(theme=theme)
    for path in SHOWN:
        signed_in.visit(address + path)
        seen, weak = signed_in.run(CONTRAST)
        assert seen > 10
        assert weak == [], path
    ground = signed_in.run("getComputedStyle(document.body).backgroundColor")
    assert ground == {"light": "rgb(246, 241, 231)", "dark": "rgb(25, 23, 20)"}[theme]


CUT_OFF = """
[...document.querySelectorAll('main *')]
  .filter((each) => each.scrollWidth > each.clientWidth + 1 && !each.closest('.unseen, thead, svg'))
  .filter((each) => getComputedStyle(each).display !== 'inline').map((each) => each.outerHTML)
"""
"""Gives what is wider than the room it has."""


@pytest.mark.parametrize(("width", "scale"), [(1280, 1), (1280, 2), (1280, 4), (390, 1)])
def test_nothing_is_cut_off_at_any_size(signed_in: Browser, address: str, width: int, scale: float) -> None:
    signed_in.looks(width=width, scale=scale)
    for path in SHOWN:
        signed_in.visit(address + path)
        assert signed_in.run("document.documentElement.scrollWidth <= innerWidth"), path
        assert signed_in.run(SMALL_TARGETS) == [], path
        assert signed_in.run(CUT_OFF) == [], path


def test_larger_letters_alone_cut_nothing_off_either(signed_in: Browser, address: str) -> None:
    for path in SHOWN:
        signed_in.visit(address + path)
        signed_in.run("document.documentElement.style.fontSize = '200%'")
        assert signed_in.run("getComputedStyle(document.body).fontSize") == "32px"
        assert signed_in.run("document.documentElement.scrollWidth <= innerWidth"), path


def test_the_keyboard_reaches_everything_and_shows_where_it_is(signed_in: Browser, address: str) -> None:
    signed_in.visit(f"{address}/")
    count = signed_in.run("document.querySelectorAll('a, button, pre[tabindex], input:not([type=hidden])').length")
    reached = []
    for _ in range(count):
        signed_in.tab()
        name, style, width, visible = signed_in.run(FOCUS)
        assert (style, width, visible) == ("solid", 3, True), name
        reached.append(name)

    assert reached[0] == "Naar de inhoud"
    assert reached[1:6] == ["Overzicht", "Overdrachten", "Apparaten", "Organisaties", "Opdrachten"]
    assert reached[6] == "Afmelden"
    assert "BODY" not in reached


def test_assistive_technology_is_told_names_roles_and_tables(signed_in: Browser, address: str) -> None:
    for path in SHOWN:
        signed_in.visit(address + path)
        told = [(node["role"]["value"], node.get("name", {}).get("value", "")) for node in signed_in.accessible()]
        assert [role for role, name in told if role in {"link", "button", "textbox", "heading"} and not name] == []
        assert {"banner", "navigation", "main", "contentinfo"} <= {role for role, _ in told}
        links = [name for role, name in told if role == "link"]
        assert len(links) == len(set(links)), links
    signed_in.looks(width=390, height=844)
    for path, tables in (("/", 2), ("/devices", 1)):
        signed_in.visit(address + path)
        roles = [node["role"]["value"] for node in signed_in.accessible()]
        assert roles.count("table") == tables
        assert "columnheader" in roles
        assert "rowheader" in roles


def test_the_form_can_be_used_with_a_password_manager_and_says_what_went_wrong(chromium: Browser, address: str) -> None:
    chromium.forget()
    chromium.looks()
    chromium.speaks("nl")
    chromium.visit(f"{address}/sign-in")
    chromium.painted()
    assert chromium.run("document.activeElement.id") == "name"
    assert chromium.run("[...document.querySelectorAll('[autocomplete]')].map((each) => each.autocomplete)") == [
        "username",
        "current-password",
    ]
    chromium.fill("#name", NAME)
    chromium.fill("#passphrase", "verkeerd")
    chromium.submit("button")
    chromium.painted()

    assert chromium.run("document.title").startswith("Niet aangemeld")
    assert chromium.run("document.activeElement.id") == "passphrase"
    assert chromium.run("document.querySelector('#name').value") == NAME
    alerts = [node for node in chromium.accessible() if node["role"]["value"] == "alert"]
    assert len(alerts) == 1
    (field,) = [
        node
        for node in chromium.accessible()
        if node["role"]["value"] == "textbox" and node["name"]["value"] == "Wachtwoordzin"
    ]
    assert "horen niet bij elkaar" in field["description"]["value"]

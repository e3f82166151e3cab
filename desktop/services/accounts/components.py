"""What the program is made of: the installed packages it needs, with version and licence, from their own metadata."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution

PRODUCT = "opmaat"
_NAME = re.compile(r"^[A-Za-z0-9._-]+")
_CLASSIFIER = "License :: "
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Component:
    """One package: its name, its version, and its licence as its makers say it; blank where they say nothing."""

    name: str
    version: str
    licence: str


def components() -> tuple[Component, ...]:
    """Return the program and every package that it needs here, itself first, the others by name."""
    found: dict[str, Component] = {}
    waiting = [PRODUCT]
    while waiting:
        package = _find(waiting.pop())
        if package is None or _normalised(package.name) in found:
            continue
        found[_normalised(package.name)] = Component(package.name, package.version, _licence(package))
        waiting += _needed(package)
    own = [each for name, each in found.items() if name == PRODUCT]
    return (*own, *(found[name] for name in sorted(found) if name != PRODUCT))


def _needed(package: Distribution) -> Iterator[str]:
    """Yield what `package` needs. What an extra brings counts where it is installed and asked for by name elsewhere."""
    for line in package.requires or ():
        match = _NAME.match(line)
        if match is not None and "extra ==" not in line:
            yield match.group(0)


def _licence(package: Distribution) -> str:
    about = package.metadata
    said = about["License-Expression"] or ""
    if not said:
        classified = [each for each in about.get_all("Classifier") or () if each.startswith(_CLASSIFIER)]
        said = ", ".join(each.rpartition(" :: ")[2] for each in classified)
    if not said:
        said = (about["License"] or "").strip().partition("\n")[0]
    return said[:_LONGEST]


def _find(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def _normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()

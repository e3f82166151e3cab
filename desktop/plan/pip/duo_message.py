"""The PIP as DUO receives it, what DUO answers, and the file that carries it. Pure.

Source: DUO, `gemeente-m2m-inburgering`, API/PIP/openapi.yml 1.2.0 (18 Feb 2026): two fields that must be there and four
that may. What is read is held against the same description; an unknown field is left out, as JSON readers of that
interface must.
"""

from datetime import date
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta, Struct, field

from desktop.plan.model.support_plan import LegalRoute
from desktop.plan.pip.decision import PipDecision
from protocol.errors import UserError

DuoRoute = Literal["B", "O", "Z"]

API_VERSION = "1.2.0"
FILE_KIND: Final = "opmaat-duo-pip"
LARGEST_ANSWER = 100_000
"""Bytes of an answer of DUO that are read."""

_ROUTES: dict[LegalRoute, DuoRoute] = {"B1": "B", "O": "O", "Z": "Z"}
_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_MOST_ERRORS = 100


class DuoPip(Struct, frozen=True, omit_defaults=True):
    """One PIP in DUO's words; what is None is left out of the message."""

    dated: date = field(name="dagtekeningPip")
    route: DuoRoute = field(name="leerroute")
    level: Literal["A2", "B1"] | None = field(name="niveau", default=None)
    hours: Annotated[int, Meta(ge=1, le=9999)] | None = field(name="geschatteIntensiteitB1Route", default=None)
    may_finish_school: bool | None = field(name="indicatorMagOpleidingAfmaken", default=None)
    literacy: Literal["A", "AA", "NVT"] | None = field(name="indicatorAlfabetiseringsonderwijs", default=None)


class DuoMunicipality(Struct, frozen=True):
    """The PIP that DUO knows now, and the municipality (code of four digits) it is of."""

    code: Annotated[str, Meta(pattern="^[0-9]{4}$")] = field(name="gemeentecode")
    pip: DuoPip


class DuoFile(Struct, frozen=True):
    """A message on its way: for whom (`bsn`, nine digits that pass the check), and by which description it was made."""

    bsn: Annotated[str, Meta(pattern="^[0-9]{9}$")]
    pip: DuoPip
    kind: Literal["opmaat-duo-pip"] = FILE_KIND
    api: str = API_VERSION


class _DuoError(Struct, frozen=True):
    text: Annotated[str, Meta(max_length=200)] = field(name="fouttekst")


_read_file = msgspec.json.Decoder(DuoFile).decode
_read_municipality = msgspec.json.Decoder(DuoMunicipality).decode
_read_errors = msgspec.json.Decoder(Annotated[tuple[_DuoError, ...], Meta(max_length=_MOST_ERRORS)]).decode


def message_of(decision: PipDecision) -> DuoPip | None:
    """Return what DUO gets of `decision`; None while it has no date or no route.

    Estimated hours go along only for the B1 route of an asylum status holder, as DUO demands (rule 8).
    """
    if decision.dated is None or decision.route is None:
        return None
    return DuoPip(
        dated=decision.dated,
        route=_ROUTES[decision.route],
        level=decision.level or None,
        hours=decision.hours or None if decision.asylum and decision.route == "B1" else None,
        may_finish_school=decision.may_finish_school,
        literacy=decision.literacy or None,
    )


def to_bytes(message: DuoPip) -> bytes:
    """Return the body of the message."""
    return msgspec.json.encode(message)


def file_to_bytes(bsn: str, message: DuoPip) -> bytes:
    """Return the file that carries `message`. Raises UserError `duo.bsn_wrong`."""
    if not is_bsn(bsn):
        raise UserError("duo.bsn_wrong")
    return msgspec.json.format(msgspec.json.encode(DuoFile(bsn, message)), indent=2) + b"\n"


def file_from_bytes(data: bytes) -> DuoFile:
    """Return the file in `data`. Raises UserError `duo.message_damaged` and `duo.bsn_wrong`."""
    try:
        found = _read_file(_bounded(data, "duo.message_damaged"))
    except (msgspec.DecodeError, RecursionError):
        raise UserError("duo.message_damaged") from None
    if not is_bsn(found.bsn):
        raise UserError("duo.bsn_wrong")
    return found


def is_bsn(text: str) -> bool:
    """Tell whether `text` is a citizen service number: nine digits whose weighted sum is a multiple of eleven."""
    if len(text) != len(_WEIGHTS) or not (text.isascii() and text.isdigit()) or not int(text):
        return False
    return sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, text, strict=True)) % 11 == 0


def known_from_bytes(data: bytes) -> DuoMunicipality:
    """Return what DUO says it knows. Raises UserError `duo.answer_damaged`."""
    try:
        return _read_municipality(_bounded(data, "duo.answer_damaged"))
    except (msgspec.DecodeError, RecursionError):
        raise UserError("duo.answer_damaged") from None


def errors_from_bytes(data: bytes) -> tuple[str, ...]:
    """Return what DUO says is wrong, sentence by sentence. Raises UserError `duo.answer_damaged`."""
    try:
        return tuple(each.text for each in _read_errors(_bounded(data, "duo.answer_damaged")))
    except (msgspec.DecodeError, RecursionError):
        raise UserError("duo.answer_damaged") from None


def _bounded(data: bytes, code: str) -> bytes:
    if len(data) > LARGEST_ANSWER:
        raise UserError(code)
    return data

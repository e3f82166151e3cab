"""Reading a register: the values that stand at one address.

Two devices that answered without seeing each other leave two entries. Until a person has chosen, the engine works
with the one given last, and every screen says that there are two.
"""

from desktop.kernel.ref import Ref, parse_address
from desktop.records import DossierView, Register, RegisterEntry
from protocol.identifiers import DeviceId


def current(register: Register | None) -> RegisterEntry | None:
    """Return the entry to compute with: the one given last; None when there is none."""
    return None if register is None else register.latest


def is_conflict(register: Register | None) -> bool:
    """Tell whether answers stand beside each other that differ."""
    return register is not None and len(register) > 1 and register.conflict


def conflicts_in(record: DossierView) -> tuple[str, ...]:
    """Return the refs of the answers where a person must still choose; fields of the plan are not among them."""
    return tuple(address for address in record.conflicts() if isinstance(parse_address(address), Ref))


def text_at(register: Register | None) -> str:
    """Return the text that stands in a register of texts such as notes, empty when there is none."""
    entry = current(register)
    return "" if entry is None else entry.text


def note_by(register: Register | None, device: DeviceId) -> str:
    """Return the last note that `device` wrote, also where another one has replaced it since; empty without one."""
    if register is None:
        return ""
    written = [entry for entry in (*register.past, *register.entries) if entry.device == device]
    return max(written, key=lambda entry: entry.order).text if written else ""

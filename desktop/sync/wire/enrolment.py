"""Joining: a device shows the chain from its organisation's root to itself."""

from dataclasses import dataclass

from desktop.sync.wire.words import Certificate, Device, Document, Organisation


@dataclass(frozen=True, slots=True)
class DeviceChain:
    """The two certificates between the root of an organisation and a device, each as signed bytes.

    A device sends it to enrol, in a request signed with the key that it names; others fetch it to verify what the
    device signed. The root itself never travels here: whoever verifies has it from an invitation or a directory.
    """

    invitation_certificate: Certificate
    device_certificate: Certificate


@dataclass(frozen=True, slots=True)
class Enrolled:
    """The server's answer to an enrolment, and to each repetition of it by the same device."""

    organisation: Organisation
    device: Device


@dataclass(frozen=True, slots=True)
class DirectoryDocument:
    """The newest directory of an organisation, signed by its root; the server cannot make or change one."""

    document: Document

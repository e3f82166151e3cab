"""Joining: a device shows the chain from its organisation's root to itself."""

from protocol.messages.documents import SignedDocument
from protocol.messages.fields import Device, Organisation
from protocol.messages.message import Message


class CertificateChain(Message, frozen=True):
    """The two certificates between the root of an organisation and a device; nothing verified yet.

    A device sends it to enrol, in a request signed with the key that it names; others fetch it to verify what the
    device signed. The root itself never travels here: whoever verifies has it from an invitation or a directory.
    """

    device: SignedDocument
    invitation: SignedDocument


class Enrolled(Message, frozen=True):
    """The server's answer to an enrolment, and to each repetition of it by the same device."""

    organisation: Organisation
    device: Device

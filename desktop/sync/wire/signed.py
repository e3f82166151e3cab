"""The error for messages that are not as agreed."""

from protocol.errors import UserError


def broken(what: str) -> UserError:
    """Return the error for a message that is not as agreed; `what` names a field or rule, never a content."""
    return UserError("sync.message_broken", {"what": what})

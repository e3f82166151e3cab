"""A person's keys on this device, and every operation on them.

Where to look: `vault` (open, join, change), `crypto` (sealing, stretching, wrapping), `file` (the bytes of vault and
backup), `trust` (organisations, invitations, renewals, escrow). Imported by `records` and all above; `cryptography` is
imported here and, to verify signatures, in `protocol`.
"""

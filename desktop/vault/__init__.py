"""A person's keys on this device, and every cryptographic operation. The only package that imports `cryptography`.

Where to look: `vault` (open, join, change), `crypto` (sealing, stretching, wrapping), `file` (the bytes of vault and
backup), `trust` (invitations, organisations, escrow). Imported by records and all above; imports kernel and protocol.
"""

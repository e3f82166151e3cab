"""Keys, and everything made with them: the only floor that imports `cryptography`.

Where to look: `vault` (a person's keys on this device), `sealing` (rows of the journal), `wrapping` (keys for
organisations), `trust`, `organisation` and `invitation` (who belongs to whom, and how a device joins).
"""

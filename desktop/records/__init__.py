"""The journal of sealed events and the views folded from it: the only floor that touches SQLite.

Where to look: `events` (what can happen), `view` and `fold` (what it adds up to, pure), `journal` (kept and replayed),
`store` (the file). Bytes: docs/formats/journal.md.
"""

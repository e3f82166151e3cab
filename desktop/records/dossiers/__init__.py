"""Open dossiers: their keys, streams, view and sealed summaries; and taking in rows from other devices.

Read from disk when first asked for.
May import `membership`, `store` and `events`; imported by `attachments`, `maintenance` and the journal.
"""

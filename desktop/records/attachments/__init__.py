"""Contents of attachments: sealed piece by piece, visible only once everything and its event are durable.

Sending, receiving and reading them.
Imported by the journal and `maintenance`; imports `dossiers`, `store` and `events`.
"""

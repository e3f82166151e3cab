"""Contents of attachments: sealed piece by piece, visible only once everything and its event are durable.

`attachments` writes and reads them, `attachment_transfers` sends them and takes in those of others.
May import `dossiers`, `membership`, `store` and `events`; imported by `maintenance` and the journal.
"""

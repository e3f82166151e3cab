"""Contents of attachments: sealed piece by piece, visible only once everything and its event are durable.

`attaching` writes and reads them, `arriving` takes in what other devices sent.
May import `dossiers`, `store` and `events`; imported by `maintenance` and the journal.
"""

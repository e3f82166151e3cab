"""Work on a whole journal: erasing and telling of it, copying, verifying; the grants in it that wait to be sent.

Each says what it found or removed by id, never by content.
May import `attachments`, `dossiers`, `membership`, `store` and `events`; imported by the journal and
`desktop.services`.
"""

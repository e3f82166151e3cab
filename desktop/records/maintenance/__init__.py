"""Erasing, copying and verifying a journal.

Each says what it found or removed, by id, never by content.
Imported by the journal; imports `attachments`, `dossiers`, `store` and `events`.
"""

"""The file `journal.db`: its schema, its tables, the intentions in it, and one writing connection. Commits are durable.

May import `events` of `records`; imported by every other part. SQLite is used here, and on copies by `maintenance`.
"""

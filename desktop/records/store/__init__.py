"""The file `journal.db`: schema, tables and one writing connection.

SQLite is imported here only; every commit is durable.
Imported by `dossiers` and everything above; imports `events`.
"""

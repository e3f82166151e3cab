"""Pushing to and pulling from a real server, over PostgreSQL, SQLite and a bad line (`make bench-sync`).

Nothing else imports it; of the product it imports `desktop.records` and, through the tests' machines, the exchange.
"""

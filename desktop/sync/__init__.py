"""Exchange with the municipal server: the connection, signed batches of rows, pieces of files, and whom to believe.

The only floor that imports HTTP. May import `records` and what is below it; imported by `services` and `bootstrap`.
"""

"""`opmaat vault …`: a vault from the command line, looked at, copied, moved, and its plans written.

Part of the command line; imported by `cli`.
"""

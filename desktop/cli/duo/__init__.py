"""`opmaat duo …`: what DUO receives of a decision, looked at and sent where the connection is.

Part of the command line; imported by `cli`.
"""

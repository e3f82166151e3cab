"""Cryptographic operations and their byte forms: sealing, stretching, wrapping, signing.

`cryptography` is imported here only.
Imported by every part of `vault`; imports none of them.
"""

"""Cryptographic operations and their byte forms: sealing, stretching, wrapping, signing, one-time codes.

No file and no vault. May import no other part of `vault`; imported by all of them, and by what seals or signs outside.
"""

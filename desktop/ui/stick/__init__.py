"""Handing over on a stick, without a network: putting a case on one, reading one in, the receipt that goes back.

Imported by `shell` for the pages, and by `settings` for a stick for a colleague.
"""

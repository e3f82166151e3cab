"""What several use cases need of one dossier: its session, registers, authors, and what is closed to this device.

Imported by every use case; imports none of them.
"""

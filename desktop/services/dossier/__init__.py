"""What several use cases need of one dossier: sessions, registers, authors, undo, what is closed, what is half done.

May import no other use case; imported by all of them.
"""

"""A person's own copy of everything recorded about them (AVG art. 15): parts, texts and what the template reads.

Imported by `desktop.documents.making` and by the use case that makes the copy.
"""

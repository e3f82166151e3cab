"""A person's own copy of everything recorded about them (AVG art. 15): parts, texts and what the template reads.

Imported by `making`, which typesets it, and by `desktop.services.rights`, which fills the parts.
"""

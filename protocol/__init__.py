"""What laptop and municipal server agree on: identifiers, times, byte forms, certificates, errors, messages, each once.

Imported by `desktop` and `server`; imports neither of them.
"""

"""The messages between laptop and server: one class each, read strictly and written in one byte form.

Imported by both halves; imports only what stands beside it in `protocol`. Nothing here signs, stores or sends.
"""

"""An XForm document as plain data: XML, definition, controls, data types, styled text.

Nothing in it is compiled.
Imported by every part of `forms` above it; imports `xpath` only.
"""

"""An XForm document as plain data: XML, definition, controls, data types, styled text.

Nothing in it is compiled. May import `xpath` only; imported by every part of `forms` above it.
Outside, `styling` is imported by whoever shows a text of a form.
"""

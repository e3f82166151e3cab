"""Forms from files: XLSForm as Markdown, xlsx, xls or csv, and XForm XML.

The one way from bytes to a checked form, with a cache of what was converted.
Imported by `script` and by users of the engine; imports everything below it.
"""

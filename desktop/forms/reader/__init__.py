"""Forms from files: XLSForm as Markdown, xlsx, xls or csv, and XForm XML.

The one way from bytes to a checked form, with a cache of what was converted: the only part of `forms` that reads files.
May import everything below it; imported by users of the engine.
"""

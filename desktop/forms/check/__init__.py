"""Everything that is wrong with a form, each problem with its sheet, row and column.

Rules of a workbook before it is converted, and of a form after it is compiled.
May import `workbook`, `model`, `document` and `xpath`; imported by `reader` and by the command line.
"""

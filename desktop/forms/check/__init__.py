"""Everything that is wrong with a form, each problem with its sheet, row and column.

Rules of a workbook before it is converted, and of a form after it is compiled.
Imported by `reader` and `script`; imports `workbook`, `model`, `document` and `xpath`.
"""

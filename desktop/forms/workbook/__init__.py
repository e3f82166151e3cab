"""XLSForm workbooks as tables, and their conversion to XForm XML.

Columns, rows and question types of a workbook; pyxform, openpyxl and xlrd are imported here only.
Imported by `check`, `reader` and `script`; imports `model`, `document` and `xpath`.
"""

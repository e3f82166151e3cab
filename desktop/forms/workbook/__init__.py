"""XLSForm workbooks as tables, and their conversion to XForm XML.

Columns, rows and question types of a workbook; pyxform, openpyxl and xlrd are imported here only.
May import `model`, `document` and `xpath`; imported by `check`, `reader`, and `desktop.plan.region` for its own sheets.
"""

"""The form engine, measured beside other engines on the same forms and the same answers (`make bench-forms`).

One module per kind of question that is measured. Nothing else imports it; of the product it imports `desktop.forms`.
"""

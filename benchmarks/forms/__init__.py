"""The form engine, measured beside other engines on the same forms and the same answers (`make bench-forms`)."""

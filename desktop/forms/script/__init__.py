"""Scripts that try a form out, and overviews for the people who write forms.

Steps and expectations as data, read from Markdown or JSON, run over a session.
Imports `session` and what is below it; nothing in `forms` imports it.
"""

"""Scripts that try a form out, and overviews for the people who write forms.

Steps and expectations as data, read from Markdown or JSON, run over a session.
May import everything else in `forms`, and nothing in `forms` imports it; imported by the command line.
"""

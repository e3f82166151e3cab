"""What a worker can set: the language of the screen, text size, light or dark, the own vault.

One module per card. Imported by `shell` for the page, by the window for `reminder`.
"""

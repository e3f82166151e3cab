"""What a worker can set: the language of the screen, text size, light or dark, the own vault."""

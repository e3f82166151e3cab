"""Keys and who has them, over real servers."""

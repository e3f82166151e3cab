"""Random events over all screens, and what must hold after each of them."""

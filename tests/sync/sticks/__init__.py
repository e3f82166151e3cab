"""Laptops that know a server and use a stick."""

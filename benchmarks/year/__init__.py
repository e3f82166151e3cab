"""A year of the whole country on one PostgreSQL, and its busiest Monday morning (`make bench-year`).

Nothing else imports it; of the product it imports `desktop`, `protocol` and `server`, to make and sign what laptops
send.
"""

"""What all routes share: reading a request, knowing who sent it, answering, refusing.

Imported by `routes` and the application; imports `store` to know who sent a request.
"""

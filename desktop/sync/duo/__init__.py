"""The way to DUO's interface for municipalities, over the network of the government.

May import nothing beside it; imported by the command line, which is told where DUO is and with which certificate.
"""

"""The resources of the interface, one module each; they translate between HTTP and the store and decide nothing.

Imported by the application alone; imports `http` and `store`.
"""

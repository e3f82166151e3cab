"""Use cases, one file each: no Qt; called on the store thread only, except where a function says network thread."""

"""The screens: the only floor that knows Qt. Pages show what services return and hand work to the executor."""

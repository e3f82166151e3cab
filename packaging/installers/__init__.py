"""Makes what people install, from the locked packages: run from the root with `packaging` on the path of modules.

`locked` knows which packages a program needs, `program` lays them out, `deb` and `windows` wrap them. May import each
other and the standard library; `packaging` (PyPI) reads the markers.
"""

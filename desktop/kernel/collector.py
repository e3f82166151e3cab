"""When Python looks for unreachable cycles: not while something large is built, and never among what stays.

The collector looks through all objects again and again while they grow in number. Building a tree of a million nodes,
none of which is garbage, it takes most of the time (docs/benchmarks.md).
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def pause_collection() -> Iterator[None]:
    """Keep the collector from running inside, in every thread; where it rests already, it goes on resting after.

    For work of seconds at most that builds what is kept. Reference counts free everything else as always. What was
    built counts as old afterwards, else the first search would go through all of it at once.
    """
    worked = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if worked:
            if gc.get_freeze_count() == 0:  # unfreezing would bring back what `keep` left out
                gc.freeze()
                gc.unfreeze()
            gc.enable()


def keep() -> None:
    """Leave everything there is now out of later searches: it lasts as long as the program.

    Cycles that are dead by now last as long, so call it once, when what lasts has been read.
    """
    gc.freeze()

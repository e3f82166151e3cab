"""Cyclic garbage is collected on the screen's thread only.

Python collects garbage on whichever thread happens to allocate. A cycle that holds a Qt object would then be freed by
the store's or the network's thread, and Qt crashes. So automatic collection is off while there is an application, and
a timer on the screen's thread does what it would have done, generation by generation, by the same thresholds.
"""

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MILLISECONDS = 400


class GarbageTimer(QTimer):
    """Collects garbage now and then; belongs to the application, on the screen's thread."""

    def __init__(self, application: QObject) -> None:
        super().__init__(application)
        gc.disable()
        self.setInterval(_EVERY_MILLISECONDS)
        self.timeout.connect(self._collect)
        self.start()

    def _collect(self) -> None:
        due = [generation for generation, most in enumerate(gc.get_threshold()) if gc.get_count()[generation] > most]
        if due:
            gc.collect(due[-1])

"""Pictures for a list: read off the main thread when their row comes into sight, the one seen last first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from kiosk.domain.types import Image
from kiosk.ui.background import Background

# So many rows' pictures are kept; a screen shows some ten.
KEPT = 200


class LazyPictures(QObject):
    """Reads one picture at a time.

    Signals:
        loaded: the key of a picture that is there now.
    """

    loaded = Signal(object)

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._pictures: OrderedDict[Hashable, QPixmap | None] = OrderedDict()
        self._wanted: OrderedDict[Hashable, Callable[[], Image | None]] = OrderedDict()
        self._is_loading = self._is_stopped = False

    def stop(self) -> None:
        """Read no more."""
        self._is_stopped = True
        self._wanted.clear()

    def resume(self) -> None:
        """Read pictures again after stop."""
        self._is_stopped = False

    def get(self, key: Hashable, read: Callable[[], Image | None]) -> QPixmap | None:
        """Return a picture; None while it is not there yet, and where there is none.

        read: returns it, BGR uint8; called on another thread, once for each key.
        """
        if key in self._pictures:
            self._pictures.move_to_end(key)
            return self._pictures[key]
        self._wanted[key] = read
        self._wanted.move_to_end(key)
        self._load_next()
        return None

    def _load_next(self) -> None:
        if self._is_loading or self._is_stopped or not self._wanted:
            return
        key, read = self._wanted.popitem()
        self._is_loading = True
        self._background.run(self, read, lambda image: self._take(key, image), lambda _error: self._take(key, None))

    def _take(self, key: Hashable, image_bgr: Image | None) -> None:
        self._is_loading = False
        self._pictures[key] = None if image_bgr is None else pixmap_of(image_bgr)
        while len(self._pictures) > KEPT:
            self._pictures.popitem(last=False)
        if image_bgr is not None:
            self.loaded.emit(key)
        self._load_next()


def pixmap_of(image_bgr: Image) -> QPixmap:
    """Return a picture, (H, W, 3) BGR uint8, as Qt paints it."""
    height, width = image_bgr.shape[:2]
    image = QImage(image_bgr.data, width, height, image_bgr.strides[0], QImage.Format.Format_BGR888)
    return QPixmap.fromImage(image.copy())

"""MediaPipe, imported in this one place, without the plotting library that its drawing helpers would load.

matplotlib.pyplot takes longer to import than all of MediaPipe, and looks for a home folder to write its font list to.
Nothing here draws with MediaPipe; whoever plots imports the real one, before or afterwards.
"""

from __future__ import annotations

import sys
from types import ModuleType

_NAMES = ("matplotlib", "matplotlib.pyplot")
_stand_ins = {} if "matplotlib" in sys.modules else {name: ModuleType(name) for name in _NAMES}
sys.modules.update(_stand_ins)
try:
    import mediapipe
    from mediapipe.tasks.python import BaseOptions
    from mediapipe.tasks.python.components.containers import Detection
    from mediapipe.tasks.python.vision import FaceDetector, FaceDetectorOptions
finally:
    for _name in _stand_ins:
        del sys.modules[_name]

__all__ = ["BaseOptions", "Detection", "FaceDetector", "FaceDetectorOptions", "mediapipe"]

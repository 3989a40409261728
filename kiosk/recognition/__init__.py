"""From frames and photographs to who is on them.

Other rooms and systems come in through get_recognition_service(); docs/contract.md shows how.
"""

from kiosk.recognition.registry import get_recognition_service

__all__ = ["get_recognition_service"]

"""What is wrong with the camera, for people."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from kiosk.capture.status import Fault


def fault_sentence(fault: Fault | None) -> str:
    """Return what is wrong and what comes next, in the language shown; "" for None."""
    if fault is None:
        return ""
    sentences = {
        Fault.MISSING: QCoreApplication.translate("CameraWords", "Camera unplugged — trying again"),
        Fault.DENIED: QCoreApplication.translate(
            "CameraWords", "The kiosk may not use the camera — tell the administrator"
        ),
        Fault.BUSY: QCoreApplication.translate("CameraWords", "Another program uses the camera — trying again"),
        Fault.UNREACHABLE: QCoreApplication.translate("CameraWords", "The camera cannot be reached — trying again"),
        Fault.REFUSED: QCoreApplication.translate(
            "CameraWords", "The camera gives no video — check its address and password"
        ),
        Fault.NO_STREAM: QCoreApplication.translate("CameraWords", "The camera sends no picture — trying again"),
        Fault.ENDED: QCoreApplication.translate("CameraWords", "The camera has stopped — trying again"),
        Fault.STALLED: QCoreApplication.translate("CameraWords", "The camera has stopped sending — trying again"),
        Fault.GARBAGE: QCoreApplication.translate("CameraWords", "The camera sends a broken picture — trying again"),
        Fault.FROZEN: QCoreApplication.translate("CameraWords", "The camera's picture stands still — trying again"),
        Fault.BLACK: QCoreApplication.translate("CameraWords", "The camera's picture is black — is the lens covered?"),
    }
    other = QCoreApplication.translate("CameraWords", "The camera does not work — trying again")
    return sentences.get(fault, other)

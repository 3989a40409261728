"""What is wrong with the camera, in plain words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from kiosk.capture.status import CameraFaultKind


def fault_sentence(fault: CameraFaultKind | None) -> str:
    """Return what is wrong and what happens next, in the language that is shown; "" for None."""
    if fault is None:
        return ""
    sentences = {
        CameraFaultKind.MISSING: QCoreApplication.translate("CameraLabels", "Camera unplugged — trying again"),
        CameraFaultKind.DENIED: QCoreApplication.translate(
            "CameraLabels", "The kiosk may not use the camera — tell the administrator"
        ),
        CameraFaultKind.BUSY: QCoreApplication.translate(
            "CameraLabels", "Another program uses the camera — trying again"
        ),
        CameraFaultKind.UNREACHABLE: QCoreApplication.translate(
            "CameraLabels", "The camera cannot be reached — trying again"
        ),
        CameraFaultKind.REFUSED: QCoreApplication.translate(
            "CameraLabels", "The camera gives no video — check its address and password"
        ),
        CameraFaultKind.NO_STREAM: QCoreApplication.translate(
            "CameraLabels", "The camera sends no picture — trying again"
        ),
        CameraFaultKind.ENDED: QCoreApplication.translate("CameraLabels", "The camera has stopped — trying again"),
        CameraFaultKind.STALLED: QCoreApplication.translate(
            "CameraLabels", "The camera has stopped sending — trying again"
        ),
        CameraFaultKind.GARBAGE: QCoreApplication.translate(
            "CameraLabels", "The camera sends a broken picture — trying again"
        ),
        CameraFaultKind.PICTURE_SIZE: QCoreApplication.translate(
            "CameraLabels", "The camera's picture has a size that cannot be used — set another resolution"
        ),
        CameraFaultKind.FROZEN: QCoreApplication.translate(
            "CameraLabels", "The camera's picture stands still — trying again"
        ),
        CameraFaultKind.BLACK: QCoreApplication.translate(
            "CameraLabels", "The camera's picture is black — is the lens covered?"
        ),
    }
    other = QCoreApplication.translate("CameraLabels", "The camera does not work — trying again")
    return sentences.get(fault, other)


def fault_code(fault: CameraFaultKind | None) -> str:
    """Return the short code of a fault that stands on the entrance screen for the administrator."""
    return _CODES.get(fault, "C0")


_CODES: dict[CameraFaultKind | None, str] = {
    CameraFaultKind.MISSING: "C1",
    CameraFaultKind.DENIED: "C2",
    CameraFaultKind.BUSY: "C3",
    CameraFaultKind.UNREACHABLE: "C4",
    CameraFaultKind.REFUSED: "C5",
    CameraFaultKind.NO_STREAM: "C6",
    CameraFaultKind.ENDED: "C7",
    CameraFaultKind.STALLED: "C8",
    CameraFaultKind.GARBAGE: "C9",
    CameraFaultKind.PICTURE_SIZE: "C10",
    CameraFaultKind.FROZEN: "C11",
    CameraFaultKind.BLACK: "C12",
}

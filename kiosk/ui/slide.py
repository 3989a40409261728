"""A widget that is seen to come: it slides to where its layout has put it."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QVariantAnimation
from PySide6.QtWidgets import QWidget

SLIDE_MS = 200


def slide_in(widget: QWidget, distance_px: int) -> None:
    """Let a widget that stands at the left edge of its parent come from the right.

    Only its place changes, so that nothing is laid out anew; a layout that moves it meanwhile is followed.
    """
    animation = QVariantAnimation(widget)
    animation.setDuration(SLIDE_MS)
    animation.setStartValue(distance_px)
    animation.setEndValue(0)
    animation.setEasingCurve(QEasingCurve.Type.OutCubic)
    animation.valueChanged.connect(lambda left_px: widget.move(left_px, widget.y()))
    widget.move(distance_px, widget.y())
    animation.start(QVariantAnimation.DeletionPolicy.DeleteWhenStopped)

"""One setting on a page: what it is called and does, and at the right what changes it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kiosk.ui.panel import Panel
from kiosk.ui.theme import Scale
from kiosk.ui.widgets import Icon, Label

QWIDGETSIZE_MAX = 16_777_215


class SettingRow(Panel):
    """A title, a sentence below it, and a control; what is wrong with its value is said beside it.

    Attributes:
        control: what changes the setting.
    """

    def __init__(self, control: QWidget, *, is_wide: bool = False) -> None:
        """is_wide: the control takes a line of its own below the words."""
        super().__init__()
        self.control, self._is_wide = control, is_wide
        self._title, self._sentence = Label("strong"), Label("soft")
        self._lock, self._fixed = Icon("lock", "ink_soft", self), Label("caption")
        self._error = Label("body", tone="bad")
        self._fixed_line = QHBoxLayout()
        self._fixed_line.addWidget(self._lock)
        self._fixed_line.addWidget(self._fixed, 1)
        words = QWidget()
        words.setObjectName("content")
        words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._words = QVBoxLayout(words)
        self._words.setContentsMargins(0, 0, 0, 0)
        for label in (self._title, self._sentence, self._error):
            self._words.addWidget(label)
        self._words.addLayout(self._fixed_line)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.addWidget(words, 3)
        self._row.addWidget(control, 2)
        control.setSizePolicy(QSizePolicy.Policy.Expanding, control.sizePolicy().verticalPolicy())
        self.set_fixed("")
        self.show_error("")

    @property
    def error(self) -> str:
        """What is wrong with the value, "" for nothing."""
        return self._error.text()

    def set_texts(self, title: str, sentence: str) -> None:
        """Set the title and the sentence; the control is called by the title."""
        self._title.setText(title)
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))
        self.control.setAccessibleName(title)
        self.control.setAccessibleDescription(sentence)

    def set_fixed(self, sentence: str) -> None:
        """Say where the value is fixed, and let nobody change it here; "" lets it be changed."""
        self._fixed.setText(sentence)
        for widget in (self._lock, self._fixed):
            widget.setVisible(bool(sentence))
        self.control.setEnabled(not sentence)

    def show_error(self, sentence: str) -> None:
        """Say what is wrong with the value; "" says nothing."""
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))

    def arrange(self, scale: Scale) -> None:
        below = self._is_wide or scale.is_portrait
        self._row.setDirection(QBoxLayout.Direction.TopToBottom if below else QBoxLayout.Direction.LeftToRight)
        self._row.setAlignment(self.control, Qt.AlignmentFlag(0) if below else Qt.AlignmentFlag.AlignVCenter)
        # The words get all that is left: a text that wraps asks for too little by itself.
        self.control.setMaximumWidth(
            QWIDGETSIZE_MAX if below else max(scale.times(400), self.control.minimumSizeHint().width())
        )
        edge = scale.px("s")
        self._row.setContentsMargins(0, edge, 0, edge)
        self._row.setSpacing(scale.px("xs") if below else scale.px("l"))
        self._words.setSpacing(scale.times(4))
        self._fixed_line.setSpacing(scale.px("xs"))
        self._lock.set_size(scale.px("caption"))

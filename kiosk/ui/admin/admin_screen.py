"""Base class of the administrator's screens, and layouts that they share."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QScroller,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from kiosk.ui.panel import Panel, Screen
from kiosk.ui.theme import Scale
from kiosk.ui.widgets import Button, ButtonKind, Label


class AdminScreen(Screen):
    """Base class: a back button and a title on top; subclasses add their widgets to body.

    Signals:
        opens: another Screen shall be opened on top of this one.
        leaves: the administration shall be closed.
        alive: something happened without a touch; the idle timer starts again.
    """

    opens = Signal(Screen)
    leaves = Signal()
    alive = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.back = Button("icon", "back")
        self.back.clicked.connect(self.go_back)
        self._title = Label("heading")
        self._head = QHBoxLayout()
        self._head.addWidget(self.back)
        self._head.addWidget(self._title, 1)
        self.body = QVBoxLayout()
        self._layout = QVBoxLayout(self)
        self._layout.addLayout(self._head)
        self._layout.addLayout(self.body, 1)

    def add_to_head(self, widget: QWidget) -> None:
        """Add a widget beside the title."""
        self._head.addWidget(widget)

    def title(self) -> str:
        """Return the title, in the language that is shown."""
        raise NotImplementedError

    def go_back(self) -> None:
        """The back button was pressed."""
        self.closed.emit()

    def retranslate(self) -> None:
        self.back.setAccessibleName(self.tr("Back"))
        self._title.setText(self.title())

    def arrange(self, scale: Scale) -> None:
        edge = scale.px("m")
        self._layout.setContentsMargins(edge, edge, edge, edge)
        self._layout.setSpacing(scale.px("s"))
        self._head.setSpacing(scale.px("s"))
        self.body.setSpacing(scale.px("s"))


class ScrollColumn(QScrollArea):
    """A centred column that is no wider than is good to read, and scrolls where it is too high."""

    def __init__(self, widest_px: int = 1000) -> None:
        """widest_px: in pixels of a screen whose shorter side is 1080."""
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self._content = _Content(widest_px)
        self.setWidget(self._content)
        self.content = self._content.content


class _Content(Panel):
    def __init__(self, widest_px: int) -> None:
        super().__init__()
        self.setObjectName("content")
        self._widest_px = widest_px
        self._middle = QWidget(self)
        self._middle.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.content = QVBoxLayout(self._middle)
        self.content.setContentsMargins(0, 0, 0, 0)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.addStretch(1)
        across.addWidget(self._middle, 1000)
        across.addStretch(1)

    def arrange(self, scale: Scale) -> None:
        self._middle.setMaximumWidth(scale.times(self._widest_px))
        self.content.setSpacing(scale.px("s"))


class ButtonRow(Panel):
    """Buttons side by side; more than two are stacked in a portrait window."""

    def __init__(self, *buttons: Button) -> None:
        super().__init__()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for button in buttons:
            self._row.addWidget(button, 1)

    def arrange(self, scale: Scale) -> None:
        self._row.setSpacing(scale.px("s"))
        upright = scale.is_portrait and self._row.count() > 2
        self._row.setDirection(QBoxLayout.Direction.TopToBottom if upright else QBoxLayout.Direction.LeftToRight)


class ButtonGrid(Panel):
    """Buttons in two columns, in a portrait window in one; a last one alone is as wide as two."""

    def __init__(self, *buttons: Button) -> None:
        super().__init__()
        self._buttons, self._grid = buttons, QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)

    def arrange(self, scale: Scale) -> None:
        self._grid.setSpacing(scale.px("s"))
        columns = 1 if scale.is_portrait else 2
        for place, button in enumerate(self._buttons):
            is_alone = place == len(self._buttons) - 1 and place % columns == 0
            self._grid.addWidget(button, place // columns, place % columns, 1, columns if is_alone else 1)


class ConfirmScreen(AdminScreen):
    """Asks before something that cannot be undone; it closes either way.

    Signals:
        confirmed: it shall be done.
    """

    confirmed = Signal()

    def __init__(self, title: str, sentence: str, yes: str, kind: ButtonKind = "danger") -> None:
        """yes: text of the button that confirms. kind: how that button looks."""
        self._asked = title
        super().__init__()
        self._sentence = Label("strong")
        self._sentence.setText(sentence)
        self.yes, self.no = Button(kind), Button("secondary")
        self.yes.setText(yes)
        self.yes.clicked.connect(self._agree)
        self.no.clicked.connect(self.closed)
        column = ScrollColumn()
        column.content.addWidget(self._sentence)
        column.content.addWidget(ButtonRow(self.no, self.yes))
        column.content.addStretch(1)
        self.body.addWidget(column)

    def title(self) -> str:
        return self._asked

    def retranslate(self) -> None:
        super().retranslate()
        self.no.setText(self.tr("No, go back"))

    def _agree(self) -> None:
        self.closed.emit()
        self.confirmed.emit()

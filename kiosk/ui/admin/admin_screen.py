"""Base class of the administrator's screens, and layouts that they share."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QAbstractButton,
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
    """Base class of a page: a header with a back button, a title and actions, and below it what subclasses add to body.

    Header and body stand in one column in the middle of the window. What is read or filled in goes into a ScrollColumn
    in body; a long list scrolls by itself.

    Signals:
        opens: another Screen shall be opened on top of this one.
        leaves: the administration shall be closed.
        alive: something happened without a touch; the idle timer starts again.
        restarts: the kiosk shall end and start anew.

    Attributes:
        column_width: how wide the column is at most, "column" or "wide" of design.toml.
    """

    opens = Signal(Screen)
    leaves = Signal()
    alive = Signal()
    restarts = Signal()
    column_width = "column"

    def __init__(self) -> None:
        super().__init__()
        self.back = Button("icon", "back")
        self.back.clicked.connect(self.go_back)
        self._title = Label("heading")
        self._head = QHBoxLayout()
        self._head.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        self._head.addWidget(self._title, 1)
        self.body = QVBoxLayout()
        self._page = Column(self)
        self._page.content.addLayout(self._head)
        self._page.content.addLayout(self.body, 1)
        self._foot = QVBoxLayout()
        self._page.content.addLayout(self._foot)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self._page)

    def add_to_head(self, widget: QWidget) -> None:
        """Add an action beside the title."""
        self._head.addWidget(widget)

    def add_notice(self, notice: QWidget) -> None:
        """Add a message that comes and goes: at the foot, where it moves nothing away from under a finger."""
        self._foot.addWidget(notice)

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
        self._layout.setContentsMargins(edge, scale.px("s"), edge, edge)
        self._page.set_widest(scale.px(self.column_width) + 2 * scale.px("xs"))
        self._page.content.setSpacing(scale.px("m"))
        # As high as a button, so that the title of every page stands in the same place.
        self._title.setMinimumHeight(scale.px("touch") + 2 * scale.px("ring"))
        self._head.setContentsMargins(0, 0, scale.px("xs"), 0)
        self._head.setSpacing(scale.px("s"))
        self.body.setSpacing(scale.px("s"))
        self._foot.setSpacing(scale.px("s"))


class Column(QWidget):
    """A column in the middle of its place, no wider than it is told.

    Attributes:
        content: where widgets are added.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("content")
        self._middle = QWidget(self)
        self._middle.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.content = QVBoxLayout(self._middle)
        self.content.setContentsMargins(0, 0, 0, 0)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.addStretch(1)
        across.addWidget(self._middle, 1000)
        across.addStretch(1)

    def set_widest(self, widest_px: int) -> None:
        self._middle.setMaximumWidth(widest_px)


class ScrollColumn(QScrollArea):
    """A column that is scrolled by finger, wheel and keys where it is too high; there is room for cards' shadows."""

    def __init__(self, width: str = "") -> None:
        """width: of design.toml, on a screen that has no column of its own; "" takes all there is."""
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self._content = _ScrolledContent(width)
        self.setWidget(self._content)
        self.content = self._content.column.content
        self.verticalScrollBar().valueChanged.connect(self._let_go)

    def _let_go(self) -> None:
        """Press no button on which a finger that scrolls began: it may follow the finger to the end."""
        nowhere = QPointF(-1, -1)
        left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        no_keys = Qt.KeyboardModifier.NoModifier
        buttons: Iterable[QAbstractButton] = self.findChildren(QAbstractButton)
        for button in buttons:
            button.mouseReleaseEvent(QMouseEvent(QEvent.Type.MouseButtonRelease, nowhere, nowhere, left, none, no_keys))


class _ScrolledContent(Panel):
    def __init__(self, width: str) -> None:
        super().__init__()
        self.setObjectName("content")
        self._width, self.column = width, Column(self)
        self._across = QHBoxLayout(self)
        self._across.addWidget(self.column)

    def arrange(self, scale: Scale) -> None:
        edge = scale.px("xs")
        self._across.setContentsMargins(edge, scale.px("ring"), edge, scale.px("shadow_reach"))
        if self._width:
            self.column.set_widest(scale.px(self._width))
        self.column.content.setSpacing(scale.px("s"))


class ButtonRow(Panel):
    """Buttons side by side, all of one width; more than two that do not fit are stacked."""

    def __init__(self, *buttons: Button) -> None:
        super().__init__()
        self._buttons = buttons
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for button in buttons:
            self._row.addWidget(button, 1)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._stack()
        return super().event(event)

    def arrange(self, scale: Scale) -> None:
        self._row.setSpacing(scale.px("s"))
        self._stack()

    def _stack(self) -> None:
        widths = [button.sizeHint().width() for button in self._buttons if not button.isHidden()]
        needed = max(widths, default=0) * len(widths) + self._row.spacing() * (len(widths) - 1)
        upright = len(widths) > 2 and needed > self.width()
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

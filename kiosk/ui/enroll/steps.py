"""The steps of an enrollment that need no camera: who it is, consent, review, and the last step."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QVBoxLayout

from kiosk.employees import consent
from kiosk.employees.judged_picture import JudgedPicture
from kiosk.ui.admin.admin_screen import ButtonRow, ScrollColumn
from kiosk.ui.admin.fields import PersonForm
from kiosk.ui.admin.notice import Notice
from kiosk.ui.enroll.oval_preview import small_picture
from kiosk.ui.language import shown_language
from kiosk.ui.panel import Card, Panel
from kiosk.ui.theme import Scale, scale_of
from kiosk.ui.widgets import Button, Icon, Label


class _Step(Panel):
    """Base class of the steps.

    Signals:
        done: go on to the next step.
    """

    done = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)

    def arrange(self, scale: Scale) -> None:
        self.column.setSpacing(scale.px("s"))


class WhoStep(_Step):
    """Names, e-mail address, department, position and personnel number of somebody new."""

    def __init__(self) -> None:
        super().__init__()
        self.form, self.go_on, self.notice = PersonForm(), Button("primary", "next"), Notice()
        self.notice.pressed.connect(self._start_anew)
        self.go_on.clicked.connect(self.done)
        self.form.submitted.connect(self.done)
        inside = ScrollColumn()
        inside.content.addWidget(self.form)
        inside.content.addStretch(1)
        self.column.addWidget(inside, 1)
        self.column.addWidget(self.notice)
        # Below what is scrolled: it stays in sight while the keyboard takes half of the window.
        self.column.addWidget(self.go_on)

    def show_draft(self, texts: Sequence[str]) -> None:
        """Show what was typed before the screen closed by itself."""
        self.form.fill_texts(texts)
        self.notice.say("advice", self.tr("This was typed before the screen closed."), self.tr("Start anew"))

    def retranslate(self) -> None:
        self.go_on.setText(self.tr("Next"))

    def _start_anew(self) -> None:
        self.notice.clear()
        self.form.fill_texts(("",) * len(self.form.texts))
        self.form.name.field.setFocus()


class ConsentStep(_Step):
    """The consent text; without the person's agreement no picture is taken.

    Signals:
        done: go on with the camera.
        photographs_wanted: go on with files.
        declined: the person gives no template.
    """

    photographs_wanted = Signal()
    declined = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._text = Label("body")
        self._text.setTextFormat(Qt.TextFormat.MarkdownText)
        self.agree, self.go_on = QCheckBox(), Button("primary", "camera")
        self.photographs, self.decline = Button("secondary", "photo"), Button("quiet", "keypad")
        for button in (self.go_on, self.photographs):
            button.setEnabled(False)
            self.agree.toggled.connect(button.setEnabled)
        self.go_on.clicked.connect(self.done)
        self.photographs.clicked.connect(self.photographs_wanted)
        self.decline.clicked.connect(self.declined)
        self.notice = Notice()
        self.notice.pressed.connect(self.declined)
        inside = ScrollColumn()
        inside.content.addWidget(self._text)
        inside.content.addStretch(1)
        self.column.addWidget(inside, 1)
        self.column.addWidget(self.notice)
        self.column.addWidget(self.agree, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(ButtonRow(self.decline, self.photographs, self.go_on))

    def retranslate(self) -> None:
        # The screen's own title stands where the text has its heading.
        self._text.setText(consent.text(shown_language().value).split("\n", 1)[1].strip())
        self.agree.setText(self.tr("The person has read this and agrees"))
        self.go_on.setText(self.tr("With the camera"))
        self.photographs.setText(self.tr("From photographs"))
        self.decline.setText(self.tr("Without a face, by PIN"))


class SampleCard(Card):
    """One picture and its quality.

    Signals:
        retake: it shall be taken again.
    """

    retake = Signal()

    def __init__(self, picture: JudgedPicture) -> None:
        super().__init__()
        self._judged_picture = picture
        self._picture, self._quality, self.again = QLabel(), Label("body"), Button("secondary")
        self.again.setProperty("snug", "true")
        self.again.clicked.connect(self.retake)
        self._column = QVBoxLayout(self)
        for label in (self._picture, self._quality):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for widget in (self._picture, self._quality, self.again):
            self._column.addWidget(widget)

    def retranslate(self) -> None:
        score = 0.0 if self._judged_picture.sample is None else self._judged_picture.sample.quality.quality_score
        self._quality.setText(self.tr("Quality {percent} %").format(percent=round(100 * score)))
        self._picture.setAccessibleName(self.tr("Picture"))
        self.again.setText(self.tr("Again"))
        self.again.setAccessibleName(self.tr("Take this picture again"))

    def arrange(self, scale: Scale) -> None:
        edge = scale.px("s")
        self._column.setContentsMargins(edge, edge, edge, edge)
        self._column.setSpacing(scale.px("xs"))
        self._picture.setPixmap(small_picture(self._judged_picture.picture_bgr, scale.times(300)))


class ReviewStep(_Step):
    """All pictures that were taken.

    Signals:
        retake: index of the picture that shall be taken again.
    """

    retake = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._error, self.save = Label("body", tone="bad"), Button("primary", "check")
        self._error.hide()
        self.save.clicked.connect(self.done)
        self.cards: list[SampleCard] = []
        self._inside = ScrollColumn()
        self._grid = QGridLayout()
        self._inside.content.addLayout(self._grid)
        self._inside.content.addStretch(1)
        self.column.addWidget(self._inside, 1)
        self.column.addWidget(self._error)
        self.column.addWidget(self.save)

    @property
    def error(self) -> str:
        return self._error.text()

    def show_pictures(self, pictures: Sequence[JudgedPicture]) -> None:
        for card in self.cards:
            self._grid.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [SampleCard(picture) for picture in pictures]
        for place, card in enumerate(self.cards):
            card.retake.connect(lambda place=place: self.retake.emit(place))
        self.show_error("")
        self.set_waiting(False)
        self.arrange(scale_of(self))

    def show_error(self, sentence: str) -> None:
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))

    def set_waiting(self, waiting: bool) -> None:
        self.save.setEnabled(not waiting)
        for card in self.cards:
            card.again.setEnabled(not waiting)

    def retranslate(self) -> None:
        self.save.setText(self.tr("Save"))

    def arrange(self, scale: Scale) -> None:
        super().arrange(scale)
        self._grid.setSpacing(scale.px("s"))
        columns = 3 if scale.is_portrait else 5
        for place, card in enumerate(self.cards):
            self._grid.addWidget(card, place // columns, place % columns)


class EndStep(_Step):
    """A sentence with an icon and two or three buttons.

    Signals:
        first: the main button was pressed.
        second: the other button was pressed.
        third: the third button was pressed, where there is one.
    """

    first = Signal()
    second = Signal()
    third = Signal()

    def __init__(self, icon_name: str, colour_name: str, *, has_third: bool = False) -> None:
        super().__init__()
        self._icon = Icon(icon_name, colour_name, self)
        self.headline, self.sentence = Label("heading"), Label("body")
        self.one, self.other, self.more = Button("primary"), Button("secondary"), Button("secondary", "add")
        for button, signal in ((self.one, self.first), (self.other, self.second), (self.more, self.third)):
            button.clicked.connect(signal)
        self.more.setVisible(has_third)
        inside = ScrollColumn()
        inside.content.addStretch(1)
        inside.content.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        for text in (self.headline, self.sentence):
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
            inside.content.addWidget(text)
        inside.content.addWidget(ButtonRow(self.other, self.more, self.one))
        inside.content.addStretch(2)
        self.column.addWidget(inside)

    def arrange(self, scale: Scale) -> None:
        super().arrange(scale)
        self._icon.set_size(scale.times(140))

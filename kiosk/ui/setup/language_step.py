"""The language of the screens."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QSizePolicy

from kiosk.ui.language import Language, shown_language
from kiosk.ui.setup.setup_step import SetupStep
from kiosk.ui.theme import Scale
from kiosk.ui.widgets import Button


class LanguageStep(SetupStep):
    """A button for each language.

    Signals:
        language_chosen: the Language; shown at once.
    """

    language_chosen = Signal(object)
    name = "language"
    can_wait = False

    def __init__(self) -> None:
        super().__init__()
        self.buttons = {language: Button("secondary") for language in Language}
        self._group = QButtonGroup(self)
        for language, button in self.buttons.items():
            button.setCheckable(True)
            button.setText(language.own_name)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.clicked.connect(lambda _=False, language=language: self.language_chosen.emit(language))
            self._group.addButton(button)
            self.content.addWidget(button)
        self.content.addStretch(1)

    def retranslate(self) -> None:
        # Whoever cannot read the one shall be able to read the other.
        self.headline.setText("Язык · Language")
        self.sentence.setText(self.tr("Everybody can change it at the door; this is the one that it goes back to."))
        self.buttons[shown_language()].setChecked(True)

    def arrange(self, scale: Scale) -> None:
        for button in self.buttons.values():
            button.setMinimumHeight(scale.px("touch_large") + 2 * scale.px("s"))

    def proceed(self) -> None:
        self.done.emit({"language": shown_language().value})

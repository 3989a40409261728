"""The office's name."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.ui.admin.fields import FormField
from kiosk.ui.setup.setup_step import SetupStep
from kiosk.ui.widgets import TextField

MOST_LETTERS = 100


class OfficeStep(SetupStep):
    """The office's name, and who answers for the recognition of faces."""

    name = "office"

    def __init__(self, chosen: Mapping[str, str]) -> None:
        super().__init__()
        self.office, self.responsible = FormField(TextField()), FormField(TextField())
        for form_field, setting in ((self.office, "office_name"), (self.responsible, "office_responsible")):
            form_field.field.setMaxLength(MOST_LETTERS)
            form_field.field.setText(chosen.get(setting, ""))
            self.content.addWidget(form_field)
        self.content.addStretch(1)
        self.office.field.returnPressed.connect(self.responsible.field.setFocus)
        self.responsible.field.returnPressed.connect(self.proceed)

    def entered(self) -> None:
        self.office.field.setFocus()

    def retranslate(self) -> None:
        self.headline.setText(self.tr("Whose door is this?"))
        self.sentence.setText(self.tr("Both stand on the entrance screen, where everybody can read them."))
        self.office.set_name(self.tr("Name of the office"))
        self.responsible.set_name(self.tr("Who is responsible for face recognition (may stay empty)"))

    def proceed(self) -> None:
        name = " ".join(self.office.field.text().split())
        if not name:
            self.office.show_error(self.tr("A name is needed. It can also be given later."))
            return
        self.done.emit({"office_name": name, "office_responsible": " ".join(self.responsible.field.text().split())})

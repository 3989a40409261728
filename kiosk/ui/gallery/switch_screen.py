"""How far the change from one network to another is, and who lacks pictures of the new one."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from kiosk.ui.admin.admin_screen import AdminScreen
from kiosk.ui.admin.row_list import Row, RowList
from kiosk.ui.admin.rows_model import RowsModel
from kiosk.ui.gallery.backend import PersonLeft, SwitchShown
from kiosk.ui.gallery.labels import switch_text
from kiosk.ui.language import date_text
from kiosk.ui.widgets import Label


class SwitchScreen(AdminScreen):
    """Shows what `kiosk models switch --status` says; a technician finishes the change by command."""

    def __init__(self, switch: SwitchShown, zone: ZoneInfo) -> None:
        self._switch, self._zone = switch, zone
        super().__init__()
        self.said, self.help = Label("strong"), Label("body")
        self.model = RowsModel[PersonLeft](self._row, self)
        self.list = RowList()
        self.list.setModel(self.model)
        self.model.show(switch.left)
        self.body.addWidget(self.said)
        self.body.addWidget(self.help)
        self.body.addWidget(self.list, 1)

    def title(self) -> str:
        return self.tr("Change to another network")

    def retranslate(self) -> None:
        super().retranslate()
        self.said.setText(switch_text(self._switch))
        self.help.setText(self._help())
        self.list.setAccessibleName(self.tr("People without pictures of the new network"))
        self.list.set_placeholder(self.tr("Everybody has pictures of the new network."))
        self.model.show(self._switch.left)

    def _help(self) -> str:
        switch = self._switch
        if switch.back_until is not None:
            text = self.tr("{new} decides. The way back to {old} is open until {day}; a technician can go it.")
            day = date_text(switch.back_until, self._zone)
            return text.format(new=switch.new_model, old=switch.old_model, day=day)
        if switch.needed_days is None:
            text = self.tr("People are recognised by {old} as before. Enroll the people below once more for {new}.")
        else:
            text = self.tr(
                "People are recognised by {old} as before. Whoever is recognised with certainty on {days} days gets "
                "pictures of {new} without being asked; the others are enrolled once more."
            )
        return text.format(old=switch.old_model, new=switch.new_model, days=switch.needed_days)

    def _row(self, person: PersonLeft) -> Row:
        needed = self._switch.needed_days
        if needed is None:
            second = self.tr("Enroll the face once more")
        elif person.certain_days >= needed:
            second = self.tr("The visits do not agree; enroll the face once more")
        else:
            second = self.tr("%n more day(s), or enroll the face once more", "", needed - person.certain_days)
        return Row(person.full_name, second, icon="person")

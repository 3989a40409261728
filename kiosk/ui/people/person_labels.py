"""Texts about an employee, in the language that is shown."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QDate, QLocale, QObject

from kiosk.domain.stored_data import StoredData
from kiosk.employees.results import EmployeeSummary, Erasure, PersonalDataExport
from kiosk.ui.admin.row_list import Badge
from kiosk.ui.people.labels import leftover_text


class PersonLabels(QObject):
    """Texts about an employee; a QObject, since only a QObject's tr knows plurals."""

    def marks(self, member: EmployeeSummary) -> list[Badge]:
        """Return the badges of an employee's row."""
        marks = []
        if not member.person.is_active:
            marks.append(Badge(self.tr("Deactivated"), "advice"))
        elif member.needs_enrolling:
            marks.append(Badge(self.tr("Enroll again"), "bad"))
        if member.templates:
            marks.append(Badge(self.tr("Face enrolled"), "good" if member.person.is_active else ""))
        elif not member.outdated:
            marks.append(Badge(self.tr("No face")))
        if member.number is not None:
            marks.append(Badge(self.tr("PIN")))
        return marks

    def face(self, count: int) -> str:
        """Return from how many pictures a face is known."""
        return self.tr("enrolled from %n picture(s)", "", count)

    def pictures(self, count: int) -> str:
        return self.tr("data made of %n picture(s)", "", count)

    def stored(self, stored: StoredData) -> str:
        """Return what is stored about a person, apart from what the page shows anyway."""
        if not stored.events:
            parts = [self.tr("no entries or exits")]
        else:
            since = "" if stored.first_at is None else QLocale().toString(_date(stored.first_at), "d MMM yyyy")
            parts = [self.tr("%n entries and exits since {day}", "", stored.events).format(day=since)]
        if stored.snapshots:
            parts.append(self.tr("%n picture(s) of the last days", "", stored.snapshots))
        if stored.consented_at is not None:
            day = QLocale().toString(_date(stored.consented_at), "d MMM yyyy")
            parts.append(self.tr("consent given on {day}").format(day=day))
        else:
            parts.append(self.tr("no consent to the use of the face"))
        return self.tr("Stored: {what}.").format(what=", ".join(parts))

    def details(self, member: EmployeeSummary) -> tuple[tuple[str, str], ...]:
        """Return what is known of a person, as names and values."""
        person, none = member.person, self.tr("none")
        number = none if member.number is None else self.tr("PIN number {number}").format(number=member.number)
        return (
            (self.tr("Greeted as"), person.called or person.full_name),
            (self.tr("E-mail"), person.shown_email or none),
            (self.tr("Department"), person.department or none),
            (self.tr("Position"), person.position or none),
            (self.tr("Personnel number"), person.external_id or none),
            (self.tr("Face"), self._face(member)),
            (self.tr("PIN"), number),
            (self.tr("At the door"), self._at_door(member)),
        )

    def summary(self, member: EmployeeSummary) -> str:
        """Return where a person works, and below it how the door knows them."""
        person = member.person
        works = " · ".join(part for part in (person.department, person.position) if part)
        return "\n".join(part for part in (works, self._at_door(member)) if part)

    def exported(self, exported: PersonalDataExport) -> str:
        """Return where the copy of a person's data is, and what is elsewhere."""
        sentence = self.tr("All that is stored about this person is in {path}.").format(path=exported.path)
        if exported.elsewhere:
            sentence += "\n" + self.tr("%n snapshot(s) are on other devices.", "", exported.elsewhere)
        return sentence

    def erased(self, erasure: Erasure) -> str:
        """Return what was erased, and below it what remains."""
        sentence = self.tr("Erased: {templates}, {snapshots}, {consents}.").format(
            templates=self.pictures(erasure.templates),
            snapshots=self.tr("%n snapshot(s)", "", erasure.snapshots),
            consents=self.tr("%n consent(s)", "", erasure.consents),
        )
        if not erasure.remains:
            return sentence
        remains = (f"• {leftover_text(left)}" for left in erasure.remains)
        return "\n".join((sentence, self.tr("What remains:"), *remains))

    def _face(self, member: EmployeeSummary) -> str:
        if member.templates:
            return self.face(member.templates)
        if member.outdated:
            return self.tr("has to be enrolled again: recognition was changed")
        return self.tr("not enrolled")

    def _at_door(self, member: EmployeeSummary) -> str:
        if not member.person.is_active:
            return self.tr("deactivated, not recognised")
        if member.is_recognised:
            return self.tr("is recognised")
        return self.tr("registers by PIN") if member.number else self.tr("not recognised yet")


def _date(at: datetime) -> QDate:
    return QDate(at.year, at.month, at.day)

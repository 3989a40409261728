"""Enrolling somebody: who it is, consent, pictures, a look at them, and trying it."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from kiosk.administration import Enrolled, Take
from kiosk.core.quality import Reason
from kiosk.employees.schemas import Employee, EmployeeCreate
from kiosk.errors import EmailTaken, KioskError, SampleRefused
from kiosk.ui.admin.desk import AdminDesk
from kiosk.ui.admin.page import AdminScreen
from kiosk.ui.background import Background
from kiosk.ui.enroll.capture import CaptureStep
from kiosk.ui.enroll.steps import ConsentStep, EndStep, ReviewStep, WhoStep


class EnrollScreen(AdminScreen):
    """It leaves for the entrance when the person wants to try whether they are greeted."""

    def __init__(self, desk: AdminDesk, background: Background, again: Employee | None = None) -> None:
        """again: somebody who is there already and gets more templates."""
        super().__init__()
        self._desk, self._background = desk, background
        self._person: EmployeeCreate | int | None = None if again is None else again.id
        self._name = "" if again is None else again.full_name
        self._other: Employee | None = None
        self.who, self.consent, self.review = WhoStep(), ConsentStep(), ReviewStep()
        self.capture = CaptureStep(desk, background)
        self.duplicate, self.finish = EndStep("warning", "advice"), EndStep("check", "good")
        self._pages = QStackedWidget()
        for page in (self.who, self.consent, self.capture, self.review, self.duplicate, self.finish):
            self._pages.addWidget(page)
        self.body.addWidget(self._pages)
        self._connect()
        self._pages.setCurrentWidget(self.who if again is None else self.consent)

    def _connect(self) -> None:
        self.who.done.connect(self._check_person)
        self.consent.done.connect(self._begin)
        self.capture.took.connect(self._look_who)
        self.capture.complete.connect(self._show_takes)
        self.review.retake.connect(self._retake)
        self.review.done.connect(self._save)
        self.duplicate.first.connect(self._add_to_other)
        self.duplicate.second.connect(self._begin)
        self.finish.first.connect(self.leaves)
        self.finish.second.connect(self.closed)

    @property
    def step(self) -> QWidget:
        """The step that is shown."""
        return self._pages.currentWidget()

    def title(self) -> str:
        titles: dict[QWidget, str] = {
            self.who: self.tr("Whom do you enroll?"),
            self.consent: self.tr("Consent"),
            self.capture: self.tr("Pictures"),
            self.review: self.tr("The pictures of {name}").format(name=self._name),
        }
        return titles.get(self.step, "")

    def entered(self) -> None:
        if self.step is self.who:
            self.who.form.name.field.setFocus()
        elif self.step is self.capture:
            self.capture.start()

    def left(self) -> None:
        self.capture.stop()

    def go_back(self) -> None:
        before: dict[QWidget, QWidget] = {self.consent: self.who, self.capture: self.consent, self.review: self.consent}
        self.capture.stop()
        page = before.get(self.step)
        if page is None or (page is self.who and isinstance(self._person, int)):
            self.closed.emit()
        else:
            self._show(page)

    def retranslate(self) -> None:
        super().retranslate()
        self.duplicate.one.setText(self.tr("Add the pictures"))
        self.duplicate.other.setText(self.tr("Take them again"))
        self.duplicate.sentence.setText(
            self.tr("If this is the same person, add the pictures. If it is somebody else, take them again.")
        )
        self.finish.one.setText(self.tr("Try it"))
        self.finish.other.setText(self.tr("Done"))
        self.finish.sentence.setText(
            self.tr("Try it now: look into the camera as you would in the morning, and the greeting appears.")
        )
        self._name_ends()

    def _name_ends(self) -> None:
        other = "" if self._other is None else self._other.full_name
        self.duplicate.headline.setText(self.tr("This face is already enrolled as {name}").format(name=other))
        self.finish.headline.setText(self.tr("{name} is enrolled").format(name=self._name))

    def _show(self, page: QWidget) -> None:
        self._pages.setCurrentWidget(page)
        self._name_ends()
        super().retranslate()
        self.alive.emit()

    def _check_person(self) -> None:
        person = self.who.form.person()
        if person is None or not self.who.go_on.isEnabled():
            return
        self._person, self._name = person, person.full_name
        self.who.go_on.setEnabled(False)
        self._background.run(self, lambda: self._desk.has_email(person.email), self._checked, self._not_checked)

    def _checked(self, taken: bool) -> None:
        self.who.go_on.setEnabled(True)
        if taken:
            self.who.form.say_email_taken()
        else:
            self._show(self.consent)

    def _not_checked(self, _error: KioskError) -> None:
        self.who.go_on.setEnabled(True)
        self.who.form.email.say_fault(self._away())

    def _begin(self) -> None:
        self._show(self.capture)
        self.capture.start_over()

    def _retake(self, place: int) -> None:
        self._show(self.capture)
        self.capture.retake(place)

    def _look_who(self, take: Take) -> None:
        """The first picture tells whether the face is known, before anybody waits for the others."""
        self.alive.emit()
        sample = take.sample
        if sample is None or len(self.capture.takes) != 1:
            return
        but = self._person if isinstance(self._person, int) else None
        self._background.run(self, lambda: self._desk.known_as(sample, but), self._known, lambda _: None)

    def _known(self, other: Employee | None) -> None:
        if other is not None and self.step in (self.capture, self.review):
            self._other = other
            self.capture.stop()
            self._show(self.duplicate)

    def _add_to_other(self) -> None:
        if self._other is not None:
            self._person, self._name = self._other.id, self._other.full_name
            self._begin()

    def _show_takes(self) -> None:
        self.review.show_takes(self.capture.takes)
        self._show(self.review)

    def _save(self) -> None:
        person = self._person
        if person is None:
            return
        samples = tuple(take.sample for take in self.capture.takes if take.sample is not None)
        self.review.set_waiting(True)
        self._background.run(self, lambda: self._desk.enroll(person, samples), self._saved, self._not_saved)

    def _saved(self, enrolled: Enrolled) -> None:
        self._name = enrolled.employee.full_name
        self.capture.takes = []
        self.review.show_takes(())
        self._show(self.finish)

    def _not_saved(self, error: KioskError) -> None:
        self.review.set_waiting(False)
        self.review.say_fault(self._fault(error))

    def _fault(self, error: KioskError) -> str:
        match error:
            case SampleRefused(reason=Reason.ALREADY_ENROLLED):
                return self.tr("This face is already enrolled as another person. Nothing was saved.")
            case SampleRefused():
                return self.tr("The pictures do not show the person who was enrolled before. Nothing was saved.")
            case EmailTaken():
                return self.tr("Somebody else has this e-mail address now. Go back and change it.")
        return self._away()

    def _away(self) -> str:
        return self.tr("The database does not answer. Nothing is lost; try again.")

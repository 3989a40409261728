"""Enrolling somebody: who it is, consent, pictures, review, and trying it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QStackedWidget, QWidget

from kiosk.domain.quality import Reason
from kiosk.employees.judged_picture import JudgedPicture
from kiosk.employees.results import EnrollmentOutcome
from kiosk.employees.schemas import Employee, EmployeeCreate
from kiosk.errors import EmailTaken, ExternalIdTaken, KioskError
from kiosk.ui.admin.admin_screen import AdminScreen
from kiosk.ui.background import Background
from kiosk.ui.enroll.backend import EnrollBackend
from kiosk.ui.enroll.capture_step import CaptureStep
from kiosk.ui.enroll.draft import EnrollDraft
from kiosk.ui.enroll.labels import away_sentence, fault_sentence, refusal
from kiosk.ui.enroll.photographs_step import PhotographsStep
from kiosk.ui.enroll.steps import ConsentStep, EndStep, ReviewStep, WhoStep
from kiosk.ui.files.screen import FilesScreen
from kiosk.ui.people.set_pin_screen import SetPinScreen


class EnrollScreen(AdminScreen):
    """Shows the steps one after the other; leaves for the entrance when the person wants to be greeted there."""

    def __init__(
        self,
        backend: EnrollBackend,
        background: Background,
        again: Employee | None = None,
        draft: EnrollDraft | None = None,
    ) -> None:
        """again: who gets more templates; None for somebody new. draft: what was typed before this closed by itself."""
        super().__init__()
        self._is_new, self._draft = again is None, draft or EnrollDraft()
        self._backend, self._background = backend, background
        self._person: EmployeeCreate | int | None = None if again is None else again.id
        self._name = "" if again is None else again.full_name
        self._other: Employee | None = None
        self._outcomes: tuple[Reason | None, ...] = ()
        self.who, self.consent, self.review = WhoStep(), ConsentStep(), ReviewStep()
        self.capture, self.photographs = CaptureStep(backend, background), PhotographsStep(backend, background)
        self._from_files = False
        self.duplicate, self.finish = EndStep("warning", "advice"), EndStep("check", "good", has_third=True)
        self._stack = QStackedWidget()
        for page in (
            self.who, self.consent, self.capture, self.review, self.photographs, self.duplicate, self.finish
        ):  # fmt: skip
            self._stack.addWidget(page)
        self.consent.decline.setVisible(again is None)
        self.body.addWidget(self._stack)
        self._connect()
        self._stack.setCurrentWidget(self.who if again is None else self.consent)

    def _connect(self) -> None:
        self.who.done.connect(self._check_person)
        self.consent.done.connect(self._begin)
        self.consent.photographs_wanted.connect(self._choose_photographs)
        self.consent.declined.connect(self._keep_without_face)
        self.photographs.more_wanted.connect(self._choose_photographs)
        self.photographs.picture_taken.connect(self._look_who)
        self.photographs.done.connect(self._save)
        self.capture.picture_taken.connect(self._look_who)
        self.capture.complete.connect(self._show_pictures)
        self.review.retake.connect(self._retake)
        self.review.done.connect(self._save)
        self.duplicate.first.connect(self._add_to_other)
        self.duplicate.second.connect(self._take_others)
        self.finish.first.connect(self.leaves)
        self.finish.second.connect(self.closed)
        self.finish.third.connect(self._begin_next)

    @property
    def step(self) -> QWidget:
        """The step that is shown."""
        return self._stack.currentWidget()

    def title(self) -> str:
        titles: dict[QWidget, str] = {
            self.who: self.tr("Who are you enrolling?"),
            self.consent: self.tr("Consent"),
            self.capture: self.tr("Pictures"),
            self.review: self.tr("The pictures of {name}").format(name=self._name),
            self.photographs: self.tr("The photographs of {name}").format(name=self._name),
        }
        return titles.get(self.step, "")

    def entered(self) -> None:
        if self.step is self.who:
            if self._draft.texts and not any(self.who.form.texts):
                self.who.show_draft(self._draft.texts)
            self.who.form.name.field.setFocus()
        elif self.step is self.capture:
            self.capture.start()

    def left(self) -> None:
        """Keep what was typed of somebody who is not enrolled yet: the screen may close by itself."""
        self.capture.stop()
        if self._is_new and self.step is not self.finish:
            self._draft.keep(self.who.form.texts)

    def go_back(self) -> None:
        before: dict[QWidget, QWidget] = {
            self.consent: self.who,
            self.capture: self.consent,
            self.review: self.consent,
            self.photographs: self.consent,
        }
        self.capture.stop()
        page = before.get(self.step)
        if page is None or (page is self.who and isinstance(self._person, int)):
            self.closed.emit()
            self._draft.forget()
        else:
            self._show(page)

    def retranslate(self) -> None:
        super().retranslate()
        self.duplicate.one.setText(self.tr("Add the pictures"))
        self.duplicate.other.setText(self.tr("Use other pictures"))
        self.duplicate.sentence.setText(
            self.tr(
                "If this is the same person, add these pictures to theirs. If it is somebody else, use other pictures."
            )
        )
        self.finish.one.setText(self.tr("Try it"))
        self.finish.other.setText(self.tr("Done"))
        self.finish.more.setText(self.tr("Enroll the next one"))
        self._name_ends()

    def _name_ends(self) -> None:
        other = "" if self._other is None else self._other.full_name
        self.duplicate.headline.setText(self.tr("This face is already enrolled as {name}").format(name=other))
        self.finish.headline.setText(self.tr("{name} is enrolled").format(name=self._name))
        how = self.tr("Try it now: look into the camera as you would in the morning, and the greeting appears.")
        self.finish.sentence.setText("\n".join((*self._left_out(), how)))

    def _left_out(self) -> list[str]:
        """Return a sentence on the pictures that no template was made of, and why."""
        reasons = list(dict.fromkeys(reason for reason in self._outcomes if reason is not None))
        if not reasons:
            return []
        count = sum(reason is not None for reason in self._outcomes)
        return [" ".join((self.tr("%n picture(s) were left out:", "", count), *map(refusal, reasons)))]

    def _show(self, page: QWidget) -> None:
        self._stack.setCurrentWidget(page)
        self._name_ends()
        super().retranslate()
        first: dict[QWidget, QWidget] = {
            self.consent: self.consent.agree,
            self.review: self.review.save,
            self.duplicate: self.duplicate.one,
            self.finish: self.finish.one,
        }
        if page in first:
            first[page].setFocus()
        self.alive.emit()

    def _check_person(self) -> None:
        person = self.who.form.person()
        if person is None or not self.who.go_on.isEnabled():
            return
        self._person, self._name = person, person.full_name
        self.who.go_on.setEnabled(False)
        self._background.run(
            self, lambda: self._backend.require_free(person), lambda _: self._checked(), self._not_checked
        )

    def _checked(self) -> None:
        self.who.go_on.setEnabled(True)
        # It may be somebody else now.
        self.consent.agree.setChecked(False)
        self._show(self.consent)

    def _not_checked(self, error: KioskError) -> None:
        self.who.go_on.setEnabled(True)
        if not self.who.form.show_taken(error):
            self.who.form.email.show_error(away_sentence())

    @property
    def _source(self) -> CaptureStep | PhotographsStep:
        return self.photographs if self._from_files else self.capture

    def _choose_photographs(self) -> None:
        files = FilesScreen(self._background)
        files.chosen.connect(self.add_photographs)
        self.opens.emit(files)

    def add_photographs(self, paths: tuple[Path, ...]) -> None:
        """Judge photographs that were chosen."""
        if self.step is not self.photographs:
            self.photographs.clear()
        self._from_files = True
        self._show(self.photographs)
        self.photographs.add(paths)

    def _keep_without_face(self) -> None:
        """Create an employee who gives no template, and give them a PIN."""
        person = self._person
        if isinstance(person, EmployeeCreate) and self.consent.decline.isEnabled():
            self.consent.decline.setEnabled(False)
            self.consent.notice.clear()
            self._background.run(self, lambda: self._backend.add(person), self._kept, self._not_kept)

    def _kept(self, employee: Employee) -> None:
        self.who.form.fill_texts(("",) * len(self.who.form.texts))
        self.opens.emit(SetPinScreen(self._backend, self._background, employee))
        self.closed.emit()

    def _not_kept(self, error: KioskError) -> None:
        self.consent.decline.setEnabled(True)
        if isinstance(error, EmailTaken | ExternalIdTaken):
            self._show(self.who)
            self.who.form.show_taken(error)
        else:
            self.consent.notice.say("bad", away_sentence(), self.tr("Again"))

    def _begin(self) -> None:
        self._from_files = False
        self._show(self.capture)
        self.capture.start_over()

    def _retake(self, place: int) -> None:
        self._show(self.capture)
        self.capture.retake(place)

    def _look_who(self, picture: JudgedPicture) -> None:
        """Check after the first picture whether the face is enrolled already, before more are taken."""
        self.alive.emit()
        sample = picture.sample
        if sample is None or len(self._source.pictures) != 1:
            return
        but = self._person if isinstance(self._person, int) else None
        self._background.run(self, lambda: self._backend.find_enrolled(sample, but), self._known, lambda _: None)

    def _known(self, other: Employee | None) -> None:
        if other is not None and self.step in (self.capture, self.review, self.photographs):
            self._other = other
            self.capture.stop()
            self._show(self.duplicate)

    def _add_to_other(self) -> None:
        if self._other is not None:
            self._person, self._name = self._other.id, self._other.full_name
            if self._from_files:
                self._show(self.photographs)
            else:
                self._begin()

    def _take_others(self) -> None:
        if self._from_files:
            self.photographs.clear()
            self._show(self.photographs)
            self._choose_photographs()
        else:
            self._begin()

    def _show_pictures(self) -> None:
        self.review.show_pictures(self.capture.pictures)
        self._show(self.review)

    def _save(self) -> None:
        person = self._person
        if person is None:
            return
        samples = tuple(picture.sample for picture in self._source.pictures if picture.sample is not None)
        self._set_waiting(True)
        self._background.run(self, lambda: self._backend.enroll(person, samples), self._saved, self._not_saved)

    def _saved(self, enrolled: EnrollmentOutcome) -> None:
        self._name, self._outcomes = enrolled.employee.full_name, enrolled.outcomes
        self.capture.pictures = []
        self.review.show_pictures(())
        self.photographs.clear()
        self._draft.forget()
        self._show(self.finish)

    def _begin_next(self) -> None:
        """Begin with somebody else, of the same department perhaps."""
        self._person, self._other, self._is_new = None, None, True
        self.consent.agree.setChecked(False)
        self.consent.decline.setVisible(True)
        self.who.form.clear_for_next()
        self.who.notice.clear()
        self._show(self.who)
        self.who.form.name.field.setFocus()

    def _not_saved(self, error: KioskError) -> None:
        self._set_waiting(False)
        if self._from_files:
            self.photographs.notice.say("bad", fault_sentence(error))
        else:
            self.review.show_error(fault_sentence(error))

    def _set_waiting(self, waiting: bool) -> None:
        (self.photographs if self._from_files else self.review).set_waiting(waiting)

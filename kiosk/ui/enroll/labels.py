"""Instructions while pictures are taken, and what is wrong with a photograph, in the language that is shown."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from kiosk.domain.quality import Reason
from kiosk.employees.capture_session import HeadPose
from kiosk.errors import EmailTaken, EmployeeInactive, ExternalIdTaken, KioskError, SampleRefused

ICONS = {
    Reason.NO_FACE: "person",
    Reason.SEVERAL_FACES: "people",
    Reason.UNCERTAIN_FACE: "eye",
    Reason.TOO_SMALL: "closer",
    Reason.CUT_OFF: "person",
    Reason.TURNED_AWAY: "eye",
    Reason.TOO_DARK: "light",
    Reason.TOO_BRIGHT: "light",
    Reason.LOW_CONTRAST: "light",
    Reason.TOO_BLURRED: "still",
    Reason.EYES_COVERED: "eye",
    Reason.FACE_COVERED: "person",
    HeadPose.STRAIGHT: "eye",
    HeadPose.LEFT: "back",
    HeadPose.RIGHT: "next",
}


def refusal(reason: Reason) -> str:
    """Return what is wrong with a photograph and what to do about it."""
    words = {
        Reason.UNREADABLE_FILE: QCoreApplication.translate("Refusal", "The file is damaged or cannot be read."),
        Reason.NOT_AN_IMAGE: QCoreApplication.translate("Refusal", "This is no JPEG, PNG, WebP, HEIC or AVIF picture."),
        Reason.IMAGE_TOO_LARGE: QCoreApplication.translate("Refusal", "The picture is too large. Scale it down."),
        Reason.IMAGE_TOO_LONG: QCoreApplication.translate(
            "Refusal", "The picture is too long and narrow. Cut out the part with the head."
        ),
        Reason.IMAGE_TOO_SMALL: QCoreApplication.translate("Refusal", "The picture is tiny. Use a larger one."),
        Reason.NO_FACE: QCoreApplication.translate("Refusal", "There is no face in it."),
        Reason.SEVERAL_FACES: QCoreApplication.translate("Refusal", "There is more than one face in it."),
        Reason.UNCERTAIN_FACE: QCoreApplication.translate("Refusal", "The face can hardly be made out."),
        Reason.TOO_SMALL: QCoreApplication.translate("Refusal", "The face is too small."),
        Reason.CUT_OFF: QCoreApplication.translate("Refusal", "The face is cut off by the edge."),
        Reason.TURNED_AWAY: QCoreApplication.translate("Refusal", "The face is turned away."),
        Reason.TOO_DARK: QCoreApplication.translate("Refusal", "The face is too dark."),
        Reason.TOO_BRIGHT: QCoreApplication.translate("Refusal", "The face is too bright."),
        Reason.LOW_CONTRAST: QCoreApplication.translate("Refusal", "The face is too pale."),
        Reason.TOO_BLURRED: QCoreApplication.translate("Refusal", "The face is blurred."),
        Reason.EYES_COVERED: QCoreApplication.translate("Refusal", "The eyes are covered or in deep shade."),
        Reason.FACE_COVERED: QCoreApplication.translate("Refusal", "Something covers the face."),
        Reason.DIFFERENT_PERSON: QCoreApplication.translate("Refusal", "This does not look like the same person."),
        Reason.ALREADY_ENROLLED: QCoreApplication.translate("Refusal", "This face is enrolled as another person."),
        Reason.SAME_PHOTOGRAPH: QCoreApplication.translate("Refusal", "This picture is there already."),
    }
    return words[reason]


def instruction(asked: Reason | HeadPose) -> str:
    """Return what the person is to do."""
    words = {
        Reason.NO_FACE: QCoreApplication.translate("Instruction", "Put your face into the oval"),
        Reason.SEVERAL_FACES: QCoreApplication.translate("Instruction", "One person alone, please"),
        Reason.UNCERTAIN_FACE: QCoreApplication.translate("Instruction", "Nothing should cover your face"),
        Reason.TOO_SMALL: QCoreApplication.translate("Instruction", "Come closer"),
        Reason.CUT_OFF: QCoreApplication.translate("Instruction", "Put your whole face into the oval"),
        Reason.TURNED_AWAY: QCoreApplication.translate("Instruction", "Look into the camera"),
        Reason.TOO_DARK: QCoreApplication.translate("Instruction", "More light on your face, please"),
        Reason.TOO_BRIGHT: QCoreApplication.translate("Instruction", "Less light on your face, please"),
        Reason.LOW_CONTRAST: QCoreApplication.translate("Instruction", "Turn away from the light behind you"),
        Reason.TOO_BLURRED: QCoreApplication.translate("Instruction", "Hold still"),
        Reason.EYES_COVERED: QCoreApplication.translate("Instruction", "Take off sunglasses, push the cap back"),
        Reason.FACE_COVERED: QCoreApplication.translate("Instruction", "Nothing should cover your face"),
        HeadPose.STRAIGHT: QCoreApplication.translate("Instruction", "Look straight into the camera"),
        HeadPose.LEFT: QCoreApplication.translate("Instruction", "Turn your head a little to your left"),
        HeadPose.RIGHT: QCoreApplication.translate("Instruction", "Turn your head a little to your right"),
    }
    return words.get(asked) or words[Reason.NO_FACE]


def fault_sentence(error: KioskError) -> str:
    """Return why somebody was not enrolled, and what to do about it."""
    match error:
        case SampleRefused(reason=Reason.ALREADY_ENROLLED):
            return QCoreApplication.translate(
                "EnrollScreen", "This face is already enrolled as another person. Nothing was saved."
            )
        case SampleRefused(reason=Reason.SAME_PHOTOGRAPH):
            return QCoreApplication.translate("EnrollScreen", "These pictures are enrolled already. Nothing was saved.")
        case SampleRefused():
            return QCoreApplication.translate(
                "EnrollScreen",
                "The pictures do not show the person who was enrolled before. Nothing was saved. If it is this "
                "person all the same, erase the face first.",
            )
        case EmployeeInactive():
            return QCoreApplication.translate(
                "EnrollScreen", "This person has been deactivated. Restore them first. Nothing was saved."
            )
        case EmailTaken() | ExternalIdTaken():
            return QCoreApplication.translate(
                "EnrollScreen", "Somebody else has this e-mail address or number now. Go back and change it."
            )
    return away_sentence()


def away_sentence() -> str:
    return QCoreApplication.translate("EnrollScreen", "The database does not answer. Nothing is lost; try again.")

"""What a person is told when a sample or photograph cannot be used: what is wrong, and what to do about it."""

from __future__ import annotations

from kiosk.domain.image_limits import FORMAT_NAMES
from kiosk.domain.quality import Reason

REFUSAL_MESSAGES: dict[Reason, str] = {
    Reason.UNREADABLE_FILE: "The file cannot be read. Check its name and that it may be opened.",
    Reason.NOT_AN_IMAGE: f"This is not a {FORMAT_NAMES} picture. Choose a photograph.",
    Reason.IMAGE_TOO_LARGE: "The picture is too large. Scale it down to 4,000 pixels a side or less.",
    Reason.IMAGE_TOO_LONG: "The picture is more than eight times as long as it is wide. Cut out the person's head.",
    Reason.IMAGE_TOO_SMALL: "The picture has less than 16 pixels a side. Use a larger one.",
    Reason.NO_FACE: "There is no face in the picture. Use one that shows the face from the front.",
    Reason.SEVERAL_FACES: "There is more than one face in the picture. Use one that shows this person alone.",
    Reason.UNCERTAIN_FACE: "The face can hardly be made out. Use a clear picture from the front, nothing covering it.",
    Reason.TOO_SMALL: "The face is too small. Come closer, or use a picture in which it is larger.",
    Reason.CUT_OFF: "The face is cut off by the picture's edge. Use one that shows the whole head.",
    Reason.TURNED_AWAY: "The face is turned away. Look straight into the camera.",
    Reason.TOO_DARK: "The face is too dark. Use more light from the front.",
    Reason.TOO_BRIGHT: "The face is too bright. Use softer light.",
    Reason.LOW_CONTRAST: "The face is too pale to be made out. Avoid fog, backlight and a dirty lens.",
    Reason.TOO_BLURRED: "The face is blurred. Hold still, or use a sharp picture.",
    Reason.EYES_COVERED: "The eyes are covered or in deep shade. Take off sunglasses, or push the cap back.",
    Reason.FACE_COVERED: "Something covers the face. Use a picture without a mask, a scarf or a hand before it.",
    Reason.DIFFERENT_PERSON: "This face does not look like the person's other photographs. Check whose it is.",
    Reason.ALREADY_ENROLLED: "This face is already enrolled as another person.",
    Reason.SAME_PHOTOGRAPH: "This photograph is enrolled already. Add a different one.",
}

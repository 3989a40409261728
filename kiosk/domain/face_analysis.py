"""What the points of a face's mesh say beside the detector's landmarks: how the head is held, and what covers it."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.domain.quality import Quality, Reason

# Sunglasses cost about half of the similarity that different photographs of a person leave (kiosk evaluate DIR --study
# coverings): such a sample gives way to any other one of the track. A covered face is advice alone: most of those found
# on photographs without a mask are false, and more of them in dark faces than in light ones.
COVERED_EYES_FACTOR = 0.5
# Up to this turn of the head a sample shows all that it can; at the second angle it shows half of the face.
STRAIGHT_DEGREES, HALF_PROFILE_DEGREES = 25.0, 60.0


@dataclass(frozen=True, slots=True)
class HeadAngles:
    """How a head is held, in degrees; all 0 looks straight into the camera, upright.

    Attributes:
        yaw: positive where the nose points to the right of the picture.
        pitch: positive where the face looks down.
        roll: positive where the head leans to the right of the picture.
    """

    yaw: float
    pitch: float
    roll: float


@dataclass(frozen=True, slots=True)
class FaceAnalysis:
    """What was found of one face in one frame; a track's frames can be compared with each other.

    Attributes:
        angles: how the head is held.
        eye_openness: of the eye that is open wider, height by width: below 0.15 it is shut. Says nothing where the
            eyes are covered.
        coverings: Reason.EYES_COVERED, Reason.FACE_COVERED, or none.
    """

    angles: HeadAngles
    eye_openness: float
    coverings: tuple[Reason, ...] = ()


def with_analysis(quality: Quality, analysis: FaceAnalysis | None) -> Quality:
    """Return a sample's quality with what covers or turns the face taken into account.

    Nothing is refused for it: a covered face is often still recognised, and some people are never without.
    """
    if analysis is None:
        return quality
    turned = (abs(analysis.angles.yaw) - STRAIGHT_DEGREES) / (HALF_PROFILE_DEGREES - STRAIGHT_DEGREES)
    factor = 1 - 0.5 * min(max(turned, 0.0), 1.0)
    if Reason.EYES_COVERED in analysis.coverings:
        factor *= COVERED_EYES_FACTOR
    advice = analysis.coverings or ((Reason.TURNED_AWAY,) if turned >= 0.5 else ())
    return quality.lowered(factor, advice)

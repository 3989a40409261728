import numpy as np
import pytest

from kiosk.domain.quality import ENROLLMENT_LIMITS, PROBE_LIMITS, Reason, assess
from kiosk.domain.types import FaceDetection

FRAME = (480, 640, 3)


def detection(nose=(320, 250), score=0.95, scale=1.0, shift=0.0) -> FaceDetection:
    points = np.array([(290, 230), (350, 230), nose, (320, 280), (260, 235), (380, 235)], np.float32)
    points = (points - (320, 240)) * scale + (320 + shift, 240)
    box = (320 + shift - 70 * scale, 240 - 80 * scale, 320 + shift + 70 * scale, 240 + 80 * scale)
    return FaceDetection(box, points.astype(np.float32), score)


def texture(brightness=128.0, contrast=40.0, smooth=1) -> np.ndarray:
    grey = np.random.default_rng(1).normal(size=(112, 112))
    kernel = np.ones(smooth) / smooth
    for axis in (0, 1, 0, 1, 0, 1):
        grey = np.apply_along_axis(lambda row: np.convolve(row, kernel, "same"), axis, grey)
    grey = grey / grey.std() * contrast + brightness
    return np.repeat(np.clip(grey, 0, 255).astype(np.uint8)[..., None], 3, axis=2)


@pytest.mark.parametrize(
    ("face", "aligned", "reason"),
    [
        pytest.param(detection(), texture(), None, id="good"),
        pytest.param(detection(scale=0.15), texture(), Reason.TOO_SMALL, id="far away"),
        pytest.param(detection(nose=(366, 250)), texture(), Reason.TURNED_AWAY, id="looks aside"),
        pytest.param(detection(nose=(320, 279)), texture(), Reason.TURNED_AWAY, id="looks down"),
        pytest.param(detection(shift=290), texture(), Reason.CUT_OFF, id="at the edge"),
        pytest.param(detection(score=0.3), texture(), Reason.UNCERTAIN_FACE, id="hardly a face"),
        pytest.param(detection(score=float("nan")), texture(), Reason.UNCERTAIN_FACE, id="score not a number"),
        pytest.param(detection(), texture(brightness=12, contrast=14), Reason.TOO_DARK, id="dark"),
        pytest.param(detection(), texture(brightness=251, contrast=14), Reason.TOO_BRIGHT, id="bright"),
        pytest.param(detection(), texture(contrast=4), Reason.LOW_CONTRAST, id="pale"),
        pytest.param(detection(), texture(smooth=31), Reason.TOO_BLURRED, id="blurred"),
    ],
)
@pytest.mark.parametrize("limits", [ENROLLMENT_LIMITS, PROBE_LIMITS], ids=["enrollment", "probe"])
def test_each_fault_is_named(face, aligned, reason, limits):
    quality = assess(face, FRAME, aligned, limits)
    assert quality.is_sufficient == (reason is None)
    assert reason is None or reason in quality.reasons
    assert 0 <= quality.quality_score <= 1


def test_landmarks_that_coincide_are_refused():
    broken = FaceDetection((10, 10, 90, 90), np.full((6, 2), 50, np.float32), 0.9)
    assert not assess(broken, FRAME, texture(), PROBE_LIMITS).is_sufficient


def test_a_sharper_face_scores_higher():
    scores = [assess(detection(), FRAME, texture(smooth=n), PROBE_LIMITS).quality_score for n in (1, 9, 17)]
    assert scores == sorted(scores, reverse=True)


def smeared(image: np.ndarray, length: int) -> np.ndarray:
    """The image as a camera sees it that pans over it while its shutter is open."""
    return np.mean([np.roll(image.astype(float), shift, axis=1) for shift in range(length)], axis=0).astype(np.uint8)


def test_a_face_that_moved_is_blurred_though_it_is_sharp_in_the_other_direction():
    still = (0.7 * texture(smooth=31) + 0.5 * texture(smooth=5)).astype(np.uint8)
    assert assess(detection(), FRAME, still, ENROLLMENT_LIMITS).is_sufficient
    assert Reason.TOO_BLURRED in assess(detection(), FRAME, smeared(still, 20), ENROLLMENT_LIMITS).reasons


def test_noise_does_not_pass_for_sharpness():
    blurred = texture(smooth=31)
    noise = np.random.default_rng(2).normal(0, 12, blurred.shape)
    noisy = np.clip(blurred + noise, 0, 255).astype(np.uint8)
    assert Reason.TOO_BLURRED in assess(detection(), FRAME, noisy, PROBE_LIMITS).reasons

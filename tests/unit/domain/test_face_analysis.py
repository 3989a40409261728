"""What covers or turns a face lowers the quality of its sample, and refuses nothing."""

from __future__ import annotations

import pytest

from kiosk.domain.face_analysis import FaceAnalysis, HeadAngles, with_analysis
from kiosk.domain.quality import Measures, Quality, Reason

GOOD = Quality(Measures(60, 0, 0.5, 0, 1, 120, 50, 0.5, 0.9), 0.8, ())


def analysis(yaw: float = 0.0, *coverings: Reason) -> FaceAnalysis:
    return FaceAnalysis(HeadAngles(yaw, 0, 0), 0.3, coverings)


@pytest.mark.parametrize(
    ("found", "score", "advice"),
    [
        pytest.param(None, 0.8, (), id="not analysed"),
        pytest.param(analysis(), 0.8, (), id="straight and bare"),
        pytest.param(analysis(-20), 0.8, (), id="turned a little"),
        pytest.param(analysis(60), 0.4, (Reason.TURNED_AWAY,), id="half profile to the right"),
        pytest.param(analysis(-85), 0.4, (Reason.TURNED_AWAY,), id="profile to the left"),
        pytest.param(analysis(0, Reason.EYES_COVERED), 0.4, (Reason.EYES_COVERED,), id="sunglasses"),
        pytest.param(analysis(0, Reason.FACE_COVERED), 0.8, (Reason.FACE_COVERED,), id="mask"),
        pytest.param(analysis(60, Reason.FACE_COVERED), 0.4, (Reason.FACE_COVERED,), id="masked half profile"),
    ],
)
def test_what_is_wrong_lowers_the_score(found: FaceAnalysis | None, score: float, advice: tuple[Reason, ...]) -> None:
    lowered = with_analysis(GOOD, found)
    assert lowered.quality_score == pytest.approx(score)
    assert lowered.advice == advice
    assert lowered.is_sufficient

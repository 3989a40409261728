from datetime import UTC, datetime

import pytest

from kiosk.domain.gallery import ImpostorTail
from kiosk.errors import ConfigurationError
from kiosk.recognition import calibration
from kiosk.recognition.calibration import Calibration

MODEL = "model@1"


def test_a_calibration_holds_for_its_own_model(tmp_path):
    tail = ImpostorTail((0.3, 0.4, 0.5, 0.6), (1e-2, 1e-3, 1e-4, 1e-5))
    made = Calibration(model_version=MODEL, made_at=datetime(2025, 3, 3, tzinfo=UTC), people=300, impostor_tail=tail)
    assert calibration.load(tmp_path, MODEL) is None
    calibration.save(made, tmp_path)
    assert calibration.load(tmp_path, MODEL) == tail
    assert calibration.load(tmp_path, "another@2") is None


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("not toml [", id="no TOML"),
        pytest.param('model_version = "model@1"\n', id="incomplete"),
        pytest.param(
            'model_version = "model@1"\nmade_at = 2025-03-03T00:00:00Z\npeople = 9\n'
            "[impostor_tail]\nsimilarities = [0.5, 0.4]\nfmr = [0.01, 0.001]\n",
            id="a tail that falls",
        ),
    ],
)
def test_a_damaged_calibration_is_refused_in_a_sentence(tmp_path, content):
    (tmp_path / calibration.FILE_NAME).write_text(content)
    with pytest.raises(ConfigurationError, match="evaluate --apply"):
        calibration.load(tmp_path, MODEL)

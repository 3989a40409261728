import numpy as np
import pytest

from kiosk.domain.block_mean import block_mean


@pytest.mark.parametrize(("shape", "block_px"), [((112, 112), 4), ((112, 112), 8), ((113, 118), 8), ((8, 16), 8)])
def test_each_block_is_the_mean_of_its_pixels(shape, block_px):
    picture = np.random.default_rng(1).uniform(0, 255, shape).astype(np.float32)
    found = block_mean(picture, block_px)
    assert found.shape == (shape[0] // block_px, shape[1] // block_px)
    for row, column in np.ndindex(found.shape):
        top, left = row * block_px, column * block_px
        assert found[row, column] == pytest.approx(picture[top : top + block_px, left : left + block_px].mean())

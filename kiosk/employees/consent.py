"""The consent texts, and who answers for a person's consent to one of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kiosk.config.paths import ASSETS_DIR
from kiosk.core.files import read_asset
from kiosk.errors import ConsentRequired, InvalidInput

CONSENT_DIR = ASSETS_DIR / "consent"
CURRENT_VERSION = "1"
"""Version of the text that is shown and agreed to now; older ones stay, as people agreed to them."""

LANGUAGES = ("en", "ru")


@dataclass(frozen=True, slots=True)
class Consent:
    """A person's consent, as it is recorded with their templates.

    Attributes:
        version: of the text agreed to.
        is_vouched: the caller vouches for the consent, and has not named the text.
    """

    version: str
    is_vouched: bool = False


def answered_for(version: str | None, *, caller_vouches: bool) -> Consent:
    """Return the consent to record: to the text that was named, or to the current one, for which the caller vouches.

    Raises InvalidInput for a version that does not exist, ConsentRequired when nobody answers for the consent.
    """
    if version is not None:
        return Consent(checked_version(version))
    if caller_vouches:
        return Consent(CURRENT_VERSION, is_vouched=True)
    raise ConsentRequired(
        f"nobody is enrolled without their consent: name the text that they have agreed to; the current one is "
        f"consent_version={CURRENT_VERSION}"
    )


def versions() -> tuple[str, ...]:
    """Return all versions that people may have agreed to, the oldest first."""
    return tuple(sorted((path.name.removesuffix(".en.md") for path in CONSENT_DIR.glob("*.en.md")), key=int))


def checked_version(version: str) -> str:
    """Return an existing version, without spaces around it. Raises InvalidInput for any other."""
    if version.strip() not in versions():
        raise InvalidInput(f"there is no consent text of this version; the current one is {CURRENT_VERSION}")
    return version.strip()


def text(language: str, version: str = CURRENT_VERSION) -> str:
    """Return the text of a version as Markdown. Raises InvalidInput for an unknown version or language,
    ConfigurationError for a damaged file.
    """
    if language not in LANGUAGES:
        raise InvalidInput(f"the consent text is there in {' and '.join(LANGUAGES)}")
    return read_asset(_path(language, checked_version(version)))


def _path(language: str, version: str) -> Path:
    return CONSENT_DIR / f"{version}.{language}.md"

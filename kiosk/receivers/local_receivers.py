"""What this device keeps of receivers: their secrets, and files of their own.

A device delivers to a receiver if it has a folder for it: the database, which others may share, holds no secret.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from kiosk.core.files import read_own_file, reason_of, replace_file
from kiosk.errors import ConfigurationError

FOLDER = "receivers"
SECRETS = "secrets.json"


class LocalReceivers:
    """Files under a folder of the data directory; all methods raise ConfigurationError when the disk refuses."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def has(self, name: str) -> bool:
        return self.folder_of(name).is_dir()

    def folder_of(self, name: str) -> Path:
        return self._folder / name

    def add(self, name: str, secrets: Mapping[str, str]) -> None:
        """Let this device deliver to a receiver; secrets are added to those that it has."""
        self.put(name, {**self.secrets_of(name), **secrets})

    def put(self, name: str, secrets: Mapping[str, str]) -> None:
        """As add, with these secrets alone."""
        folder = self.folder_of(name)
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder.mkdir(mode=0o700, exist_ok=True)
            replace_file(folder / SECRETS, json.dumps(dict(secrets)).encode("utf-8"))
        except OSError as error:
            raise _refused(folder, error) from error

    def secrets_of(self, name: str) -> Mapping[str, str]:
        path = self.folder_of(name) / SECRETS
        try:
            stored = json.loads(read_own_file(path) or b"{}")
        except OSError as error:
            raise _refused(path, error) from error
        except ValueError as error:
            raise ConfigurationError(f"{path} is damaged; give the secrets anew: kiosk receivers secret") from error
        return {str(key): str(value) for key, value in stored.items()} if isinstance(stored, dict) else {}

    def version_of(self, name: str) -> object:
        """Return what differs whenever the secrets are others."""
        try:
            return (self.folder_of(name) / SECRETS).stat().st_mtime_ns
        except OSError:
            return None

    def remove(self, name: str) -> None:
        folder = self.folder_of(name)
        try:
            shutil.rmtree(folder)
        except FileNotFoundError:
            return
        except OSError as error:
            raise _refused(folder, error) from error


def _refused(path: Path, error: OSError) -> ConfigurationError:
    return ConfigurationError(f"{path}: {reason_of(error)}; check its owner and the disk")

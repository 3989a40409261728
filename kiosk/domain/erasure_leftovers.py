"""What is left of something that was erased, for somebody to see to."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class LeftoverKind(StrEnum):
    """What kind of thing is left; the same codes in every interface."""

    SNAPSHOT = "snapshot"
    OTHER_DEVICES = "other_devices"
    PORTRAIT = "portrait"
    FILE = "file"
    OLD_DATABASE = "old_database"
    WRITE_AHEAD_LOG = "write_ahead_log"
    SERVER_COPIES = "server_copies"
    FREE_PAGES = "free_pages"
    BACKUPS = "backups"
    LIST_OF_ERASED = "list_of_erased"


class ErasureLeftover(str):
    """A sentence on one thing that is left; where it is shown in other words, kind and detail tell what to say.

    detail: the file, or the devices' names; "" without either.
    """

    __slots__ = ("detail", "kind")
    kind: LeftoverKind
    detail: str

    def __new__(cls, kind: LeftoverKind, sentence: str, detail: object = "") -> Self:
        made = super().__new__(cls, sentence)
        made.kind, made.detail = kind, str(detail)
        return made

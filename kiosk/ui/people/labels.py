"""What is left of somebody who was erased, in the language that is shown."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from kiosk.domain.erasure_leftovers import ErasureLeftover, LeftoverKind


def leftover_text(left: ErasureLeftover) -> str:
    """Return what is left and who has to deal with it."""
    words = {
        LeftoverKind.SNAPSHOT: QCoreApplication.translate(
            "Leftover", "The snapshot {detail} could not be deleted; delete it by hand."
        ),
        LeftoverKind.OTHER_DEVICES: QCoreApplication.translate(
            "Leftover", "Snapshots on other devices are deleted by them, when they run: {detail}."
        ),
        LeftoverKind.PORTRAIT: QCoreApplication.translate(
            "Leftover", "The portrait {detail} lies in another folder; delete it by hand."
        ),
        LeftoverKind.FILE: QCoreApplication.translate("Leftover", "{detail} could not be deleted; delete it by hand."),
        LeftoverKind.OLD_DATABASE: QCoreApplication.translate(
            "Leftover", "{detail} is not in use and holds an older copy of everybody; delete it when it is not needed."
        ),
        LeftoverKind.WRITE_AHEAD_LOG: QCoreApplication.translate(
            "Leftover", "Old pages stay in the database's log; the command kiosk purge removes them."
        ),
        LeftoverKind.SERVER_COPIES: QCoreApplication.translate(
            "Leftover",
            "The database server's own log and backups hold it until they are recycled; whoever runs it sees to that.",
        ),
        LeftoverKind.FREE_PAGES: QCoreApplication.translate(
            "Leftover", "Free pages of the database were not overwritten; the command kiosk purge tries it again."
        ),
        LeftoverKind.BACKUPS: QCoreApplication.translate(
            "Leftover",
            "Backups in {detail} hold the templates until newer ones replace them; a restore leaves them out.",
        ),
        LeftoverKind.LIST_OF_ERASED: QCoreApplication.translate(
            "Leftover", "{detail} could not be written; make a backup soon, for an older one still holds the face."
        ),
    }
    return words[left.kind].format(detail=left.detail)

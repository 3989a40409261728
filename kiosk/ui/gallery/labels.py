"""Texts about what the look through the enrolled people found, in the language that is shown."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from kiosk.domain.gallery_finding import MISSED_DAYS, FindingKind, GalleryFinding
from kiosk.ui.gallery.backend import GalleryReport, SwitchShown


def finding_heading(finding: GalleryFinding, report: GalleryReport) -> str:
    """Return whom a finding is about."""
    names = [report.names.get(number, str(number)) for number in (finding.employee_id, finding.other_id) if number]
    return " · ".join(names)


def finding_text(finding: GalleryFinding) -> str:
    """Return what was found, in one line."""
    match finding.kind:
        case FindingKind.SAME_PERSON:
            text = QCoreApplication.translate("Gallery", "One face, similarity {figure}: one person or two?")
        case FindingKind.LOOK_ALIKES:
            text = QCoreApplication.translate("Gallery", "Two people who look alike, similarity {figure}")
        case FindingKind.ODD_TEMPLATE:
            text = QCoreApplication.translate("Gallery", "One picture does not fit the others, similarity {figure}")
        case FindingKind.POOR_TEMPLATE:
            text = QCoreApplication.translate("Gallery", "One picture alone, and a poor one: quality {figure} of 1")
        case FindingKind.MOSTLY_MISSED:
            text = QCoreApplication.translate("Gallery", "Recognised at {share} % of the events; the PIN at the others")
    decimal = f"{finding.figure:.2f}".replace(".", QLocale().decimalPoint())
    return text.format(figure=decimal, share=f"{finding.figure * 100:.0f}")


def finding_help(finding: GalleryFinding) -> str:
    """Return what it means, and what to do about it."""
    match finding.kind:
        case FindingKind.SAME_PERSON:
            return QCoreApplication.translate(
                "Gallery",
                "The kiosk cannot tell the two apart, so it recognises neither. If it is one person who was enrolled "
                "twice, keep one of the two; the other is deactivated, and its events stay. If they are two people, "
                "say so, and enroll both again with three to five pictures each.",
            )
        case FindingKind.LOOK_ALIKES:
            return QCoreApplication.translate(
                "Gallery",
                "The kiosk tells them apart by a clear look into the camera. More pictures of both, taken at this "
                "door, help it.",
            )
        case FindingKind.ODD_TEMPLATE:
            return QCoreApplication.translate(
                "Gallery",
                "Among this person's pictures may be one of somebody else. Erase the face, then enroll it again with "
                "three to five pictures.",
            )
        case FindingKind.POOR_TEMPLATE:
            return QCoreApplication.translate(
                "Gallery", "Enroll the face again with three to five pictures in good light, looking into the camera."
            )
        case FindingKind.MOSTLY_MISSED:
            text = QCoreApplication.translate(
                "Gallery",
                "So it was in the last {days} days. New pictures, taken at this door and as the person comes to work, "
                "with glasses or a cap, help most.",
            )
            return text.format(days=MISSED_DAYS.days)


def switch_text(switch: SwitchShown) -> str:
    """Return how far a change of the network is, in one line."""
    if switch.is_finished:
        return QCoreApplication.translate("Gallery", "The new network decides; the old pictures are still kept")
    text = QCoreApplication.translate("Gallery", "{done} of {people} people have pictures of the new network")
    return text.format(done=switch.people - len(switch.left), people=switch.people)

"""The rows of the journal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypeAlias
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QPixmap

from kiosk.domain.attendance_log import LogEntry
from kiosk.domain.exit_reasons import ExitReason
from kiosk.ui.admin.row_list import Badge, Row
from kiosk.ui.admin.rows_model import RowsModel
from kiosk.ui.event_styles import event_style
from kiosk.ui.events.backend import EventsContext
from kiosk.ui.events.labels import day_text, exit_reason_text, method_text, name_of, short_day_text
from kiosk.ui.language import time_text
from kiosk.ui.pictures import LazyPictures

JournalItem: TypeAlias = LogEntry | date
"""An event, or the day that those below it are of."""


class JournalModel(RowsModel[JournalItem]):
    """The events with their snapshots, which are read when their row comes into sight."""

    def __init__(self, context: EventsContext, parent: QObject | None = None) -> None:
        super().__init__(self._row, parent)
        self._context, self._side_px = context, 96
        self._places: dict[UUID, int] = {}
        self._pictures = LazyPictures(context.background, self)
        self._pictures.loaded.connect(self._show_picture)

    def show_events(self, entries: Sequence[LogEntry], *, with_days: bool = False) -> None:
        """Show events, the latest first. with_days: each day's are below a line that names it."""
        items: list[JournalItem] = []
        day: date | None = None
        for entry in entries:
            of_day = entry.timestamp.astimezone(self._context.zone).date()
            if with_days and of_day != day:
                items.append(of_day)
                day = of_day
            items.append(entry)
        self._places = {item.trace_id: place for place, item in enumerate(items) if isinstance(item, LogEntry)}
        self.show(tuple(items))

    def set_side(self, side_px: int) -> None:
        """Say how large snapshots are shown."""
        self._side_px = side_px

    def stop(self) -> None:
        """Read no more snapshots."""
        self._pictures.stop()

    def resume(self) -> None:
        """Read them again."""
        self._pictures.resume()

    def _row(self, item: JournalItem) -> Row:
        if not isinstance(item, LogEntry):
            return Row(day_text(item), is_heading=True)
        return row_of(item, self._context.zone, self._context.exit_reasons, self._picture(item))

    def _picture(self, entry: LogEntry) -> QPixmap | None:
        if entry.photo_path is None:
            return None
        backend, side_px = self._context.backend, self._side_px
        return self._pictures.get(entry.trace_id, lambda: backend.snapshot(entry, side_px))

    def _show_picture(self, trace_id: UUID) -> None:
        place = self._places.get(trace_id)
        if place is not None:
            self.dataChanged.emit(self.index(place), self.index(place))


def row_of(entry: LogEntry, zone: ZoneInfo, reasons: Sequence[ExitReason] = (), picture: QPixmap | None = None) -> Row:
    style = event_style(entry.event_type)
    parts = [style.name, exit_reason_text(entry.reason, reasons), method_text(entry), entry.kiosk_id]
    if entry.original is not None:
        parts.insert(1, _original_text(entry, zone))
    return Row(
        headline=name_of(entry),
        second=" · ".join(part for part in parts if part),
        lead=time_text(entry.timestamp, zone),
        icon=style.icon,
        icon_colour=style.colour,
        picture=picture,
        face=entry.full_name or "?",
        badges=_badges(entry),
        is_faint=entry.voided,
        is_struck_out=entry.voided,
    )


def _badges(entry: LogEntry) -> tuple[Badge, ...]:
    if entry.voided:
        return (Badge(QCoreApplication.translate("Event", "Does not count"), "bad"),)
    if entry.is_automatic:
        return (Badge(QCoreApplication.translate("Event", "Set automatically"), "advice"),)
    if entry.corrections:
        return (Badge(QCoreApplication.translate("Event", "Corrected"), "advice"),)
    return ()


def _original_text(entry: LogEntry, zone: ZoneInfo) -> str:
    original = entry.original
    if original is None:
        return ""
    at = time_text(original.timestamp, zone)
    day = original.timestamp.astimezone(zone).date()
    if day != entry.timestamp.astimezone(zone).date():
        at = f"{at}, {short_day_text(day)}"
    if original.event_type is not entry.event_type:
        at = f"{event_style(original.event_type).name}, {at}"
    return QCoreApplication.translate("Event", "was {original}").format(original=at)

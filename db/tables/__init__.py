"""The tables beside the three of db.models; importing this package registers all tables with Base.metadata."""

import db.models  # noqa: F401  the tables that these ones refer to
from db.tables.absences import AbsenceRow, CalendarDayRow
from db.tables.attendance_changes import AttendanceChangeRow, ChangeCounterRow
from db.tables.audit import AuditHeadRow, AuditRow
from db.tables.closed_months import ClosedMonthRow
from db.tables.consents import ConsentRow
from db.tables.corrections import CorrectionRow
from db.tables.credentials import CredentialRow
from db.tables.decision_records import DecisionRecordRow
from db.tables.departments import FormerDepartmentRow
from db.tables.device_claims import DeviceClaimRow
from db.tables.directory_accounts import DirectoryAccountRow
from db.tables.embedder_switches import EmbedderSwitchRow, VisitEmbeddingRow
from db.tables.feed_epochs import FeedEpochRow
from db.tables.gallery_changes import GalleryChangeRow
from db.tables.reasons import ReasonRow
from db.tables.receivers import ReceiverRow
from db.tables.record_changes import RecordChangeRow
from db.tables.requests import RequestRow
from db.tables.schedules import ScheduleAssignmentRow, ScheduleRow
from db.tables.setting_changes import SettingChangeRow
from db.tables.sightings import SightingRow
from db.tables.stored_answers import StoredAnswerRow
from db.tables.throttling import ThrottlingRow

__all__ = [
    "AbsenceRow",
    "AttendanceChangeRow",
    "AuditHeadRow",
    "AuditRow",
    "CalendarDayRow",
    "ChangeCounterRow",
    "ClosedMonthRow",
    "ConsentRow",
    "CorrectionRow",
    "CredentialRow",
    "DecisionRecordRow",
    "DeviceClaimRow",
    "DirectoryAccountRow",
    "EmbedderSwitchRow",
    "FeedEpochRow",
    "FormerDepartmentRow",
    "GalleryChangeRow",
    "ReasonRow",
    "ReceiverRow",
    "RecordChangeRow",
    "RequestRow",
    "ScheduleAssignmentRow",
    "ScheduleRow",
    "SettingChangeRow",
    "SightingRow",
    "StoredAnswerRow",
    "ThrottlingRow",
    "VisitEmbeddingRow",
]

"""The error tree.

KioskError            says what happened and what to do next, in words for the person in front of the screen
├── ConfigurationError  settings, models or migrations are not as they must be: stop at start-up
├── DeviceError         camera or screen: show it, keep trying
├── StorageError        database, journal or disk: keep the event, retry
│   ├── DatabaseReplaced  another database, or none, stands where the one that was opened stood
│   ├── StatementTimeout  the database works, and took longer for this than it may: ask for less, or later
│   ├── EventNotRecorded  no event in the database has this trace id; it may wait in a device's journal
│   └── RowRefused        the database answers and will never take this row: retrying is of no use
├── PowerRefused        the system does not let the kiosk restart the machine or switch it off: see its rule
├── SampleRefused       a photograph or sample cannot be used: the person must act
├── InvalidInput        what was typed or sent cannot be taken: mend it
│   ├── EasilyGuessed     a new password or PIN is among the first that anybody would try: choose another
│   └── ConsentRequired   nobody answers for the person's consent: name the text that they have agreed to
├── EmployeeNotFound    there is nobody with this id, personnel number or e-mail address
├── EmployeeInactive    the person has been deactivated: restore them first
├── EmailTaken          another person has this e-mail address
├── ExternalIdTaken     another person has this personnel number
├── EventNotFound       there is no entry or exit with this trace id
├── CorrectionNotFound  there is no correction with this number
├── RecordNotFound      there is no such schedule, assignment, absence or decision on a day
├── RequestNotFound     there is no request for a correction with this number
├── RequestAnswered     somebody answered the request before
├── SettingNotFound     there is no setting of this name
├── SettingRefused      the setting cannot be changed here: a higher level fixes it, or it is the machine's
├── SettingChanged      somebody else changed the setting meanwhile: look again first
├── Cancelled           whoever began it does not want it any more; nothing is left of it
└── EventRefused        the person's last entry or exit, or another correction, does not allow this one
    ├── MonthClosed       the timesheet of the month is closed: open it again first
    └── MonthNotClosed    the month that is to be opened again is open

Anything else that is raised is a bug, and is logged with its traceback.
"""


class KioskError(Exception):
    """Base of all expected failures; str(error) is a sentence fit to be shown."""


class ConfigurationError(KioskError):
    """Settings, models or the database's structure are not as they must be; nothing can start."""


class DeviceError(KioskError):
    """A camera or another source of frames does not deliver."""


class PowerRefused(KioskError):
    """The system does not let the kiosk restart the machine or switch it off; nothing happened."""


class StorageError(KioskError):
    """The database, the journal or the disk refused; nothing was lost, try again."""


class DatabaseReplaced(StorageError):
    """Another database, or none, stands where the one that was opened stood; what is written now could be lost."""


class StatementTimeout(StorageError):
    """The database took longer for one statement than it may, and gave it up; nothing was changed."""


class EventNotRecorded(StorageError):
    """No event in the database has this trace id; one that waits in a device's journal comes later."""

    def __init__(self) -> None:
        super().__init__("the event has not reached the database yet, and cannot be corrected before; try again soon")


class RowRefused(StorageError):
    """The database answers, and refuses a row as it is: it breaks a constraint, or a value does not fit."""


class SampleRefused(KioskError):
    """A photograph cannot become a template.

    reason: a stable code from kiosk.domain.quality.Reason, the same in every interface.
    """

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class InvalidInput(KioskError):
    """What was typed or sent cannot be taken; the message names each fault."""


class EasilyGuessed(InvalidInput):
    """A new password or PIN is among the first that anybody would try."""


class ConsentRequired(InvalidInput):
    """A face was to be enrolled, and nobody answers for the person's consent."""


class EmployeeNotFound(KioskError):
    """There is nobody with this id, personnel number or e-mail address.

    who: what was sought. what: which kind of employee was sought.
    """

    def __init__(self, who: int | str, what: str = "employee") -> None:
        super().__init__(f"there is no {what} {who}")


class EmployeeInactive(KioskError):
    """The person has been deactivated; they have to be restored first."""

    def __init__(self, employee_id: int) -> None:
        super().__init__(f"employee {employee_id} has been deactivated; restore them first")


class EmailTaken(KioskError):
    """Another person, active or not, has this e-mail address."""


class ExternalIdTaken(KioskError):
    """Another person, active or not, has this personnel number."""


class Cancelled(KioskError):
    """Whoever began it does not want it any more; nothing is left of it."""

    def __init__(self) -> None:
        super().__init__("it was cancelled; nothing is left of it")


class EventRefused(KioskError):
    """The person's last entry or exit does not allow this one now; nothing was written."""


class MonthClosed(EventRefused):
    """The timesheet of a month is closed, and what was asked for would change it. month: as 2026-11. what: of it."""

    def __init__(self, month: str, what: str | None = None) -> None:
        self.month = month
        what = what or f"is closed; open it again first: kiosk months reopen {month} --by NAME --reason WHY"
        super().__init__(f"{month} {what}")


class MonthNotClosed(EventRefused):
    """The month that is to be opened again is open. month: as 2026-11."""

    def __init__(self, month: str) -> None:
        super().__init__(f"{month} is not closed")


class EventNotFound(KioskError):
    """There is no entry or exit with this trace id."""

    def __init__(self, trace_id: object) -> None:
        super().__init__(f"there is no event with the trace id {trace_id}")


class RecordNotFound(KioskError):
    """There is no schedule, assignment, absence or decision on a day of this name, number or date.

    kind: which of them, such as "schedule"; with _not_found after it, a stable code.
    """

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


class CorrectionNotFound(KioskError):
    """There is no correction with this number."""

    def __init__(self, correction_id: int) -> None:
        super().__init__(f"there is no correction {correction_id}")


class RequestNotFound(KioskError):
    """There is no request for a correction with this number."""

    def __init__(self, request_id: int) -> None:
        super().__init__(f"there is no request {request_id}; `kiosk questions` lists those that are open")


class RequestAnswered(KioskError):
    """Somebody answered the request before. by: who."""

    def __init__(self, request_id: int, by: str | None) -> None:
        super().__init__(f"request {request_id} is not open any more: {by} answered it")


class SettingNotFound(KioskError):
    """There is no setting of this name."""


class SettingRefused(KioskError):
    """The setting cannot be changed here: a higher level fixes it, or it is the machine's alone."""


class SettingChanged(KioskError):
    """Somebody else changed the setting since it was looked at; nothing was changed."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} was changed by somebody else meanwhile; look at its value, then change it again")

"""The error tree.

KioskError            says what happened and what to do next, in words for the person in front of the screen
├── ConfigurationError  settings, models or migrations are not as they must be: stop at start-up
├── DeviceError         camera or screen: show it, keep trying
├── StorageError        database, journal or disk: keep the event, retry
└── SampleRefused       a photograph or sample cannot be used: the person must act

Anything else that is raised is a bug, and is logged with its traceback.
"""


class KioskError(Exception):
    """Base of all expected failures; str(error) is a sentence fit to be shown."""


class ConfigurationError(KioskError):
    """Settings, models or the database's structure are not as they must be; nothing can start."""


class DeviceError(KioskError):
    """A camera or another source of frames does not deliver."""


class StorageError(KioskError):
    """The database, the journal or the disk refused; nothing was lost, try again."""


class SampleRefused(KioskError):
    """A photograph cannot become a template.

    reason: a stable code from kiosk.core.quality.Reason, the same in every interface.
    """

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason

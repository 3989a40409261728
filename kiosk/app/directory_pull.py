"""The nightly pull of the office's people from a directory, where a setting wants it."""

from __future__ import annotations

import logging
from collections import Counter

from db.session import Database
from kiosk.config.settings import Settings
from kiosk.core.clock import SystemClock
from kiosk.core.context import acting_as
from kiosk.core.logger import log
from kiosk.domain.ports import Clock
from kiosk.employees.directory_pull import DirectoryPull, PullFate
from kiosk.employees.ldap_config import read_ldap_config
from kiosk.employees.ldap_directory import fetch_people
from kiosk.employees.pull_report import FILE_NAME, PullReport, write_report
from kiosk.errors import InvalidInput

ACTOR = "directory"
CHANGES = (PullFate.ADD, PullFate.CHANGE, PullFate.DEACTIVATE, PullFate.RESTORE)


def pull_directory(settings: Settings, database: Database, clock: Clock | None = None) -> PullReport | None:
    """Do what `kiosk employees pull --apply` does, if the setting names a directory; else return None.

    When too many would be deactivated at once, or the directory does not answer, nobody is changed. Raises
    StorageError, OSError.
    """
    path = settings.data_dir / FILE_NAME
    if settings.directory_file is None:
        path.unlink(missing_ok=True)
        return None
    now = (clock or SystemClock()).now()
    try:
        counts = _pull(settings, database)
    except InvalidInput as error:
        log(logging.WARNING, "directory.not_pulled", reason=error)
        report = PullReport(at=now, failure=str(error))
    else:
        changed = sum(counts[fate] for fate in CHANGES)
        report = PullReport(at=now, changed=changed, refused=counts[PullFate.REFUSED], missing=counts[PullFate.MISSING])
        log(logging.INFO, "directory.pulled", **report.model_dump(include={"changed", "refused", "missing"}))
    write_report(path, report)
    return report


def _pull(settings: Settings, database: Database) -> Counter[PullFate]:
    assert settings.directory_file is not None  # noqa: S101  of pull_directory
    people = fetch_people(read_ldap_config(settings.directory_file))
    directory = DirectoryPull(database)
    steps = directory.plan(people, deactivate_missing=settings.directory_deactivate_missing)
    directory.require_few(steps)
    with acting_as(ACTOR):
        return Counter(step.fate for step in directory.apply(steps))

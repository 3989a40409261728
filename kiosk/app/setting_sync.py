"""Follows the settings while a service runs: a change on any door, by a command or over the API is taken up here."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from threading import Event

from db.session import Database, make_engine
from db.setting_changes import latest_setting_change
from kiosk.app.databases import limits_at_door
from kiosk.config.settings import Settings
from kiosk.core.logger import log
from kiosk.core.worker import Worker
from kiosk.errors import ConfigurationError, StorageError

LOOK_EVERY_S = 2.0
STOP_TIMEOUT_S = 5.0


@contextmanager
def followed_settings(
    running: Settings, load: Callable[[], Settings], on_change: Callable[[], None]
) -> Iterator[Event]:
    """While the block runs, tell whenever other settings hold than those that it runs with.

    The number of the last change is asked for, and the settings are read only when it is another. Yields an event that
    is set as long as what runs is out of date.

    Args:
        running: as load returned them for the block.
        load: reads the settings as they are.
        on_change: is called on the thread that looks, once for each change.
    """
    known: int | None = None
    told, outdated = running, Event()

    def look() -> bool:
        nonlocal known, told
        with suppress(StorageError, ConfigurationError):
            with database.reading() as session:
                latest = latest_setting_change(session)
            if latest != known:
                present = load()
                known = latest
                if present != told:
                    told = present
                    if present == running:
                        outdated.clear()
                        return True
                    outdated.set()
                    log(logging.INFO, "settings.changed", settings=",".join(_differing(running, present)))
                    on_change()
        worker.wait(LOOK_EVERY_S)
        return True

    url = running.effective_database_url
    with closing(Database(make_engine(url, limits_at_door(running)))) as database:
        worker = Worker("settings", look)
        worker.start()
        try:
            yield outdated
        finally:
            worker.stop(STOP_TIMEOUT_S)


def _differing(before: Settings, after: Settings) -> list[str]:
    return [name for name in Settings.model_fields if getattr(before, name) != getattr(after, name)]

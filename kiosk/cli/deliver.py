"""`kiosk deliver`: tells receivers of changes of the attendance."""

from __future__ import annotations


def deliver() -> None:
    """Deliver each change of the attendance to the receivers of this device; ends with Ctrl-C or SIGTERM.

    It runs beside the kiosk, so that no receiver can slow the door. `kiosk receivers` sets up who is told.
    """
    from kiosk.app.receivers import open_deliverer
    from kiosk.app.setting_store import load_settings
    from kiosk.app.setting_sync import followed_settings
    from kiosk.core.logger import configure
    from kiosk.core.signals import stopped_by_signals

    renewing = True
    while renewing:  # once more with every change of the settings
        settings = load_settings()
        configure(settings.log_level)
        with (
            open_deliverer(settings) as deliverer,
            stopped_by_signals(deliverer.request_stop) as signalled,
            followed_settings(settings, load_settings, deliverer.request_stop) as outdated,
        ):
            deliverer.run()
        renewing = outdated.is_set() and not signalled.is_set()

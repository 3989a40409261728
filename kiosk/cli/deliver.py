"""`kiosk deliver`: tells receivers of changes of the attendance."""

from __future__ import annotations


def deliver() -> None:
    """Deliver each change of the attendance to the receivers of this device; ends with Ctrl-C or SIGTERM.

    It runs beside the kiosk, so that no receiver can slow the door. `kiosk receivers` sets up who is told.
    """
    from kiosk.app.receivers import open_deliverer
    from kiosk.config.settings import load_settings
    from kiosk.core.logger import configure
    from kiosk.core.signals import stopped_by_signals

    settings = load_settings()
    configure(settings.log_level)
    with open_deliverer(settings) as deliverer, stopped_by_signals(deliverer.request_stop):
        deliverer.run()

"""Serves a published Django application that receives ZKTeco terminals, as it is, in a process of its own."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import ModuleType
from wsgiref.simple_server import make_server

import django
from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.urls import include, path

URLS = "fingerprint_receiver_urls"


def main() -> None:
    """Arguments: file of its SQLite database, the office's time zone; then a port, or a command with its payload."""
    database, zone, verb, *payload = sys.argv[1:]
    set_up(Path(database), zone)
    if payload:
        queue(verb, payload[0])
    else:
        call_command("migrate", verbosity=0)
        make_server("127.0.0.1", int(verb), get_wsgi_application()).serve_forever()


def set_up(database: Path, zone: str) -> None:
    settings.configure(
        SECRET_KEY="none",  # noqa: S106  of a test
        ROOT_URLCONF=URLS,
        USE_TZ=True,
        TIME_ZONE=zone,
        ALLOWED_HOSTS=["127.0.0.1"],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": database}},
        INSTALLED_APPS=[
            "django.contrib.contenttypes",
            "django.contrib.auth",
            "rest_framework",
            "fingerprint_attendance",
        ],
        FINGERPRINT_ATTENDANCE={"ADMS_REQUIRE_DEVICE_APPROVAL": False, "ADMS_DELAY": 5},
    )
    django.setup()
    urls = ModuleType(URLS)
    urls.urlpatterns = [path("", include("fingerprint_attendance.urls"))]  # type: ignore[attr-defined]
    sys.modules[URLS] = urls


def queue(command: str, payload: str) -> None:
    """Let the one terminal that there is have a command when it asks next."""
    from fingerprint_attendance.models import Device
    from fingerprint_attendance.services.commands import queue_command

    queue_command(Device.objects.get(), command, json.loads(payload))


if __name__ == "__main__":
    main()

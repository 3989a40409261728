"""Serves a published Django application that receives ZKTeco terminals, as it is, in a process of its own."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any
from wsgiref.simple_server import make_server

import django
from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.urls import include, path

URLS = "fingerprint_receiver_urls"


def main() -> None:
    """Arguments: file of its SQLite database, the office's time zone; then a port, or JSON of commands to queue."""
    database, zone, task = sys.argv[1:]
    set_up(Path(database), zone)
    if task.startswith("["):
        queue(json.loads(task))
    else:
        call_command("migrate", verbosity=0)
        make_server("127.0.0.1", int(task), get_wsgi_application()).serve_forever()


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


def queue(commands: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
    """Let the one terminal that there is have commands, each with its payload, when it asks next."""
    from fingerprint_attendance.models import Device
    from fingerprint_attendance.services.commands import queue_command

    for command, payload in commands:
        queue_command(Device.objects.get(), command, payload)


if __name__ == "__main__":
    main()

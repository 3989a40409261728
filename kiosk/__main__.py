"""The command line: `python -m kiosk` or `kiosk`. Each command is a short function in kiosk/cli."""

from __future__ import annotations

import os
import signal
import sys

# Native libraries read these when they are imported: their chatter is not for the person at the keyboard.
os.environ.setdefault("OPENCV_LOG_LEVEL", "ERROR")
os.environ.setdefault("GLOG_minloglevel", "3")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from kiosk.core.signals import end_at_once_on_signals

# These take seconds until they are there; the other commands end as commands do, by the signal.
if sys.argv[1:2] in (["run"], ["serve"], ["deliver"], ["demo"]):
    end_at_once_on_signals()

import typer
from rich.console import Console

from kiosk.cli import (
    absences,
    admin,
    attendance,
    audit,
    backup,
    bench,
    calibrate,
    cameras,
    corrections,
    database,
    deliver,
    demo,
    demo_data,
    doctor,
    employees,
    enroll,
    evaluate,
    explanation,
    gallery,
    keys,
    models,
    months,
    purge,
    questions,
    receivers,
    run,
    schedules,
    screenshots,
    serve,
    settings,
    timesheet,
    token,
)
from kiosk.cli.actor import cli_actor
from kiosk.cli.standard_output import OutputRefused, ReaderGone, discard_output, write_utf8
from kiosk.core.context import acting_as
from kiosk.core.logger import configure
from kiosk.errors import KioskError

app = typer.Typer(
    name="kiosk",
    help="Face-recognition attendance kiosk: greets people at the door and records entries and exits.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("run")(run.run)
app.command("demo")(demo.demo)
app.command("enroll")(enroll.enroll)
app.command("calibrate")(calibrate.calibrate)
app.command("log")(attendance.log)
app.command("why")(explanation.why)
app.command("present")(attendance.present)
app.command("timesheet")(timesheet.timesheet)
app.command("bench")(bench.bench)
app.command("serve")(serve.serve)
app.command("deliver")(deliver.deliver)
app.command("doctor")(doctor.doctor)
app.command("evaluate")(evaluate.evaluate)
app.command("cameras")(cameras.cameras)
app.command("screenshots")(screenshots.screenshots)
app.command("purge")(purge.purge)
app.command("backup")(backup.backup)
app.command("restore")(backup.restore)
app.command("demo-data")(demo_data.demo_data)
app.add_typer(employees.app, name="employees")
app.add_typer(admin.app, name="admin")
app.add_typer(schedules.app, name="schedules")
app.add_typer(absences.app, name="absences")
app.add_typer(corrections.app, name="corrections")
app.add_typer(months.app, name="months")
app.add_typer(gallery.app, name="gallery")
app.add_typer(questions.app, name="questions")
app.add_typer(models.app, name="models")
app.add_typer(token.app, name="token")
app.add_typer(database.app, name="db")
app.add_typer(receivers.app, name="receivers")
app.add_typer(keys.app, name="keys")
app.add_typer(audit.app, name="audit")
app.add_typer(settings.app, name="settings")


def main() -> None:
    """Run a command; what a user can mend ends in one sentence on standard error and exit code 2."""
    write_utf8()
    configure("WARNING")  # whole lines also before a command has read the level from the settings
    try:
        with acting_as(cli_actor()):
            try:
                app()
            finally:
                sys.stdout.flush()
    except ReaderGone:
        discard_output()
    except KioskError as error:
        if isinstance(error, OutputRefused):
            discard_output()
        Console(stderr=True, soft_wrap=True).print(f"kiosk: {error}", markup=False, highlight=False)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)


if __name__ == "__main__":
    main()

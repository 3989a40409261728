"""Checks models, database and journal, and who has to be enrolled again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, suppress

from db import audit_log, migrations
from db.database_file import replaced_log, require_own_file, wait_until_still
from db.integrity import WAY_BACK, check_integrity
from db.session import Database, make_engine
from db.templates import DatabaseTemplates
from db.text_decoder import damaged_rows, unreadable_rows
from db.time_limits import door_limits
from db.trigger_definitions import trigger_faults
from kiosk.attendance.journal import read_counts
from kiosk.core import erasure_list
from kiosk.doctor import name
from kiosk.doctor.attendance import attendance
from kiosk.doctor.device import ExaminedDevice
from kiosk.doctor.embedder_switch import of_embedder
from kiosk.doctor.findings import Finding, Level
from kiosk.doctor.receivers import receivers
from kiosk.domain.decision import Decider
from kiosk.domain.gallery import Gallery
from kiosk.errors import ConfigurationError, KioskError, StorageError
from kiosk.recognition import door_calibration
from kiosk.recognition.calibration_report import describe
from kiosk.recognition.gallery_check import check_gallery
from kiosk.security.admin_password import AdminPassword
from kiosk.vision.catalogue import LandmarkerModel

ANSWERS_WITHIN_S = 5
INTEGRITY_WITHIN_S = 10
NO_PASSWORD = Finding(
    "password",
    Level.FAILED,
    "no administrator's password has been set",
    "run: kiosk admin set-password; a new device with a screen asks for it at its first start",
)
STRANGERS_A_DAY = 10  # visitors and deliveries at the door of an ordinary office


def models(device: ExaminedDevice) -> Iterator[Finding]:
    store, in_use = device.open_model_store(), device.model_ids()
    for model_id in in_use:
        problem = store.problem(store.find(model_id))
        if problem:
            yield Finding("models", Level.FAILED, problem, "run: kiosk models install")
        else:
            yield Finding("models", Level.OK, f"{model_id} is installed and whole")
    for landmarker in (model for model in store.models if isinstance(model, LandmarkerModel)):
        problem = store.problem(landmarker)
        if problem:
            sentence = f"{problem}; the door works, but tells nobody to take off sunglasses or a mask"
            yield Finding("models", Level.WARNING, sentence, "run: kiosk models install")
        else:
            yield Finding("models", Level.OK, f"{landmarker.id} is installed and whole")
    if device.default_embedder not in (None, *in_use):
        sentence = (
            f"people are enrolled with {in_use[1]}, so it stays in use; new devices use {device.default_embedder}"
        )
        step = f"to change over, run: kiosk models switch {device.default_embedder}"
        yield Finding("embedder", Level.OK, sentence, step)


def database(device: ExaminedDevice) -> Iterator[Finding]:
    """Check the database without changing it. Raises StorageError when it is away.

    A SQLite file is looked at twice before it is called broken: somebody may just be putting it back.
    """
    if device.database_path is None:
        yield from _database(device)
        return
    with suppress(KioskError):
        findings = tuple(_database(device))
        if not any(finding.level is Level.FAILED and finding is not NO_PASSWORD for finding in findings):
            yield from findings
            return
    wait_until_still(device.database_path)
    yield from _database(device)


def _database(device: ExaminedDevice) -> Iterator[Finding]:
    if device.database_path is not None:
        try:
            require_own_file(device.database_path, device.traces)
        except ConfigurationError as error:
            yield Finding("database", Level.FAILED, str(error), "run: kiosk backup --list")
            return
    if device.database_path is not None and not device.database_path.exists():
        yield Finding("database", Level.WARNING, "there is no database yet", "it is made with the first run")
        yield NO_PASSWORD
        return
    with closing(Database(make_engine(device.database_url, door_limits(ANSWERS_WITHIN_S)))) as opened:
        damage = _integrity(opened)
        yield Finding("database", Level.OK, f"{opened.description} answers")
        yield from _replaced_log(device)
        yield damage
        revision = migrations.current(opened)
        yield _tables(device, revision)
        if revision == migrations.HEAD:
            yield name.of_device(device, opened)
            yield from _triggers(opened)
            yield from _damaged_texts(device, opened)
            yield _admin_password(opened)
            yield from of_embedder(device, opened)
            yield from _templates(device, opened)
            yield _audit_log(device, opened)
            yield from attendance(device, opened)
            yield from receivers(device, opened)


def _replaced_log(device: ExaminedDevice) -> Iterator[Finding]:
    """Name what was kept of a database that was overwritten: it may hold entries that nothing else holds, and faces."""
    if device.database_path is None:
        return
    kept = replaced_log(device.database_path)
    if kept.exists():
        sentence = f"{kept} is left of a database that was overwritten, and holds faces; it is deleted after a week"
        step = "delete it, unless entries of that database are missing: then keep it away from here and ask for help"
        yield Finding("replaced log", Level.WARNING, sentence, step)


def erasures(device: ExaminedDevice) -> Iterator[Finding]:
    """Check the lists of erased people, without which a restore would bring their faces back."""
    paths = (device.data_dir / erasure_list.FILE_NAME, device.backups.folder / erasure_list.FILE_NAME)
    try:
        count = len(erasure_list.merged(*map(erasure_list.read_erased, paths)))
    except StorageError as error:
        fault, _, step = str(error).partition("; ")
        yield Finding("erasures", Level.FAILED, fault, step)
        return
    yield Finding("erasures", Level.OK, f"{count} erasure(s) are remembered beside the database")


def journal(device: ExaminedDevice) -> Iterator[Finding]:
    counts = read_counts(device.journal_path)
    if counts.refused:
        step = "look for event.refused in the log; the events are kept in the journal"
        yield Finding("journal", Level.WARNING, f"{counts.refused} event(s) were refused by the database", step)
    if counts.waiting:
        step = "they are written when the kiosk runs and the database answers"
        yield Finding("journal", Level.WARNING, f"{counts.waiting} event(s) wait for the database", step)
    if not counts.refused and not counts.waiting:
        yield Finding("journal", Level.OK, "no event waits for the database")


def _audit_log(device: ExaminedDevice, opened: Database) -> Finding:
    """Compare the log's end with what this device remembers; `kiosk audit verify` reads all of it."""
    with opened.reading() as session:
        head = audit_log.head(session)
        fault = device.audit_anchor.fault(head)
        if fault is not None:
            return Finding("audit log", Level.FAILED, fault, "run: kiosk audit verify")
        anchor = device.audit_anchor.read()
        if anchor is not None and anchor.row_count and not audit_log.contains(session, anchor):
            sentence = "the audit log does not hold what this device remembers of it: it was cut off or exchanged"
            return Finding("audit log", Level.FAILED, sentence, "run: kiosk audit verify")
    return Finding("audit log", Level.OK, "the audit log goes on from what this device remembers of it")


def _tables(device: ExaminedDevice, revision: str | None) -> Finding:
    if revision == migrations.HEAD:
        return Finding("tables", Level.OK, f"the tables are up to date ({revision})")
    if revision is not None and revision not in migrations.REVISIONS:
        sentence = f"a newer version of the kiosk made the tables ({revision})"
        return Finding("tables", Level.FAILED, sentence, "install that version, or restore a backup of this one")
    sentence = f"the tables are of an older version ({revision or 'none yet'}); {migrations.HEAD} is needed"
    if device.database_path is not None:
        return Finding("tables", Level.WARNING, sentence, "they are brought up to date with the next start")
    return Finding("tables", Level.FAILED, sentence, "run: kiosk db upgrade")


def _triggers(opened: Database) -> Iterator[Finding]:
    with opened.reading() as session:
        faults = trigger_faults(session)
    for fault in faults:
        step = "put it back: kiosk db upgrade; what was changed meanwhile: kiosk audit verify"
        yield Finding("triggers", Level.FAILED, fault.sentence, step)
    if not faults:
        yield Finding("triggers", Level.OK, "the database records every change by itself")


def _integrity(opened: Database) -> Finding:
    found = check_integrity(opened, INTEGRITY_WITHIN_S)
    if found.fault is not None:
        return Finding("damage", Level.FAILED, f"{opened.description} is damaged: {found.fault}", WAY_BACK)
    if not found.is_finished:
        step = "`kiosk backup` reads all of it"
        return Finding("damage", Level.OK, f"no damage was found within {INTEGRITY_WITHIN_S} s", step)
    return Finding("damage", Level.OK, "tables and indexes can be read whole")


def _damaged_texts(device: ExaminedDevice, opened: Database) -> Iterator[Finding]:
    with opened.reading() as session:
        damaged, unreadable = tuple(damaged_rows(session)), tuple(unreadable_rows(session))
    for table, number in damaged:
        left_out = "; that employee is left out everywhere" if table == "employees" else ""
        sentence = f"row {number} of the table {table} holds text that is damaged, no UTF-8{left_out}"
        step = f'write it anew: sqlite3 {device.database_path} "UPDATE {table} SET … WHERE id = {number}"'  # noqa: S608
        yield Finding("texts", Level.WARNING, sentence, f"{step}, or restore a backup")
    for table, number in unreadable:
        sentence = f"row {number} of the table {table} holds a time, date or identifier that is damaged"
        yield Finding("values", Level.FAILED, sentence, "restore a backup: kiosk restore FILE")


def _admin_password(opened: Database) -> Finding:
    if AdminPassword(opened).is_set():
        return Finding("password", Level.OK, "the administrator's password is set")
    return NO_PASSWORD


def _templates(device: ExaminedDevice, opened: Database) -> Iterator[Finding]:
    embedder = device.load_embedder()
    templates = DatabaseTemplates(opened)
    for person in templates.people_to_enroll(embedder.model_version):
        yield Finding(
            "templates",
            Level.WARNING,
            f"employee {person.employee_id} is enrolled with another model and is not recognised",
            f"run: kiosk enroll --employee {person.employee_id} PHOTO…",
        )
    count = templates.count_by_version().get(embedder.model_version, 0)
    if not count:
        yield Finding("templates", Level.WARNING, "nobody is enrolled", "run: kiosk enroll --help")
        return
    decider = device.build_decider(embedder)
    gallery = Gallery(embedder.model_version, templates.load_templates(embedder.model_version))
    limits = decider.thresholds(gallery)
    a_year = decider.strangers_named_a_year(gallery, STRANGERS_A_DAY)
    yield Finding(
        "threshold",
        Level.OK,
        f"with {count} templates a similarity of {limits.accept:.3f} is needed to be named: of {STRANGERS_A_DAY} "
        f"strangers a day, {_times_a_year(a_year)} would be taken for somebody; "
        f"from {limits.review:.3f} the person is asked for another look",
    )
    measured = door_calibration.load_for(device.data_dir / door_calibration.FILE_NAME, embedder.model_version)
    yield Finding("calibration", Level.OK, describe(measured, decider, gallery))
    yield _people(opened, decider, embedder.model_version)


def _people(opened: Database, decider: Decider, model_version: str) -> Finding:
    found = check_gallery(opened, decider, model_version)
    if not found:
        return Finding("gallery", Level.OK, "everybody who is enrolled is told apart")
    people = len({one.employee_id for one in found})
    sentence = f"{people} enrolled people are easily missed or mistaken for others"
    return Finding("gallery", Level.WARNING, sentence, "run: kiosk gallery check")


def _times_a_year(times: float) -> str:
    if times >= 1.5:
        return f"about {times:.0f} a year"
    return "one a year" if times > 0.7 else f"one in {1 / times:.0f} years"

"""Tells how far the change to another embedder is, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from db.session import Database
from kiosk.doctor.device import ExaminedDevice
from kiosk.doctor.findings import Finding, Level
from kiosk.domain.embedder_switch import SwitchState
from kiosk.errors import ConfigurationError
from kiosk.monitoring.status import read_status
from kiosk.recognition.embedder_switches import EmbedderSwitches, SwitchProgress

ALL_CHANGED = "run: kiosk models switch --finish"


def of_embedder(device: ExaminedDevice, opened: Database) -> Iterator[Finding]:
    """Look at the open change, at this device's models and settings, and at the running kiosk."""
    switches = EmbedderSwitches(opened)
    deciding, progress = switches.deciding(device.configured_embedder), switches.progress()
    if progress is not None:
        yield from _missing(device, progress)
        yield _progress(device, progress)
    named = device.configured_embedder
    if named is not None and deciding is not None and named != deciding:
        sentence = f"KIOSK_EMBEDDER says {named}; the office has changed to {deciding}, which is used"
        yield Finding("embedder", Level.OK, f"{sentence}; write KIOSK_EMBEDDER={deciding} into the settings")
    status = read_status(device.status_path)
    running = None if status is None or status.switch is None or status.is_silent else status.switch.running_model
    if running is not None and deciding is not None and running != deciding:
        step = "start it anew: systemctl restart kiosk"
        yield Finding("embedder", Level.WARNING, f"the kiosk runs with {running}, and {deciding} decides", step)


def _missing(device: ExaminedDevice, progress: SwitchProgress) -> Iterator[Finding]:
    new_model, store = progress.switch.new_model, device.open_model_store()
    try:
        is_there = store.is_installed(store.find(new_model))
    except ConfigurationError:  # of another device's own catalogue
        is_there = False
    if not is_there:
        sentence = f"this device lacks {new_model}, to which the office changes its embedder"
        yield Finding("embedder", Level.WARNING, sentence, f"run: kiosk models install {new_model}")


def _progress(device: ExaminedDevice, progress: SwitchProgress) -> Finding:
    switch, people = progress.switch, len(progress.people)
    sentence = (
        f"the office changes from {switch.old_model} to {switch.new_model}: "
        f"{progress.changed} of {people} people have new templates"
    )
    if switch.state is SwitchState.FINISHED and switch.finished_at is not None:
        until = switch.finished_at + timedelta(days=device.old_template_days)
        sentence = (
            f"{sentence}; {switch.new_model} decides. Until {until:%Y-%m-%d} `kiosk models switch --cancel` goes back, "
            "then the old templates are deleted"
        )
        return Finding("embedder", Level.OK, sentence)
    if not progress.left:
        return Finding("embedder", Level.WARNING, sentence, ALL_CHANGED)
    by_visits = "; the others get theirs by coming, or are enrolled" if device.uses_visits else ""
    return Finding("embedder", Level.OK, f"{sentence}{by_visits}; `kiosk models switch` lists who is left")

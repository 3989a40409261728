"""Metrics of the API and of the running kiosk in Prometheus' text format; counts and times only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector

from db.receivers import ReceiverFigures
from kiosk.monitoring.health import HealthGrade, HealthReport
from kiosk.monitoring.question_report import OpenQuestionsReport
from kiosk.monitoring.status import BUCKETS_S, KioskStatus

METRICS_MEDIA_TYPE = CONTENT_TYPE_PLAIN_0_0_4
GRADE_VALUES = {HealthGrade.OK: 0, HealthGrade.DEGRADED: 1, HealthGrade.FAILED: 2}


class Metrics:
    """Counts the API's requests, and exposes them together with the device's health. For one thread."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "kiosk_api_requests",
            "Requests by route and status.",
            ("method", "route", "status"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "kiosk_api_request_seconds",
            "From a request's head to its answer's end.",
            ("route",),
            registry=self._registry,
        )
        ProcessCollector("kiosk_api", registry=self._registry)
        self._device = _DeviceCollector()
        self._registry.register(self._device)

    def count(self, method: str, route: str, status: int, took_s: float) -> None:
        """Count one answer; route: the path's pattern, for a path may hold a number of somebody."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(took_s)

    def text(
        self, seen: HealthReport, waiting_requests: int, receivers: Sequence[ReceiverFigures] | None = None
    ) -> bytes:
        """Return all metrics.

        Args:
            seen: of the device.
            waiting_requests: those whose photographs wait for the networks.
            receivers: None where the database does not tell.
        """
        self._device.seen, self._device.waiting_requests = seen, waiting_requests
        self._device.receivers = receivers or ()
        return generate_latest(self._registry)


class _DeviceCollector(Collector):
    seen: HealthReport | None = None
    waiting_requests = 0
    receivers: Sequence[ReceiverFigures] = ()

    def collect(self) -> Iterable[Metric]:
        seen = self.seen
        if seen is None:  # while the registry is being built
            return
        yield _gauge("kiosk_api_photographs_waiting", "Requests that wait for the networks.", self.waiting_requests)
        checks = GaugeMetricFamily("kiosk_check", "0 ok, 1 degraded, 2 failed.", labels=("check",))
        for check in seen.checks:
            checks.add_metric((check.name,), GRADE_VALUES[check.grade])
        yield checks
        for name, what, value in (
            ("kiosk_disk_free_bytes", "Room on the data directory's disk.", seen.free_bytes),
            ("kiosk_last_purge_timestamp_seconds", "When the last whole purge began.", _seconds(seen.purged_at)),
            ("kiosk_last_backup_timestamp_seconds", "When the last backup was made.", _seconds(seen.backed_up_at)),
        ):
            if value is not None:
                yield _gauge(name, what, value)
        if seen.questions is not None:
            yield from _of_questions(seen.questions)
        yield from _of_receivers(self.receivers)
        running = seen.status is not None and not seen.status.is_silent
        yield _gauge("kiosk_up", "1 while a kiosk runs on the data directory.", int(running))
        if seen.status is not None:
            yield from _of_kiosk(seen.status)


def _of_questions(report: OpenQuestionsReport) -> Iterable[Metric]:
    kinds = GaugeMetricFamily("kiosk_open_questions", "About hours, as counted last night.", labels=("kind",))
    for kind in ("exits", "entries", "automatic", "turned", "breaks", "requests"):
        kinds.add_metric((kind,), getattr(report, kind))
    yield kinds
    if report.oldest_at is not None:
        at = report.oldest_at.timestamp()
        yield _gauge("kiosk_oldest_question_timestamp_seconds", "When the oldest open question began.", at)


def _of_receivers(receivers: Sequence[ReceiverFigures]) -> Iterable[Metric]:
    labels = ("receiver", "kind")
    position = GaugeMetricFamily("kiosk_receiver_position", "Number of the last change delivered.", labels=labels)
    waiting = GaugeMetricFamily("kiosk_receiver_waiting", "Changes not delivered yet, at the most.", labels=labels)
    up = GaugeMetricFamily("kiosk_receiver_up", "0 while it is paused, fails or nobody delivers to it.", labels=labels)
    failures = CounterMetricFamily("kiosk_receiver_failures", "Attempts that failed.", labels=labels)
    for one in receivers:
        names = (one.receiver.name, one.receiver.kind)
        position.add_metric(names, one.receiver.position)
        waiting.add_metric(names, one.waiting)
        up.add_metric(names, int(one.is_well))
        failures.add_metric(names, one.receiver.failure_count)
    return (position, waiting, up, failures) if receivers else ()


def _of_kiosk(status: KioskStatus) -> Iterable[Metric]:
    yield _gauge("kiosk_start_timestamp_seconds", "When the kiosk was started.", status.started_at.timestamp())
    yield _gauge("kiosk_heartbeat_age_seconds", "Since the kiosk spoke last.", status.age_s())
    yield _gauge("kiosk_camera_up", "1 while the camera gives pictures.", int(status.camera.state == "ok"))
    yield _gauge("kiosk_database_up", "1 while the database answers the kiosk.", int(not status.database_away_since_at))
    yield _gauge("kiosk_events_waiting", "Events in the journal that wait for the database.", status.events_waiting)
    yield _gauge("kiosk_events_refused", "Events that the database refused.", status.events_refused)
    yield _gauge("kiosk_gallery_people", "People who can be recognised.", status.gallery_people)
    yield _gauge("kiosk_gallery_templates", "Templates in the gallery.", status.gallery_templates)
    if status.switch is not None:
        switch = GaugeMetricFamily("kiosk_switch_people", "People in a change of the embedder.", labels=("templates",))
        switch.add_metric(("new",), status.switch.changed)
        switch.add_metric(("old_only",), status.switch.left)
        yield switch
    yield _gauge("kiosk_stuck_threads", "Threads that no longer move.", len(status.stuck_threads))
    frames = CounterMetricFamily("kiosk_frames", "Frames since the start, by what became of them.", labels=("outcome",))
    for outcome, count in status.frames.model_dump().items():
        frames.add_metric((outcome,), count)
    yield frames
    decisions = CounterMetricFamily("kiosk_decisions", "New decisions since the start.", labels=("status",))
    for name, count in status.decisions.items():
        decisions.add_metric((name,), count)
    yield decisions
    yield _latency(status)


def _latency(status: KioskStatus) -> Metric:
    total, buckets = 0, []
    for bound, count in zip((*map(str, BUCKETS_S), "+Inf"), status.latency.bucket_counts, strict=True):
        total += count
        buckets.append((bound, float(total)))
    family = HistogramMetricFamily("kiosk_frame_seconds", "Work on one frame, from frame in hand to decisions.")
    family.add_metric((), buckets, status.latency.sum_s)
    return family


def _gauge(name: str, what: str, value: float) -> Metric:
    return GaugeMetricFamily(name, what, value=value)


def _seconds(at: datetime | None) -> float | None:
    return None if at is None else at.timestamp()

"""Builds the HTTP API."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from importlib.metadata import version

from fastapi import FastAPI

from db.session import Database
from db.time_limits import API_LIMITS
from kiosk.api.app import ApiServices, make_app
from kiosk.api.connections import ConnectionLimits
from kiosk.api.health_probe import HealthProbe
from kiosk.api.server import ServerConfig
from kiosk.api.system import InfoResponse
from kiosk.app.databases import open_database_or_wait
from kiosk.app.embedder_switch import restarted_for_other_embedder
from kiosk.app.health import build_device_probe
from kiosk.app.models import LoadedModels
from kiosk.app.service_threads import service_threads
from kiosk.app.services import installed_services
from kiosk.app.setting_store import build_setting_store
from kiosk.app.storage import build_audit_anchor
from kiosk.attendance.record_feed_service import RecordFeedService
from kiosk.config.settings import Settings
from kiosk.core.storage import TemporaryPhotographs, temporary_files_in
from kiosk.core.thread_pool import ThreadPool
from kiosk.domain.ports import Embedder
from kiosk.employees.scim_router import Scim
from kiosk.errors import ConfigurationError, StorageError
from kiosk.security.access_tokens import AccessTokens
from kiosk.security.audit_recorder import AuditRecorder
from kiosk.web.idempotency import StoredAnswers


@contextmanager
def open_api(settings: Settings, models: LoadedModels) -> Iterator[FastAPI]:
    """Build the application with connections and threads of its own, and install the services.

    A database that is away is answered with 503 until it is back. Raises ConfigurationError.
    """
    with ExitStack() as stack:
        database = stack.enter_context(open_database_or_wait(settings, API_LIMITS))
        stack.callback(_remember_audit_head, settings, database)
        TemporaryPhotographs(settings.data_dir).sweep()
        stack.enter_context(temporary_files_in(settings.data_dir))
        token_threads = stack.enter_context(closing(ThreadPool("tokens", 1)))
        # A connection each for /health, /metrics and the tokens, which are looked up however busy the others are.
        threads = stack.enter_context(service_threads(database, others=3))
        parts = ApiServices(
            tokens=AccessTokens(database),
            audit=AuditRecorder(database),
            heartbeat=stack.enter_context(closing(HealthProbe(database, build_device_probe(settings)))),
            token_threads=token_threads,
            database_threads=threads.database,
            inference=threads.inference,
            stored_answers=StoredAnswers(database, threads.database),
            scim=Scim(database),
            record_feed=RecordFeedService(database, threads.database),
            settings=build_setting_store(settings, database),
            info=_info(settings, models.embedder),
        )
        with (
            installed_services(settings, models, database, threads) as services,
            restarted_for_other_embedder(settings, models.embedder, database),
        ):
            app = make_app(
                parts, requests_per_minute=settings.api_requests_per_minute, cors_origins=settings.api_cors_origins
            )
            app.state.end_streams = services.feed.streams.end
            yield app


def _remember_audit_head(settings: Settings, database: Database) -> None:
    """Update the audit log's anchor; a log that does not fit it is reported by `kiosk audit verify`."""
    with suppress(StorageError, ConfigurationError):
        build_audit_anchor(settings).update(database)


def _info(settings: Settings, embedder: Embedder) -> InfoResponse:
    return InfoResponse(
        version=version("face-attendance-kiosk"),
        kiosk_id=settings.kiosk_id,
        detector=settings.detector,
        model_version=embedder.model_version,
        timezone=settings.timezone,
        event_mode=settings.event_mode,
    )


def build_server_config(settings: Settings) -> ServerConfig:
    return ServerConfig(
        host=settings.api_host,
        port=settings.api_port,
        certificate=settings.api_certificate,
        key=settings.api_key,
        plain_http=settings.api_plain_http,
        connections=ConnectionLimits(settings.api_connections, settings.api_connections_per_address),
    )

"""Settings over HTTP; tokens of the scope settings alone."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from db.setting_changes import SettingChange
from kiosk.config.setting_traits import SettingEffect, SettingGroup, SettingLevel, SettingScope
from kiosk.core.thread_pool import ThreadPool
from kiosk.domain.credentials import TokenScope
from kiosk.domain.types import MAX_ID
from kiosk.errors import InvalidInput, SettingRefused
from kiosk.settings.states import SettingState
from kiosk.settings.store import Seen, SettingStore
from kiosk.web.authentication import requires
from kiosk.web.problems import documented

router = APIRouter(prefix="/api/v1/settings", tags=["settings"], dependencies=[requires(TokenScope.SETTINGS)])
Name = Annotated[str, Path(min_length=1, max_length=100, description="as in docs/settings.md, such as cooldown_s")]


class SettingResponse(BaseModel):
    """One setting. Values are texts, as in .env."""

    name: str
    value: str = Field(description="that holds on the machine that answers")
    level: SettingLevel = Field(description="what has decided it")
    place: str = Field(description="of that: the variable, or the file and line; empty for office and default")
    is_fixed: bool = Field(description="a higher level has decided it, and no token can change it")
    office_value: str | None = Field(description="what is set for the office; null for nothing")
    scope: SettingScope
    group: SettingGroup
    effect: SettingEffect = Field(description="when a change takes effect")

    @classmethod
    def of(cls, state: SettingState) -> SettingResponse:
        traits = state.traits
        return cls(
            name=state.name,
            value=state.value,
            level=state.origin.level,
            place=state.origin.place,
            is_fixed=state.origin.level.is_fixed or traits.scope is SettingScope.MACHINE,
            office_value=state.office_value,
            scope=traits.scope,
            group=traits.group,
            effect=traits.effect,
        )


class SettingRequest(BaseModel):
    """value: for the office, as in .env. seen: what was set for the office when it was looked at, null for nothing."""

    model_config = ConfigDict(extra="forbid")

    value: str = Field(max_length=10_000)
    seen: str | None = Field(None, max_length=10_000)


class SettingChangeResponse(BaseModel):
    """One change. device: null for the whole office. Values with a password are masked."""

    id: int
    name: str
    device: str | None
    old_value: str | None
    new_value: str | None
    changed_by: str
    changed_at: datetime

    @classmethod
    def of(cls, change: SettingChange) -> SettingChangeResponse:
        return cls(
            id=change.id,
            name=change.name,
            device=change.kiosk_id,
            old_value=change.old_value,
            new_value=change.new_value,
            changed_by=change.changed_by,
            changed_at=change.changed_at,
        )


@router.get("", responses=documented())
async def list_settings(request: Request) -> list[SettingResponse]:
    """List all settings, with what has decided each on the machine that answers."""
    store, threads = _parts(request)
    return [SettingResponse.of(state) for state in await threads.run(store.states)]


@router.get("/changes", responses=documented(404, 422))
async def list_setting_changes(
    request: Request, name: Annotated[str | None, Query(max_length=100, description="of one setting alone")] = None
) -> list[SettingChangeResponse]:
    """List the last changes, the newest first."""
    store, threads = _parts(request)
    return [SettingChangeResponse.of(one) for one in await threads.run(store.history, name)]


@router.post("/changes/{number}/undo", responses=documented(404, 409, 422))
async def undo_setting_change(request: Request, number: Annotated[int, Path(ge=1, le=MAX_ID)]) -> SettingResponse:
    """Set again what stood before a change for the office; 409 where it was changed again since."""
    store, threads = _parts(request)

    def undo() -> SettingState:
        change = store.change(number)
        if change.kiosk_id is not None:
            raise SettingRefused(f"change {number} is of one device; undo it there: kiosk settings undo {number}")
        store.undo(change)
        return store.state(change.name)

    return SettingResponse.of(await threads.run(undo))


@router.get("/{name}", responses=documented(404, 422))
async def get_setting(request: Request, name: Name) -> SettingResponse:
    """Get one setting."""
    store, threads = _parts(request)
    return SettingResponse.of(await threads.run(store.state, name))


@router.put("/{name}", responses=documented(400, 404, 409, 413, 415, 422))
async def put_setting(request: Request, name: Name, sent: SettingRequest) -> SettingResponse:
    """Set a value for the whole office; 409 where it is fixed, or was changed since it was seen."""
    store, threads = _parts(request)
    seen = sent.seen if "seen" in sent.model_fields_set else Seen.NOT_ASKED

    def put() -> SettingState:
        try:
            store.set(name, sent.value, SettingLevel.OFFICE, seen)
        except InvalidInput as error:
            raise InvalidInput(f"{name}: {error}") from error
        return store.state(name)

    return SettingResponse.of(await threads.run(put))


@router.delete("/{name}", responses=documented(404, 409, 422))
async def delete_setting(request: Request, name: Name) -> SettingResponse:
    """Take back what is set for the office; the level below decides again."""
    store, threads = _parts(request)

    def unset() -> SettingState:
        store.set(name, None, SettingLevel.OFFICE)
        return store.state(name)

    return SettingResponse.of(await threads.run(unset))


def _parts(request: Request) -> tuple[SettingStore, ThreadPool]:
    state = request.app.state
    return state.settings, state.database_threads

"""What is published over MQTT: topics and payloads; nothing here is a command, and nothing is ever subscribed to."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from kiosk.attendance.feed_schemas import ChangeResponse
from kiosk.domain.attendance_log import FeedEntry
from kiosk.domain.types import AttendanceEvent
from kiosk.receivers.office_state import OfficeState, PersonState

ONLINE, OFFLINE = b"online", b"offline"
SECRET_FIELDS = frozenset({"confidence", "actor", "corrected_by", "correction_reason"})
"""What a broker has no need to know: who corrected an event, why, and how alike a face was."""


class PersonKey(StrEnum):
    """What stands for a person in topics and payloads."""

    ID = "id"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Message:
    """One message. payload: JSON or a word; empty to clear a retained topic. retain: the broker keeps the last one."""

    topic: str
    payload: bytes
    retain: bool = False


@dataclass(frozen=True, slots=True)
class MqttMessages:
    """Makes the messages of one receiver.

    Attributes:
        base: what all topics but those of Home Assistant's discovery begin with, without a slash at the end.
        key: what stands for a person; somebody without a personnel number is told by id.
        names: whether full names may be published.
        retains_people: whether the broker may keep who somebody is.
    """

    base: str
    key: PersonKey = PersonKey.ID
    names: bool = False
    retains_people: bool = False

    @property
    def availability_topic(self) -> str:
        return f"{self.base}/availability"

    @property
    def event_topic(self) -> str:
        return f"{self.base}/event"

    @property
    def last_event_topic(self) -> str:
        return f"{self.base}/last_event"

    @property
    def people_in_topic(self) -> str:
        return f"{self.base}/people_in"

    @property
    def health_topic(self) -> str:
        return f"{self.base}/health"

    def availability(self, is_online: bool) -> Message:
        return Message(self.availability_topic, ONLINE if is_online else OFFLINE, retain=True)

    def change(self, entry: FeedEntry, now: datetime) -> Message:
        """Return a change as the feed tells it, late by now: what waited for the broker is not happening any more."""
        content = ChangeResponse.of(entry).model_dump(mode="json")
        content["late"] = entry.is_old_at(now)
        return Message(self.event_topic, _json(self._without_secrets(content)))

    def state(self, office: OfficeState) -> tuple[Message, ...]:
        """Return who is in, as far as that may be kept, and the last event; all of it retained."""
        messages = [
            Message(self.people_in_topic, str(office.people_in).encode(), retain=True),
            Message(
                self.last_event_topic, b"" if office.last is None else self._last(office, office.last), retain=True
            ),
        ]
        if self.retains_people:
            messages += [self._presence(person) for person in office.people]
        return tuple(messages)

    def health(self, grade: str, faults: Mapping[str, str]) -> Message:
        """Return the door's health. faults: the code of each check that is not in order, by its name."""
        return Message(self.health_topic, _json({"state": grade, "faults": dict(faults)}), retain=True)

    def _presence(self, person: PersonState) -> Message:
        since = None if person.since_at is None else person.since_at.isoformat()
        content = {"in": since is not None, "since": since} | self._who(person)
        return Message(self.presence_topic(person), _json(content), retain=True)

    def _who(self, person: PersonState) -> dict[str, Any]:
        content: dict[str, Any] = {"employee_id": person.employee_id}
        if self.key is PersonKey.NUMBER:
            content["external_id"] = person.external_id
        if self.names:
            content["full_name"] = person.full_name
        return content

    def presence_topic(self, person: PersonState) -> str:
        """Return a topic that no other person can have: numbers are told apart from ids, and their signs escaped."""
        if self.key is PersonKey.NUMBER and person.external_id is not None:
            return f"{self.base}/presence/number/{topic_level(person.external_id)}"
        return f"{self.base}/presence/id/{person.employee_id}"

    def _last(self, office: OfficeState, event: AttendanceEvent) -> bytes:
        content: dict[str, Any] = {
            "event_type": event.event_type.value,
            "timestamp": event.occurred_at.isoformat(),
            "kiosk_id": event.kiosk_id,
            "method": event.method.value,
        }
        person = next((one for one in office.people if one.employee_id == event.employee_id), None)
        if self.retains_people and person is not None:
            content |= self._who(person)
        return _json(content)

    def _without_secrets(self, content: dict[str, Any]) -> dict[str, Any]:
        event = content["event"]
        if event is not None:
            event = {name: value for name, value in event.items() if name not in SECRET_FIELDS}
            if not self.names:
                del event["full_name"]
            if self.key is not PersonKey.NUMBER:
                del event["external_id"]
        told = {name: value for name, value in content.items() if name not in SECRET_FIELDS}
        return told | {"event": event}


def topic_level(text: str) -> str:
    """Return a text that is safe as one level of a topic: + and # are wildcards, / parts levels, $ begins the broker's.

    Different texts stay different.
    """
    return "".join(sign if sign.isalnum() or sign in "-_." else f"%{ord(sign):02X}" for sign in text)


def _json(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8")

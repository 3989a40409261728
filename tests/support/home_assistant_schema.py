"""Checks what Home Assistant is told against its own schema; run by a Python that has its package, which no test needs.

python3 -m venv ha && ha/bin/pip install homeassistant paho-mqtt
mosquitto_sub -h BROKER -t 'homeassistant/#' --retained-only -W 2 -F '%t %p' >told
ha/bin/python tests/support/home_assistant_schema.py <told
"""

from __future__ import annotations

import importlib
import json
import sys


def main() -> None:
    """Each line of standard input: a topic and its payload. Ends with 1 when one of them is refused."""
    refused = 0
    for line in sys.stdin:
        topic, _, payload = line.partition(" ")
        component = topic.split("/")[1]
        schema = importlib.import_module(f"homeassistant.components.mqtt.{component}").DISCOVERY_SCHEMA
        try:
            schema(json.loads(payload))
        except Exception as error:  # voluptuous has many kinds
            refused += 1
            sys.stdout.write(f"refused: {topic}: {error}\n")
        else:
            sys.stdout.write(f"taken: {topic}\n")
    sys.exit(1 if refused else 0)


if __name__ == "__main__":
    main()

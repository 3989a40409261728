"""Serves a published HR system's receiver of attendance terminals, as it is, in a process of its own."""

from __future__ import annotations

import sys
from typing import Any

import uvicorn
from fastapi import FastAPI
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker
from tungsten import Panel
from tungsten_hr import HRPlugin


def main() -> None:
    """Arguments: port, file of its SQLite database, and "accept" to take terminals that nobody has entered."""
    port, database, *accept = sys.argv[1:]
    engine = create_engine(f"sqlite:///{database}")
    sessions = sessionmaker(engine, expire_on_commit=False)
    panel: Any = Panel(path="/admin", session_factory=sessions, secret_key="none")  # noqa: S106  of a test
    panel.plugin(HRPlugin(auto_accept_devices=bool(accept)))
    panel.create_tables(engine)
    app = FastAPI()
    panel.mount(app)
    uvicorn.run(app, host="127.0.0.1", port=int(port), log_level="warning")


if __name__ == "__main__":
    main()

"""Aliases of tables are made where they are used: threads that first use one together leave it broken for good."""

from __future__ import annotations

import importlib
import pkgutil

from sqlalchemy.orm.util import AliasedClass

import db


def test_no_module_keeps_an_alias() -> None:
    modules = [importlib.import_module(found.name) for found in pkgutil.walk_packages(db.__path__, "db.")]
    assert len(modules) > 40
    kept = [f"{one.__name__}.{name}" for one in modules for name, it in vars(one).items() if type(it) is AliasedClass]
    assert kept == []

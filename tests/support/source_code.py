"""The product's source code as syntax trees: what is defined in it, and what is called with which arguments."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache

from kiosk.config.paths import PROJECT_DIR

ROOMS = ("kiosk", "db", "alembic")


@cache
def trees() -> tuple[ast.Module, ...]:
    paths = [path for room in ROOMS for path in sorted((PROJECT_DIR / room).rglob("*.py"))]
    return tuple(ast.parse(path.read_text(encoding="utf-8"), str(path)) for path in paths)


def calls(function: str) -> Iterator[list[ast.expr]]:
    """The positional arguments of each call of a function or class, by its bare name."""
    for tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == function:
                yield node.args


def text_of(argument: ast.expr) -> str | None:
    """The value of a string that is written out, None for anything else."""
    return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else None


@cache
def definitions() -> dict[str, set[str]]:
    """Class -> its methods and annotated attributes; "" -> all functions, classes and annotated variables."""
    found: dict[str, set[str]] = {"": set()}
    for node in (node for tree in trees() for node in ast.walk(tree)):
        if isinstance(node, ast.ClassDef):
            found.setdefault(node.name, set()).update(_members(node))
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            found[""].add(node.name)
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found[""].add(node.target.id)
    return found


def _members(node: ast.ClassDef) -> Iterator[str]:
    for member in node.body:
        if isinstance(member, ast.FunctionDef | ast.AsyncFunctionDef):
            yield member.name
        elif isinstance(member, ast.AnnAssign) and isinstance(member.target, ast.Name):
            yield member.target.id

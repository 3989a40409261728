"""One name, one class: whoever reads a name need not ask from which room it is."""

from __future__ import annotations

import ast
from collections import Counter

from support.source_code import trees


def test_no_two_classes_have_one_name() -> None:
    classes = Counter(node.name for tree in trees() for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    assert {"EmployeeService", "KioskWindow", "EmployeeRow"} <= classes.keys()
    assert [name for name, count in classes.items() if count > 1] == []

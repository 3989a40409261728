"""Pairs of people whom an administrator has judged to be two; within the caller's transaction.

A judgement is a row of the audit log and stands nowhere else. It ends when either face is erased: who is enrolled
afterwards has not been judged.
"""

from __future__ import annotations

import json
from typing import TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import audit_log
from db.tables import AuditRow

ACTION = "judge_pair"
Pair: TypeAlias = tuple[int, int]
"""Numbers of two employees, the smaller one first."""


def pair_of(employee_id: int, other_id: int) -> Pair:
    return min(employee_id, other_id), max(employee_id, other_id)


def record_judgement(session: Session, employee_id: int, other_id: int, actor: str, *, are_two: bool) -> None:
    """Append the judgement: two different people, or one person."""
    first, second = pair_of(employee_id, other_id)
    audit_log.append(session, actor, ACTION, f"employee:{first}", {"other": second, "are_two": are_two})


def pairs_told_apart(session: Session) -> frozenset[Pair]:
    """Return the pairs that were judged to be two people, by the latest judgement of each."""
    rows = session.execute(
        select(AuditRow.action, AuditRow.subject, AuditRow.details)
        .where(AuditRow.action.in_((ACTION, "erase")))
        .order_by(AuditRow.id)
    )
    apart: set[Pair] = set()
    for action, subject, details in rows:
        number = int((subject or "employee:0").removeprefix("employee:"))
        if action == "erase":
            apart = {pair for pair in apart if number not in pair}
            continue
        judged = json.loads(details)
        pair = pair_of(number, int(judged["other"]))
        if judged["are_two"]:
            apart.add(pair)
        else:
            apart.discard(pair)
    return frozenset(apart)

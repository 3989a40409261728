"""The table of the departments that people belonged to before."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import NEVER_REUSE_IDS, Base
from db.types import UtcDateTime, utc_now


class FormerDepartmentRow(Base):
    """A department that somebody has left; the present one stands with the employee.

    Attributes:
        department: None for the time without one.
        until_at: when it was changed.
    """

    __tablename__ = "former_departments"
    __table_args__ = (NEVER_REUSE_IDS,)

    id: Mapped[int] = mapped_column(primary_key=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employees.id", ondelete="CASCADE"), index=True)
    department: Mapped[str | None] = mapped_column(Text)
    until_at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=utc_now())

"""A head of the audit log as people write it down and type it again."""

from __future__ import annotations

import pytest

from db.audit_log import AuditHead
from kiosk.errors import ConfigurationError
from kiosk.security.audit_heads import read_head, write_head

HASH = "0123456789abcdef" * 4
HEAD = AuditHead(1234, HASH)

READ = {
    "as it is printed": write_head(HEAD),
    "as the anchor has it": f"1234 {HASH}\n",
    "from the system's journal": f"2026-11-28T03:00:00.000Z INFO audit.head rows=1234 hash={HASH}",
    "typed in groups": "1234  " + " ".join(HASH[i : i + 8] for i in range(0, 64, 8)),
    "over two lines": f"1234\n{HASH[:32]}\n{HASH[32:]}",
}
REFUSED = {
    "nothing": "",
    "no number": HASH,
    "too short": f"1234 {HASH[1:]}",
    "too long": f"1234 {HASH}0",
    "no hexadecimal": f"1234 {HASH[1:]}g",
    "a number alone": "1234",
}


@pytest.mark.parametrize("name", READ)
def test_head_is_read_as_it_was_kept(name: str) -> None:
    assert read_head(READ[name]) == HEAD


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_head_is_refused(name: str) -> None:
    with pytest.raises(ConfigurationError, match="64 characters"):
        read_head(REFUSED[name])


def test_written_head_needs_a_qr_codes_small_alphabet_alone() -> None:
    assert write_head(HEAD) == f"1234 {HASH.upper()}"

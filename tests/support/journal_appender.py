"""Writes events into a journal for ever, and says each one's trace id as soon as the journal has answered for it.

Now and then some count as recorded, which is said before, and the file is written anew without them.
"""

import sys
from pathlib import Path

from kiosk.attendance import journal as journal_module
from kiosk.attendance.journal import Journal
from support.builders import event

journal_module.MAX_SETTLED_EVENTS = 25
journal = Journal(Path(sys.argv[1]))
while True:
    one = event(1 + journal.pending_count % 40)
    journal.append(one)
    print("written", one.trace_id, flush=True)  # noqa: T201
    if journal.pending_count >= 30:
        recorded = [waiting.trace_id for waiting in journal.pending(10)]
        print(*(f"recorded {trace_id}\n" for trace_id in recorded), sep="", end="", flush=True)  # noqa: T201
        journal.mark_recorded(recorded)

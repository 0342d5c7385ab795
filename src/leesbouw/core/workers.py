"""Which process of which machine does a piece of work, and whether that process has ended for certain.

A number of a process is used again, and means nothing on another machine, in another container or for somebody who may
not see the process. So a name holds all of that; a name from elsewhere never counts as ended.
"""

from __future__ import annotations

import os
from pathlib import Path

PROC = Path("/proc")
BOOT = PROC / "sys/kernel/random/boot_id"
GONE = frozenset("ZX")  # ended, and at most not yet noticed by its parent


def name_of(number: int) -> str:
    """The name of the process with that number; empty on a system that cannot tell."""
    try:
        return f"{place()}/{number}/{_began(number)}"
    except OSError:
        return ""


def has_ended(name: str) -> bool:
    """Whether the process of that name ended. False whenever that is not certain."""
    try:
        where, number, began = name.rsplit("/", 2)
        if where != place():
            return False
    except (OSError, ValueError):
        return False
    try:
        return _began(int(number)) != began
    except (FileNotFoundError, ProcessLookupError):
        return True
    except (OSError, ValueError):
        return False


def place() -> str:
    """The start of the machine, the room that numbers of processes count in, and who may see them."""
    return f"{BOOT.read_text().strip()}/{os.readlink(PROC / 'self/ns/pid')}/{os.getuid()}"


def _began(number: int) -> str:
    """When the process began, in ticks since the start of the machine; empty once it ended."""
    _, _, after = (PROC / str(number) / "stat").read_text(errors="replace").rpartition(")")
    words = after.split()
    return "" if words[0] in GONE else words[19]

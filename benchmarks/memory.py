"""How much memory a process has had."""

from __future__ import annotations

import os
from pathlib import Path


def peak_megabytes(pid: int | None = None) -> float:
    """The most memory that a process has had since its program was loaded, or nothing where the
    system does not say; what getrusage tells begins with the memory of the process that started it.

    Args:
        pid: Which; without it, this one.
    """
    try:
        status = Path(f"/proc/{pid or os.getpid()}/status").read_text(encoding="ascii")
    except OSError:
        return float("nan")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024

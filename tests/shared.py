"""Public test data that lies beside a checkout, where it does."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


def shared(name: str) -> Path:
    """The file or folder ``name`` of the shared data; the test is skipped where it is missing."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"the shared data has no {name} here")
    return path

"""The garbage collector while a program starts and while it runs.

What is being loaded stays for good, and the collector would go through all of it several times.
"""

from __future__ import annotations

import gc

_COLLECT_AFTER = 20_000
"""Allocations after which young objects are collected: frames of the page make many short-lived
ones, and a collection in the middle of one shows."""


def rest() -> None:
    """Let the collector do nothing while things are being loaded."""
    gc.disable()


def tame() -> None:
    """Let it come seldom from now on."""
    gc.set_threshold(_COLLECT_AFTER)
    gc.enable()


def spare() -> None:
    """Let it pass over what is there now for good, and come seldom."""
    gc.freeze()
    tame()

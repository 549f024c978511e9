"""What every benchmark prints: the machine, the disk, a figure beside its target."""

import os
import platform
import sys
from pathlib import Path

from archiver.disk.probe import probe


def machine(folder: Path) -> None:
    """One line about where this runs."""
    found = probe(folder)
    print(
        f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, "
        f"fsync of 4 KiB {found.sync_ms:.2f} ms (meant for ≤ 1 ms)"
    )


def figure(name: str, value: float, target: float, unit: str, *, least: bool = False) -> None:
    """One figure with its target; a ratio of 1 or more means that the target is reached."""
    ratio = value / target if least else target / value if value else float("inf")
    sign = "≥" if least else "≤"
    print(f"{name}: {value:.3f} {unit} (target {sign} {target:g}; ratio {ratio:.2f})")
    sys.stdout.flush()

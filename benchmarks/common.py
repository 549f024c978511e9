"""What every benchmark prints: the machine, the disk, a figure beside its target."""

import os
import platform
import sys
from pathlib import Path

from archiver.disk.probe import probe

COMMON = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面"
    "而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把"
)
"""The commonest Han characters, to fill pages with."""


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

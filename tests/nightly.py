"""How thorough this run is: by day a share that fits beside people's work, by night everything.

`make nightly`, or `ARCHIVER_NIGHTLY=1` before any call of pytest: every act of every story is cut
off, every refusal is tried at every act, and each property meets many times as many examples, new
ones every time. By day the examples and the acts are the same in every run.
"""

import os

NIGHTLY = os.environ.get("ARCHIVER_NIGHTLY", "") not in {"", "0"}
"""Whether everything is asked for."""
_TIMES = 20


def often(count: int) -> int:
    """How often this run does what it does `count` times by day."""
    return count * _TIMES if NIGHTLY else count

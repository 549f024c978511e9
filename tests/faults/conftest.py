"""Faults run the same code thousands of times, and what only they reach is not covered by them."""

import pytest


@pytest.fixture(autouse=True)
def _unmeasured(unmeasured: None) -> None:
    """See there."""

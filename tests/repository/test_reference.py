"""The reference says what the program does now."""

from tools.reference.__main__ import PAGE
from tools.reference.page import page


def test_the_committed_reference_is_what_the_program_gives_now() -> None:
    """When it is not: make reference."""
    assert PAGE.read_text(encoding="utf-8") == page()

"""Keys, the way through the queue, drafts: decided without a terminal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.core.model import Customer, CustomerId, DocumentId, Standing
from archiver.review.turns import Draft, Key, Newcomer, Round, is_new, key_of, known_id

PAPERS = tuple(DocumentId(f"D{at:06d}") for at in range(1, 6))


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("y", Key.ACCEPT),
        ("Y", Key.ACCEPT),
        ("ｙ", Key.ACCEPT),
        ("Ｃ", Key.CUSTOMER),
        ("？", Key.HELP),
        ("h", Key.HELP),
        (" ", Key.SKIP),
        ("\u3000", Key.SKIP),
        ("\r", Key.ENTER),
        ("\n", Key.ENTER),
        ("\x1b[D", Key.BACK),
        ("\x1b[C", Key.SKIP),
        ("\x1b[A", None),
        ("是", None),
        ("yy", None),
        ("", None),
    ],
)
def test_what_a_key_means(typed: str, key: Key | None) -> None:
    assert key_of(typed) is key


@given(st.lists(st.sampled_from(["on", "back", "settle"]), max_size=40), st.integers(0, 5))
def test_the_way_through_the_queue(moves: list[str], count: int) -> None:
    """Whatever is pressed, a settled paper is never shown again, and the end is reached."""
    here = Round(PAPERS[:count])
    for move in moves:
        if here.paper is None:
            break
        if move == "settle":
            here = here.settle([here.paper]).onward()
        else:
            before = here.at
            here = here.back() if move == "back" else here.onward()
            assert here.at <= before if move == "back" else here.at > before
        assert here.paper not in here.settled
        assert 0 <= here.at <= count
    for _ in range(count + 1):
        here = here.onward()
    assert here.paper is None


def test_what_is_said_goes_over_what_is_proposed() -> None:
    old = Customer(CustomerId("C0001"), "甲", "甲", "customer", Standing.ACTIVE, ("甲",), ())
    proposal = Draft(old, None)
    assert not proposal.complete
    said = Draft(None, "contract").over(proposal)
    assert said == Draft(old, "contract")
    assert said.complete
    assert Draft(Newcomer("乙")).over(proposal).whose == Newcomer("乙")
    assert (is_new(old), is_new(Newcomer("乙"))) == (False, True)
    assert (known_id(old), known_id(Newcomer("乙"))) == ("C0001", None)

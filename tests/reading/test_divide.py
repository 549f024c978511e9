"""Where a batch is divided: the papers are exactly the runs between what divides."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from archiver.reading.divide import Cut, Leaf, Run, runs

LEAVES = st.lists(st.sampled_from(Leaf), max_size=24)
CUTS = st.builds(Cut, st.booleans(), st.sampled_from([None, "ARCHIVER-NEXT"]))
P, B, S = Leaf.PAPER, Leaf.BLANK, Leaf.SEPARATOR


@given(LEAVES, CUTS)
def test_the_papers_are_the_runs_between_what_divides(leaves: list[Leaf], cut: Cut) -> None:
    found = runs(leaves, cut)
    inside = [number for run in found for number in range(run.first, run.last + 1)]
    assert inside == sorted(set(inside)), "in order, no page twice"
    papers = [number for number, leaf in enumerate(leaves, start=1) if leaf is P]
    assert [number for number in inside if leaves[number - 1] is P] == papers, "none is lost"
    dividing = {S, B} if cut.blank else {S}
    assert not any(leaves[number - 1] in dividing for number in inside)
    for run in found:
        assert leaves[run.first - 1] is leaves[run.last - 1] is P, "no empty sides at the ends"
    for before, after in pairwise(found):
        between = leaves[before.last : after.first - 1]
        assert dividing & set(between), "what is divided has a reason to be"


@given(st.lists(st.sampled_from([B, S]), max_size=12), CUTS)
def test_where_nothing_is_there_is_no_paper(leaves: list[Leaf], cut: Cut) -> None:
    assert runs(leaves, cut) == ()


def test_blank_back_sides_stay_within_a_paper_that_only_sheets_divide() -> None:
    duplex = [P, B, P, B, S, B, P, B]
    assert runs(duplex, Cut(False, "X")) == (Run(1, 3), Run(7, 7))
    assert runs(duplex, Cut(True, "X")) == (Run(1, 1), Run(3, 3), Run(7, 7))
    assert [str(run) for run in runs(duplex, Cut(False, "X"))] == ["1-3", "7"]

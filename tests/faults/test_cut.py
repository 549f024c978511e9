"""Cuts the power after an act on the disk, and forgets in turn what had not been synced.

After the first act and the last, and after every commit, link, rename and unlink; of the acts
between (files made and written, syncs, folders) after every fourth by day, after each by night.
"""

import pytest

from tests.faults.harness import holds, prepared, recorded
from tests.faults.mains import MODES
from tests.faults.stories import STORIES
from tests.nightly import NIGHTLY

HOW = MODES if NIGHTLY else ("kept", "lost")
EVERY = 1 if NIGHTLY else 4


@pytest.mark.usefixtures("unmeasured")
@pytest.mark.parametrize("name", STORIES)
def test_a_story_survives_a_cut_of_the_power(name: str) -> None:
    story, count = STORIES[name], 0
    with prepared(story) as world:
        for state in recorded(story, world, HOW, every=EVERY):
            try:
                holds(story, state)
            except BaseException as error:
                error.add_note(f"act {state.name}")
                raise
            count += 1
    assert count > 8, "the acts are not seen any more"

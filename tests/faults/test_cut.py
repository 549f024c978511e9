"""Cuts the power after every act on the disk, and forgets in turn what had not been synced."""

import pytest

from tests.faults.harness import holds, prepared, recorded
from tests.faults.stories import STORIES


@pytest.mark.parametrize("name", STORIES)
def test_a_story_survives_a_cut_after_every_act(name: str) -> None:
    story, count = STORIES[name], 0
    with prepared(story) as world:
        for state in recorded(story, world, ("kept", "lost")):
            try:
                holds(story, state)
            except BaseException as error:
                error.add_note(f"act {state.name}")
                raise
            count += 1
    assert count > 8, "the acts are not seen any more"

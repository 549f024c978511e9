"""What is printed for a state can be typed."""

import pytest

from archiver.core.normalise import searchable
from archiver.declarations.codes import PAPER_STATES, STATES, called
from archiver.declarations.states import GONE, paper_state
from archiver.declarations.words import LANGUAGES, speaking
from archiver.judge.evaluate import State
from archiver.search import query


@pytest.mark.parametrize("shown_in", LANGUAGES)
@pytest.mark.parametrize("asked_in", LANGUAGES)
def test_every_word_shown_for_a_state_is_known_in_any_language(
    shown_in: str, asked_in: str
) -> None:
    with speaking(shown_in):
        words = {(table, code): called(dict(table), code) for table, code in shown()}
    with speaking(asked_in):
        for (_, code), word in words.items():
            assert paper_state(searchable(word)) == paper_state(searchable(code)) is not None


def shown() -> list[tuple[tuple[tuple[str, str], ...], str]]:
    return [(tuple(table.items()), code) for table in (PAPER_STATES, STATES) for code in table]


def test_a_paper_has_one_of_the_states_of_a_search_unless_it_is_gone() -> None:
    assert tuple(PAPER_STATES) == query.STATES
    assert {paper_state(code) for code in PAPER_STATES} == set(query.STATES)
    assert {code for code in STATES if paper_state(code.casefold()) == GONE} == {
        State.DESTROYED,
        State.WITHDRAWN,
    }
    assert {paper_state(one.casefold()) for one in State} == {*query.STATES, GONE}


@pytest.mark.parametrize(
    ("word", "state"),
    [("保管", "retained"), ("到期", "due"), ("红", None), ("", None), ("gone", None)],
)
def test_short_words_and_others(word: str, state: str | None) -> None:
    assert paper_state(word) == state

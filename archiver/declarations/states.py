"""States as a search is asked for them: every word that a person is shown for one can be typed."""

from collections.abc import Iterable, Mapping
from functools import cache

from archiver.core.normalise import searchable
from archiver.declarations.codes import PAPER_STATES, STATES
from archiver.declarations.words import LANGUAGES, speaking, translate

GONE = "gone"
"""What no search finds, because it is not in the archive any more."""
_SHORT = {"保管": "retained", "到期": "due"}
_COARSER = {
    **dict.fromkeys(("UNSCHEDULED", "AWAITING_TRIGGER", "EXCEPTION"), "undetermined"),
    "RETAINED": "retained",
    **dict.fromkeys(("DUE", "IN_REVIEW", "APPROVED"), "due"),
    "PERMANENT": "permanent",
    **dict.fromkeys(("DESTROYED", "WITHDRAWN"), GONE),
}
"""State of retention → the state as which the index, which knows only days, finds it."""


def paper_state(text: str) -> str | None:
    """The code of `PAPER_STATES`, or `GONE`, that searchable `text` names; None for no state."""
    return _names().get(text)


@cache
def _names() -> Mapping[str, str]:
    """Every word for a state → the state: codes, and what they are called in either language."""
    found = dict(_SHORT)
    for lang in LANGUAGES:
        with speaking(lang):
            found.update(_called(PAPER_STATES, {code: code for code in PAPER_STATES}))
            found.update(_called(STATES, _COARSER))
    return found


def _called(words: Mapping[str, str], meant: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    for code, word in words.items():
        yield searchable(code), meant[code]
        yield searchable(translate(word)), meant[code]

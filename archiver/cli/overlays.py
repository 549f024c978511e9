"""What is shown beside the state of a record, and never hides it."""

from archiver.cli.output import Row, Value, plain
from archiver.core.errors import N_
from archiver.declarations.codes import STATES, called
from archiver.declarations.words import listing, translate
from archiver.judge.evaluate import Answer, Block

_MARKS = {
    "held": N_("held"),
    "incident": N_("damaged"),
    "restricted": N_("restricted"),
    "legal_review": N_("legal review"),
    "pending_shortening": N_("shorter waits"),
}
"""Overlay → the word for it in a list."""
_PEOPLE = {"OVERRIDE": N_("people"), "REVIEW": N_("appraisal")}
"""What decides beside rules."""


def overlays(answer: Answer | None) -> dict[str, Value]:
    """The published keys; nothing applies to a record that is gone (None)."""
    return {
        "held": bool(answer and answer.held),
        "pending_shortening": bool(answer and answer.pending_shortening),
        "incident": bool(answer and answer.incident),
        "restricted": bool(answer and answer.restricted),
        "legal_review": bool(answer and answer.legal_review),
    }


def state_with_marks(row: Row) -> str:
    """The state of a record in a word, and every overlay that applies to it behind."""
    marks = [word for key, word in _MARKS.items() if row[key]]
    if row["block_reason"] == Block.GRACE_PERIOD:
        marks.append(N_("in grace"))
    state = called(STATES, plain(row["state"]))
    if not marks:
        return state
    told = translate(N_("{state}: {marks}"))
    return told.format(state=state, marks=listing(map(translate, marks)))


def rule_names(value: Value) -> str:
    """Ids of rules; people who decide beside them by a word."""
    found = value if isinstance(value, list | tuple) else ()
    ids = map(plain, found)
    return listing(called(_PEOPLE, one) if one in _PEOPLE else one for one in ids)

"""Codes of the program: what a script gets, and what a person reads."""

from collections.abc import Mapping

from archiver.core.errors import ExitCode
from archiver.custody.person import ACTS, AGREES
from archiver.declarations import codes
from archiver.declarations.sentences import SENTENCES
from archiver.judge.facts import ENDS, HAPPENS_ONLY_TO, RAISES, STARTS
from tools.reference.markdown import table

_EXITS = {
    ExitCode.FINE: "fine; also: no hits, a clean stop on SIGTERM",
    ExitCode.BUG: "a bug: please report it with what was printed",
    ExitCode.USAGE: "the words of the command do not fit",
    ExitCode.DECLARATIONS: "a rule, index or settings file cannot be followed",
    ExitCode.PERSON_NEEDED: "done, and a person is needed (review, quarantine)",
    ExitCode.DAMAGE: "stored bytes or entries are not what was recorded",
    ExitCode.BUSY: "another process holds what is needed; nothing was done",
    ExitCode.ENGINE: "an engine is missing or unknown, or the vault is a newer program's",
    ExitCode.REFUSED: "refused by a rule",
    ExitCode.STORE: "the store refused: full, read-only, gone",
    ExitCode.INTERRUPTED: "interrupted",
}
_PUBLISHED = (
    ("outcome", codes.OUTCOMES),
    ("state", codes.STATES),
    ("act of two people", codes.ACTS),
    ("state of such an act", codes.ACT_STATES),
    ("kind of party", codes.PARTIES),
    ("standing of a customer", codes.STANDINGS),
    ("kind of fault (`check`)", codes.FAULTS),
    ("basis of a rule", codes.BASES),
)


def exits() -> str:
    """Exit codes. Every one must be explained here."""
    told = table(("code", "meaning"), ((f"{one.value}", _EXITS[one]) for one in ExitCode))
    return f"{told}\nSeveral at once: the first of 5, 9, 8, 4.\n"


def roles() -> str:
    """Which roles an act takes, and which of them may say yes to it."""
    second = [kind for kind in ACTS if kind in codes.ACTS]
    rows = (
        (
            f"`{act}`",
            ", ".join(f"`{role}`" for role in roles),
            ", ".join(f"`{role}`" for role in roles if role in AGREES) if act in second else "",
        )
        for act, roles in ACTS.items()
    )
    return (
        "While `vault.toml` declares no `[[person]]`, everybody may do everything. What stands in\n"
        "no line takes no role: dropping, searching, looking, checking, reporting, backing up.\n\n"
    ) + table(("act", "who may do or propose it", "who may confirm it"), rows)


def events() -> str:
    """What `archiver event add` takes, and what it does."""
    effects = (
        (STARTS, "may start a period"),
        (tuple(RAISES), "makes the customer's whole archive permanent, once recorded"),
        (tuple(ENDS), "ends the matter; the archive stays permanent"),
    )
    rows = [
        (f"`{code}`", codes.EVENTS[code], effect, _whom(code))
        for several, effect in effects
        for code in several
    ]
    return table(("event", "called", "effect", "happens to"), rows)


def _whom(code: str) -> str:
    kinds = HAPPENS_ONLY_TO.get(code)
    return ", ".join(sorted(kinds)) if kinds else "any"


def others() -> str:
    """Small sets of codes."""
    return "\n".join(_set(what, words) for what, words in _PUBLISHED)


def _set(what: str, words: Mapping[str, str]) -> str:
    return table((what, "called"), ((f"`{code}`", word) for code, word in words.items()))


def reasons() -> str:
    """Reason codes: they are never translated, their sentences are."""
    rows = ((f"`{code}`", text) for code, text in SENTENCES.items())
    return table(("code", "sentence"), rows)

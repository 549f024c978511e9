"""What codes are called in a report, in the chosen language."""

from collections.abc import Iterable, Mapping

from archiver.core.errors import N_
from archiver.core.model import UNASSIGNED
from archiver.declarations.rule import DOC_DATE
from archiver.declarations.sentences import sentence
from archiver.declarations.spoken import spoken
from archiver.declarations.words import translate
from archiver.report.values import CategoryName, Paper, RuleInForce

GROUPS: Mapping[str, str] = {
    "within": N_("Within its period"),
    "due": N_("Due"),
    "permanent": N_("Permanent"),
    "undetermined": N_("Undetermined"),
}
"""Where a paper stands, as charts and sums show it."""

_GROUP_OF = {
    "RETAINED": "within",
    "DUE": "due",
    "IN_REVIEW": "due",
    "APPROVED": "due",
    "PERMANENT": "permanent",
}

_WORDS: Mapping[str, str] = {
    **{"customer": N_("customer"), "supplier": N_("supplier"), "staff": N_("staff")},
    **{"own": N_("the company itself"), "unassigned": N_("not assigned yet")},
    **{"RETAINED": N_("within its period"), "DUE": N_("due"), "PERMANENT": N_("permanent")},
    **{"IN_REVIEW": N_("being appraised"), "APPROVED": N_("disposal approved")},
    "AWAITING_TRIGGER": N_("awaiting its event"),
    "EXCEPTION": N_("exception"),
    "UNSCHEDULED": N_("no rule"),
    "IN_DECISION": N_("in decision"),
    "MISSING_TRIGGER_DATE": N_("date missing"),
    "FUTURE_TRIGGER_DATE": N_("date still to come"),
    "HELD": N_("on hold"),
    "NOT_DUE": N_("not due"),
    "INTEGRITY_INCIDENT": N_("damage not settled"),
    "CLOCK_ANOMALY": N_("clock not trusted"),
    "GRACE_PERIOD": N_("period of grace"),
    "SHORTENING": N_("could be shorter"),
    "RESTRICTED": N_("stored and protected only"),
    **{"statutory": N_("law"), "regulatory": N_("regulation")},
    **{"contract": N_("contract"), "internal": N_("own practice")},
    **{"altered": N_("altered"), "missing": N_("missing"), "extra": N_("not recorded")},
    **{"unreadable": N_("unreadable"), "misplaced": N_("misplaced"), "index": N_("search index")},
    **{"ledger": N_("ledger"), "catalogue": N_("catalogue")},
    **{"now": N_("now"), "soon": N_("soon"), "note": N_("for notice")},
    **{"archivist": N_("archivist"), "clerk": N_("clerk"), "administrator": N_("administrator")},
    **{"yes": N_("yes"), "no": N_("no")},
}


def said(code: str | None) -> str:
    """The word for a code; nothing for None, the code itself where it has no word."""
    return translate(_WORDS.get(code, code)) if code else ""


def group(paper: Paper) -> str:
    """Which of `GROUPS` a paper belongs to."""
    return _GROUP_OF.get(paper.state, "undetermined")


def standing(paper: Paper) -> str:
    """The state of a paper; for an exception, which one."""
    return said(paper.exception or paper.state)


def marks(paper: Paper) -> str:
    """Where a due paper stands, what blocks it, and what lies over its state."""
    under_way = paper.state if paper.state in {"IN_REVIEW", "APPROVED"} else None
    told = [under_way, paper.block, *(_OVERLAYS[one] for one in paper.overlays)]
    return listed(dict.fromkeys(said(one) for one in told if one and one not in _PLAIN))


_OVERLAYS = {
    "held": "HELD",
    "pending_shortening": "SHORTENING",
    "incident": "INTEGRITY_INCIDENT",
    "restricted": "RESTRICTED",
}
_PLAIN = frozenset({"NOT_DUE", "PERMANENT", "UNSCHEDULED", "AWAITING_TRIGGER", "EXCEPTION"})
"""Blocks that say no more than the state does."""


def party_name(party: str, name: str) -> str:
    """The name of a party; the one that stands for nobody is said."""
    return said("unassigned") if party == UNASSIGNED else name


def category_name(category: CategoryName, lang: str) -> str:
    """The label of a category."""
    return category.zh if lang == "zh" else category.en


def reasons(paper: Paper) -> str:
    """Why a paper is kept as long as it is."""
    return " ".join(map(sentence, paper.because))


def why_permanent(paper: Paper) -> str:
    """The flags, rules or acts that make a paper permanent."""
    found = []
    for one in paper.because:
        facts = dict(one.facts)
        if one.code == "permanent_by_flag":
            found.append(spoken("flag", facts["flag"]))
        elif one.code == "permanent_by_rule":
            found.append(translate(N_("its category")))
        elif one.code == "permanent_by_review":
            found.append(translate(N_("decision of an appraisal")))
    return listed(dict.fromkeys(found))


def rule_title(rule: RuleInForce, lang: str) -> str:
    """A rule in both languages, the chosen one first."""
    return f"{rule.zh} / {rule.en}" if lang == "zh" else f"{rule.en} / {rule.zh}"


def rule_trigger(rule: RuleInForce) -> str:
    """From which event a rule counts."""
    if rule.period is None:
        return ""
    if rule.events == (DOC_DATE,):
        return translate(N_("the date of the paper"))
    events = listed(spoken("trigger", one) for one in rule.events)
    pick = spoken("pick", rule.pick or "")
    return translate(N_("{label}: {value}")).format(label=pick, value=events)


def rule_length(rule: RuleInForce) -> str:
    """For how long."""
    return spoken("period", rule.period) if rule.period else said("PERMANENT")


def rule_papers(rule: RuleInForce, labels: Mapping[str, str]) -> str:
    """Which papers a rule is for."""
    whole = "*" in rule.categories
    which = translate(N_("all")) if whole else listed(labels.get(c, c) for c in rule.categories)
    told = [which, *map(said, rule.kinds), *(spoken("flag", one) for one in rule.flags)]
    return translate(N_("; ")).join(told)


def listed(words: Iterable[str]) -> str:
    """Words as a list in a sentence."""
    return translate(N_(", ")).join(words)


def grouped(leaf: str) -> str:
    """A digest in groups of four digits, for reading aloud and comparing by eye."""
    return " ".join(leaf[at : at + 4] for at in range(0, len(leaf), 4))

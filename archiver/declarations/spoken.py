"""How the facts inside a retention sentence are said: `3y` as "3 years", in either language."""

from archiver.core.errors import N_
from archiver.core.periods import Period
from archiver.declarations.words import translate

_UNITS = {
    "y": (N_("{count} year"), N_("{count} years")),
    "m": (N_("{count} month"), N_("{count} months")),
    "d": (N_("{count} day"), N_("{count} days")),
}

_WORDS = {
    "service_completed": N_("service"),
    "purchase_completed": N_("purchase"),
    "relationship_ended": N_("end of the relationship"),
    "contract_ended": N_("end of the contract"),
    "licence_replaced": N_("replacement of the licence"),
    "latest": N_("latest"),
    "earliest": N_("earliest"),
    "next_day": N_("that day not counted"),
    "next_month_1": N_("counted from the first day of the month after it"),
    "next_jan_1": N_("counted from 1 January of the year after it"),
    "dispute": N_("an objection or a dispute"),
    "accident": N_("a traffic accident"),
    "doubtful": N_("a doubt"),
    "authority_instruction": N_("an instruction of an authority"),
    "UNSCHEDULED": N_("no rule would be for it"),
    "AWAITING_TRIGGER": N_("until something happens that has not happened yet"),
    "EXCEPTION": N_("until a date is corrected"),
}
"""What a fact is called; events that a company named itself stay as they are."""

_LISTS = frozenset({"triggers"})
_NAMES = frozenset({"trigger", "pick", "start", "flag", "instead"})


def spoken(key: str, fact: str) -> str:
    """The fact called `key` of a reason, as it is said in the chosen language."""
    if key == "period":
        return _length(Period.parse(fact))
    if key in _LISTS:
        return ", ".join(_word(one) for one in fact.split(", "))
    return _word(fact) if key in _NAMES else fact


def _word(fact: str) -> str:
    return translate(_WORDS[fact]) if fact in _WORDS else fact


def _length(period: Period) -> str:
    parts = ((period.years, "y"), (period.months, "m"), (period.days, "d"))
    return " ".join(
        translate(_UNITS[unit][count != 1]).format(count=count) for count, unit in parts if count
    )

"""How the facts inside a sentence are said: `3y` as "3 years", in either language."""

import re

from archiver.core.errors import N_
from archiver.core.periods import Period
from archiver.declarations.codes import AUTHORITIES, CATEGORIES, EVENTS, PARTIES, called
from archiver.declarations.words import listing, translate

_UNITS = {
    "y": (N_("{count} year"), N_("{count} years")),
    "m": (N_("{count} month"), N_("{count} months")),
    "d": (N_("{count} day"), N_("{count} days")),
}

_WORDS = {
    **EVENTS,
    **PARTIES,
    "latest": N_("latest"),
    "earliest": N_("earliest"),
    "next_day": N_("that day not counted"),
    "next_month_1": N_("counted from the first day of the month after it"),
    "next_jan_1": N_("counted from 1 January of the year after it"),
    "dispute": N_("an objection or a dispute"),
    "accident": N_("a traffic accident"),
    "doubtful": N_("a doubt"),
    "UNSCHEDULED": N_("no rule would be for it"),
    "AWAITING_TRIGGER": N_("until something happens that has not happened yet"),
    "EXCEPTION": N_("until a date is corrected"),
    "None": N_("nothing"),
    "True": "true",
    "False": "false",
    "unknown": N_("unknown"),
    "unknown_text": N_("text in an unknown or mixed encoding"),
    "MSG, an Outlook mail": N_("MSG, an Outlook mail"),
    "TNEF (winmail.dat)": N_("winmail.dat, a mail of Outlook"),
    "MBOX": N_("MBOX, several mails in one file"),
    "S/MIME": N_("S/MIME, a signed or locked mail"),
    "DOC": N_("DOC, an old Word file"),
    "XLS": N_("XLS, an old Excel file"),
    "PPT": N_("PPT, an old PowerPoint file"),
    "MP4": N_("MP4, a video"),
    "EXE": N_("EXE, a program"),
    **dict.fromkeys(("RAR", "7Z", "GZIP"), N_("an archive other than ZIP")),
}
"""What a fact is called; events that a company named itself stay as they are."""

_CAUSES = frozenset(
    {
        N_("the end of the file is missing"),
        N_("its content cannot be decoded"),
        N_("no pages"),
        N_("encoding"),
        N_("not a whole PDF"),
        N_("a document type in its XML"),
        N_("its files overlap"),
        N_("No space left on device"),
        N_("Read-only file system"),
        N_("Disk quota exceeded"),
        N_("Input/output error"),
        N_("No such file or directory"),
        N_("Permission denied"),
        N_("Operation not permitted"),
        N_("File name too long"),
        N_("File exists"),
        N_("Too many levels of symbolic links"),
        N_("Is a directory"),
        N_("Not a directory"),
        N_("Too many open files"),
        N_("Stale file handle"),
        N_("database or disk is full"),
        N_("disk I/O error"),
        N_("attempt to write a readonly database"),
        N_("unable to open database file"),
        N_("database disk image is malformed"),
    }
)
"""Why something failed, as workers, the operating system and SQLite say it."""

_FORMS = {
    r"(?P<count>[> ]*\d[\d.× ]*) bytes": N_("{count} bytes"),
    r"(?P<count>[> ]*\d[\d.× ]*) MiB": N_("{count} MiB"),
    r"(?P<count>[> ]*\d[\d.× ]*) MiB of text": N_("{count} MiB of text"),
    r"(?P<count>[> ]*\d[\d.× ]*) characters": N_("{count} characters"),
    r"(?P<count>[> ]*\d[\d.× ]*) lines": N_("{count} lines"),
    r"(?P<count>[> ]*\d[\d.× ]*) pixels": N_("{count} pixels"),
    r"(?P<count>[> ]*\d[\d.× ]*) points": N_("{count} points"),
    r"page (?P<number>\d+)": N_("page {number}"),
    r"page (?P<number>\d+) has no size": N_("page {number} has no size"),
    r"no part (?P<name>.+)": N_("no part {name}"),
}
"""The same where figures and names stand in them: what fills which template."""

_LISTS = frozenset({"triggers", "names", "authorities", "holds"})
_NAMES = frozenset({"trigger", "pick", "start", "flag", "instead", "kind", "found", "expected"})


def spoken(key: str, fact: str) -> str:
    """The fact called `key` of a reason, as it is said in the chosen language."""
    if key == "period":
        return _length(Period.parse(fact))
    if key in _LISTS:
        words = AUTHORITIES if key == "authorities" else _WORDS
        return listing(called(words, one) for one in fact.split(", "))
    if key == "decides":
        return fact or translate(N_("no rule"))
    if key == "guess":
        return called(CATEGORIES, fact)
    if key == "why":
        return cause(fact)
    return _word(fact) if key in _NAMES else fact


def cause(text: str) -> str:
    """Why something failed, in the chosen language; as it is where nobody knows it."""
    if text in _CAUSES:
        return translate(text)
    for form, template in _FORMS.items():
        found = re.fullmatch(form, text)
        if found:
            return translate(template).format(**found.groupdict())
    return text


def _word(fact: str) -> str:
    return called(_WORDS, fact)


def _length(period: Period) -> str:
    parts = ((period.years, "y"), (period.months, "m"), (period.days, "d"))
    return " ".join(
        translate(_UNITS[unit][count != 1]).format(count=count) for count, unit in parts if count
    )

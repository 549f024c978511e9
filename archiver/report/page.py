"""The report as one self-contained HTML page: no script, nothing from outside."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from archiver.core.errors import N_
from archiver.declarations.words import translate
from archiver.report import pictures
from archiver.report.charts import Chart
from archiver.report.contents import headline, listings
from archiver.report.findings import LONG_DUE, long_due
from archiver.report.listing import Cell, Kind, Listing
from archiver.report.lists import coming, exceptions
from archiver.report.values import Values
from archiver.report.wording import grouped, said

MOST_ROWS = 2000
"""Of a longer list the page shows so many rows; the workbook has all."""

_SECTIONS = {
    "summary": N_("Summary"),
    "findings": N_("Findings"),
    "holdings": N_("What is held"),
    "permanent": N_("Permanent archives"),
    "holds": N_("Holds"),
    "due": N_("Due list"),
    "coming": N_("Coming due"),
    "exceptions": N_("Without a last day"),
    "review": N_("Waiting for review"),
    "quarantine": N_("Quarantine"),
    "destruction": N_("Destruction register"),
    "personal": N_("Personal information"),
    "inspection": N_("Completeness and integrity"),
    "account": N_("Account of the period"),
    "rules": N_("Rules in force"),
    "method": N_("Method"),
}
_EXCEPTIONS = (
    "MISSING_TRIGGER_DATE",
    "FUTURE_TRIGGER_DATE",
    "AWAITING_TRIGGER",
    "UNSCHEDULED",
    "IN_DECISION",
)
_TEMPLATES = Path(__file__).with_name("templates")
_UNITS = ("B", "kB", "MB", "GB", "TB", "PB")


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered heading."""

    no: int
    title: str


@dataclass(frozen=True, slots=True)
class Tile:
    """A headline number; `tone` is empty, `good`, `watch` or `alarm`."""

    name: str
    value: str
    tone: str


def page(values: Values) -> bytes:
    """The report in the chosen language; the same values give the same bytes."""
    lists = listings(values)
    text = template("report.html.j2").render(
        cover=values.cover,
        inspection=values.inspection,
        title=title(values),
        sections=_sections(),
        tiles=tiles(values),
        levels=Counter(one.level for one in values.findings),
        lists=lists,
        charts=_charts(values, lists),
        balance=lists["balance"],
        account=lists["account"],
        ahead=_ahead(values),
        exceptions=_kinds_of_exceptions(values),
        restricted=sum("restricted" in one.overlays for one in values.papers),
        long_due=LONG_DUE,
        long=long_due(values.cover.as_of, values.papers),
    )
    return text.encode()


def template(name: str) -> Template:
    """A template that is told nothing but values, and escapes all of them."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        {
            "_": translate,
            "number": number,
            "shown": _shown,
            "short": _short,
            "grouped": grouped,
            "quoted": quoted,
            "most": MOST_ROWS,
        }
    )
    return environment.get_template(name)


def title(values: Values) -> str:
    """What the report is called."""
    name = translate(N_("Retention audit report"))
    return f"{name} {values.cover.period}"


def tiles(values: Values) -> list[Tile]:
    """The headline numbers."""
    figures = headline(values)
    damage = figures["damage"]
    return [
        Tile(translate(N_("papers held")), number(figures["papers"]), ""),
        Tile(translate(N_("stored")), size(figures["bytes"]), ""),
        Tile(translate(N_("due")), number(figures["due"]), _tone(figures["due"])),
        Tile(translate(N_("permanent")), number(figures["permanent"]), ""),
        Tile(
            translate(N_("without a last day")),
            number(figures["exceptions"]),
            _tone(figures["exceptions"]),
        ),
        Tile(
            translate(N_("waiting for review")), number(figures["review"]), _tone(figures["review"])
        ),
        Tile(
            translate(N_("in quarantine")),
            number(figures["quarantined"]),
            _tone(figures["quarantined"]),
        ),
        Tile(translate(N_("damage found")), number(damage), "alarm" if damage else "good"),
    ]


def _tone(count: int) -> str:
    return "watch" if count else "good"


def _sections() -> dict[str, Section]:
    return {
        key: Section(no, translate(name)) for no, (key, name) in enumerate(_SECTIONS.items(), 1)
    }


def _charts(values: Values, lists: Mapping[str, Listing]) -> dict[str, Chart]:
    return {
        "category": pictures.stacked(N_("Papers by category"), lists["by_category"]),
        "customer": pictures.stacked(
            N_("Papers by customer, those with most papers"), lists["by_customer"], label=1
        ),
        "years": pictures.years(lists["by_year"]),
        "grounds": pictures.grounds(values),
        "ages": pictures.ages(values),
        "months": pictures.months(values),
        "receipts": pictures.receipts(values),
    }


def _ahead(values: Values) -> list[int]:
    """How many papers become due within 30, 90 and 365 days."""
    today = values.cover.as_of
    days = [(one.due_date - today).days for one in coming(values) if one.due_date]
    return [sum(one <= most for one in days) for most in (30, 90, 365)]


def _kinds_of_exceptions(values: Values) -> list[tuple[str, int]]:
    """How many exceptions of which kind; those that nothing has are named with 0."""
    counts = Counter(one.exception or one.state for one in exceptions(values))
    return [(said(kind), counts[kind]) for kind in _EXCEPTIONS]


def number(value: int) -> str:
    """A count with commas between thousands."""
    return f"{value:,}"


def size(count: int) -> str:
    """Bytes in the unit in which they are a number below 1,000."""
    amount, unit = float(count), 0
    while amount >= 999.95 and unit + 1 < len(_UNITS):
        amount, unit = amount / 1000, unit + 1
    return f"{amount:.1f} {_UNITS[unit]}" if unit else f"{count} B"


def quoted(text: str) -> str:
    """`text` as it may stand inside a string of a style sheet (CSS Syntax 3, 4.3.7)."""
    return "".join(c if c.isalnum() or c == " " else f"\\{ord(c):06x} " for c in text)


def _shown(value: Cell, kind: Kind) -> str:
    """A cell as text."""
    if value is None:
        return ""
    if isinstance(value, int):
        return size(value) if kind is Kind.BYTES else number(value)
    return value.isoformat() if isinstance(value, date) else value


def _short(label: str) -> str:
    """A label cut to what fits beside a bar: 17 Han characters or twice as many Latin ones."""
    room, kept = 34, ""
    for letter in label:
        room -= 2 if letter > "\u2e7f" else 1
        if room < 0:
            return f"{kept}…"
        kept += letter
    return kept

"""Which charts a report shows, and of what."""

from collections import Counter
from datetime import timedelta

from archiver.core.errors import N_
from archiver.declarations.words import translate
from archiver.report.charts import Chart, Row, lying, upright
from archiver.report.listing import Listing
from archiver.report.lists import coming
from archiver.report.values import Values
from archiver.report.wording import GROUPS, why_permanent

_MOST = 15
_YEARS = 14
_AGES = ((30, N_("0–30 days")), (90, N_("31–90 days")), (180, N_("91–180 days")))
_OLDER = N_("more than 180 days")
_OUTCOMES = {
    "filed": N_("Filed"),
    "review": N_("In review"),
    "duplicate": N_("Duplicate"),
    "quarantined": N_("Quarantined"),
}


def stacked(title: str, listing: Listing, label: int = 0) -> Chart:
    """Bars of a table whose last four columns are the groups, the first so many rows."""
    rows = [_row(str(row[label]), row) for row in listing.rows if row[-6]][:_MOST]
    return lying(translate(title), rows, _legend())


def years(listing: Listing) -> Chart:
    """Columns by the year that papers are kept through; far years are drawn as one."""
    dated = [row for row in listing.rows if str(row[0]).isdigit()]
    others = [row for row in listing.rows if not str(row[0]).isdigit()]
    rows = [_row(str(row[0]), row) for row in dated[:_YEARS]]
    if far := dated[_YEARS:]:
        sums = [sum(int(str(row[at])) for row in far) for at in range(-4, 0)]
        rows.append((f"{far[0][0]}+", list(zip(GROUPS, sums, strict=True))))
    rows += [_row(str(row[0]), row) for row in others]
    return upright(translate(N_("Papers by the year they are kept through")), rows, _legend())


def ages(values: Values) -> Chart:
    """How long due papers have been due."""
    names = [*(name for _, name in _AGES), _OLDER]
    counts: Counter[str] = Counter()
    for one in values.papers:
        if one.state == "DUE" and one.due_date:
            days = (values.cover.as_of - one.due_date).days
            counts[next((name for most, name in _AGES if days <= most), _OLDER)] += 1
    rows: list[Row] = [(translate(name), [("due", counts[name])]) for name in names]
    return lying(translate(N_("Due papers by how long they have been due")), rows)


def months(values: Values) -> Chart:
    """What becomes due in each of the coming twelve months."""
    today = values.cover.as_of
    starts = [today.year * 12 + today.month - 1 + at for at in range(13)]
    counts = Counter(
        one.due_date.year * 12 + one.due_date.month - 1 for one in coming(values) if one.due_date
    )
    rows: list[Row] = [(f"{at // 12}-{at % 12 + 1:02d}", [("within", counts[at])]) for at in starts]
    return upright(translate(N_("Papers becoming due, by month")), rows)


def grounds(values: Values) -> Chart:
    """Permanent papers by what makes them so."""
    counts = Counter(why_permanent(one) for one in values.papers if one.state == "PERMANENT")
    order = sorted(counts, key=lambda name: (-counts[name], name))
    rows: list[Row] = [(name, [("permanent", counts[name])]) for name in order]
    return lying(translate(N_("Permanent papers by reason")), rows)


def receipts(values: Values) -> Chart:
    """Drops on every day of the period."""
    cover = values.cover
    known = {day.day: day for day in values.account.days}
    rows: list[Row] = []
    for at in range((cover.last - cover.first).days + 1):
        day = cover.first + timedelta(days=at)
        parts = [(name, getattr(known[day], name) if day in known else 0) for name in _OUTCOMES]
        rows.append((f"{day.day}", parts))
    legend = [(name, translate(word)) for name, word in _OUTCOMES.items()]
    return upright(translate(N_("Drops by day of the period")), rows, legend)


def _row(label: str, row: tuple[object, ...]) -> Row:
    """The last four cells of a row are the groups."""
    counts = [int(str(cell)) for cell in row[-4:]]
    return label, list(zip(GROUPS, counts, strict=True))


def _legend() -> list[tuple[str, str]]:
    return [(key, translate(word)) for key, word in GROUPS.items()]

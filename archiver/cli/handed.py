"""`archiver event import`: events out of the company's own system, as a table."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from itertools import islice
from pathlib import Path

import click

from archiver.cli.door import with_form
from archiver.cli.doubts import Doubts
from archiver.cli.kinds import names
from archiver.cli.output import Form, rows, say, talk
from archiver.cli.role import working
from archiver.cli.speech import command as spoken
from archiver.cli.words import customer_named, document_named
from archiver.core.errors import N_, UsageError
from archiver.custody.bulk import import_events
from archiver.custody.fact import Told
from archiver.declarations.words import translate
from archiver.intake.publish import publish
from archiver.vault.vault import Vault

_HEADS = {
    "type": ("type", "event", "事件", "类型", "事件类型"),
    "customer": ("customer", "客户", "客户名称", "客户编号"),
    "date": ("date", "日期", "发生日期"),
    "case": ("case", "case_no", "业务单", "业务单号", "工单", "工单号"),
    "document": ("document", "doc", "文件", "文件编号", "档号"),
}
"""Column → what its head may be called."""
_CALLED = {"type": N_("type"), "customer": N_("customer"), "date": N_("date")}
"""Column → what it is called to a person; one of its heads."""
_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_NEEDED = ("type", "customer", "date")
_SHOWN = 20
"""Lines that are named when they cannot be followed."""


@spoken(
    N_(
        "Record events from FILE, a CSV table of the company's own system: columns type, customer "
        "and date, if there are any case and document too.\n"
        "Nothing is recorded unless every line can be followed; what is known already is passed "
        "over, so the same file can be handed over again."
    ),
    exits="6",
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_form
def import_(file: Path, form: Form) -> None:
    """Import events."""
    with working("event") as vault:
        told = list(_told(vault, file))
        new, known = import_events(vault, [one for _, one in told])
        publish(vault)
        _doubt(vault, told)
    if form is Form.TABLE:
        say(N_("{new} events recorded, {known} known already"), new=new, known=known)
    else:
        rows(form, (), [{"recorded": new, "known": known}])


def _doubt(vault: Vault, told: Iterable[tuple[int, Told]]) -> None:
    """What may not be meant, line by line; the first of them."""
    with vault.catalogue.read() as tx:
        doubts = Doubts(vault, tx)
        found = (
            (number, why)
            for number, one in told
            for why in doubts.about(one.type, one.day, customer=one.customer, document=one.document)
        )
        for number, why in islice(found, _SHOWN):
            talk(N_("line {number}: {why}"), number=number, why=why)


def _told(vault: Vault, file: Path) -> Iterator[tuple[int, Told]]:
    """Every line of the table with its number.

    Raises:
        UsageError: one of them cannot be followed; all that cannot are named.
    """
    table = csv.DictReader(io.StringIO(_text(file), newline=""))
    columns = _columns(table.fieldnames or ())
    kinds = names(vault)
    found: list[tuple[int, Told]] = []
    faults: list[str] = []
    for number, line in enumerate(table, start=2):
        cells = {name: (line.get(head) or "").strip() for name, head in columns.items()}
        if not any(cells.values()):
            continue
        try:
            found.append((number, _event(vault, cells, kinds)))
        except UsageError as error:
            told = translate(N_("line {number}: {why}"))
            faults.append(told.format(number=number, why=error.sentence(translate)))
    if faults:
        more = ["…"] if faults[_SHOWN:] else []
        raise UsageError(
            N_("{file} cannot be followed, nothing was recorded: {problems}"),
            hint=N_("mend the lines, then run the command again"),
            file=file.name,
            problems="; ".join([*faults[:_SHOWN], *more]),
        )
    yield from found


def _text(file: Path) -> str:
    """UTF-8, or as Excel writes it in China."""
    data = file.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UsageError(N_("{file} is no text table"), hint=N_("save it as CSV UTF-8"), file=file.name)


def _columns(heads: Iterable[str]) -> Mapping[str, str]:
    """Our column → its head in the file.

    Raises:
        UsageError: one that is needed is missing.
    """
    written = {head.strip().casefold(): head for head in heads if head}
    found = {
        name: next((written[head] for head in known if head in written), None)
        for name, known in _HEADS.items()
    }
    for name in _NEEDED:
        if found[name] is None:
            raise UsageError(
                N_("the table has no column {name}"),
                hint=N_("its first line names the columns: type, customer, date, case, document"),
                name=translate(_CALLED[name]),
            )
    return {name: head for name, head in found.items() if head is not None}


def _event(vault: Vault, cells: Mapping[str, str], kinds: Mapping[str, str]) -> Told:
    kind = kinds.get(cells["type"].casefold())
    if kind is None:
        raise UsageError(
            N_("no event {kind}"),
            hint=N_("see the kinds: archiver event add --help"),
            kind=cells["type"],
        )
    day = _day(cells["date"])
    document = cells.get("document")
    return Told(
        type=kind,
        customer=customer_named(vault, cells["customer"]).id,
        day=day,
        case_no=cells.get("case") or None,
        document=document_named(vault, document).id if document else None,
    )


def _day(written: str) -> date:
    """A civil day as ISO 8601, or with slashes or dots as spreadsheets write it.

    Raises:
        UsageError: it is none.
    """
    found = _DAY.fullmatch(written)
    with suppress(ValueError):
        if found:
            return date(*map(int, found.groups()))
    raise UsageError(
        N_("{written} is no day"), hint=N_("write it as 2026-03-05"), written=written or "–"
    )


import_.name = "import"

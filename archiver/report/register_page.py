"""The destruction register as one self-contained page for A4 across, and as a spreadsheet."""

from pathlib import Path

from archiver.core.errors import N_
from archiver.declarations.words import translate
from archiver.disk import door
from archiver.report.listing import Cell, Column, Kind, Listing
from archiver.report.page import template
from archiver.report.register import Register
from archiver.report.register_lists import STACKS, all_approved, approved, destroyed, withheld
from archiver.report.workbook import book_of


def render(register: Register) -> dict[str, bytes]:
    """Every file of the register: the same values give the same bytes."""
    return {
        "destruction-register.html": page(register),
        "destruction-register.xlsx": workbook(register),
    }


def write(register: Register, folder: Path) -> tuple[Path, ...]:
    """Put the files into a folder, each replaced as a whole; gives their paths.

    Raises:
        OSError: the disk refused; what stood there still stands.
    """
    folder.mkdir(parents=True, exist_ok=True)
    made = {folder / name: data for name, data in render(register).items()}
    for path, data in made.items():
        _replace(path, data)
    return tuple(made)


def _replace(path: Path, data: bytes) -> None:
    """A folder outside the vault may be a stick or a share, which knows no modes."""
    draft = path.with_name(f".{path.name}.part")
    try:
        with draft.open("wb") as stream:
            stream.write(data)
            stream.flush()
            door.sync_file(stream.fileno())
        door.rename(draft, path)
    finally:
        door.unlink(draft)


def title(register: Register) -> str:
    """What the register is called."""
    name = translate(N_("Destruction register"))
    return f"{name} {register.year}" if register.year else name


def page(register: Register) -> bytes:
    """The register in the chosen language, with a sheet to sign for every batch.

    A list before the destruction of what is approved, a certificate of what was destroyed.
    """
    found = register.disposals
    text = template("register.html.j2").render(
        register=register,
        title=title(register),
        stacks=STACKS,
        destroyed=destroyed(found, register.labels),
        withheld=withheld(found, register.labels),
        approved=[
            (one, approved(one, register.labels, register.as_of)) for one in register.approved
        ],
        certificates=found.certificates,
        unverified=[one.id for one in found.certificates if one.verified is None],
    )
    return text.encode()


def workbook(register: Register) -> bytes:
    """The same as sheets: what it is, what was destroyed, withheld, and is to be destroyed."""
    found = register.disposals
    sheets = (
        _cover(register),
        destroyed(found, register.labels),
        withheld(found, register.labels),
        all_approved(register.approved, register.labels, register.as_of),
    )
    return book_of(title(register), register.unit, register.made_at, sheets)


def _cover(one: Register) -> Listing:
    rows: tuple[tuple[str, Cell], ...] = (
        (N_("Unit"), one.unit),
        (N_("Year"), one.year and str(one.year)),
        (N_("As of"), one.as_of),
        (N_("Made at"), one.made_at.isoformat()),
        (N_("Time zone"), one.zone),
        (N_("Program version"), one.version),
        (N_("Files destroyed"), len(one.disposals.destroyed)),
        (N_("Papers withheld"), len(one.disposals.withheld)),
        (N_("Files to be destroyed"), sum(len(batch.files) for batch in one.approved)),
        (N_("Ledger head"), f"{one.seq}:{one.leaf}"),
    )
    told = tuple((translate(name), value) for name, value in rows)
    columns = (Column(N_("Destruction register")), Column(N_("Value"), Kind.TEXT))
    return Listing("cover", translate(N_("Cover")), columns, told)

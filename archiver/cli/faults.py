"""How faults are shown, and which command heals what."""

import shlex
from collections import Counter
from collections.abc import Sequence
from itertools import islice

import click
from click.core import ParameterSource

from archiver.cli.output import Column, Form, rows, talk
from archiver.cli.words import phrase, word
from archiver.core.errors import N_, Phrase
from archiver.core.model import DocumentId
from archiver.core.names import readable
from archiver.custody.fixity import damaged
from archiver.declarations.codes import FAULTS
from archiver.declarations.codes import called as kind_called
from archiver.disk.guard import shape_of
from archiver.repair.fault import Fault
from archiver.vault.layout import DERIVED
from archiver.vault.vault import Vault

COLUMNS = (
    Column("kind", N_("Kind"), word(FAULTS)),
    Column("document", N_("Document"), whole=True),
    Column("path", N_("Path")),
    Column("detail", N_("Found"), phrase),
)
_FEW = 5
"""So many of one kind are told one by one."""


def fault_row(fault: Fault) -> dict[str, str | None]:
    """The published object for one fault."""
    return {
        "kind": fault.kind,
        "document": fault.document,
        "path": fault.path,
        "detail": fault.detail,
    }


def gathered(faults: Sequence[Fault]) -> list[Fault]:
    """The faults for a person: an index that is gone is one fault, not one a document."""
    index = [one for one in faults if one.kind == "index"]
    if len(index) <= _FEW:
        return list(faults)
    detail = Phrase.of(N_("{count} documents are not in the index as they are"), count=len(index))
    return [one for one in faults if one.kind != "index"] + [Fault("index", None, None, detail)]


def tell(form: Form, faults: Sequence[Fault]) -> None:
    """Write the listing of a check."""
    shown = gathered(faults) if form is Form.TABLE else faults
    rows(form, COLUMNS, [fault_row(one) for one in shown])


def advise(vault: Vault, faults: Sequence[Fault]) -> None:
    """Say which command heals what."""
    kinds = Counter(one.kind for one in faults if not _is_paper(one))
    beyond = [one for one in faults if one.kind in {"ledger", "catalogue"} and not one.path]
    if beyond:
        talk(N_("the catalogue itself is not to be repaired: archiver restore BACKUP INTO"))
    if kinds.keys() - {"index"} and len(beyond) < kinds.total():
        talk(N_("to heal it: {command}"), command=called("repair", "--from", "BACKUP"))
    elif kinds["index"]:
        talk(N_("to make the index anew: {command}"), command=called("reindex"))
    offer(vault, faults)


def warn(vault: Vault, document: DocumentId) -> None:
    """Say which files of a document are not as they were archived, all of them read now."""
    for kind, file in damaged(vault, [document]):
        told = N_(
            "{document} is still not as it was archived: {kind}. Heal it first: {command}. If"
            " nobody can, closing leaves it so, and the next check opens another incident."
        )
        command = called("repair", "--from", "BACKUP")
        talk(told, document=file, kind=kind_called(FAULTS, kind), command=command)


def offer(vault: Vault, faults: Sequence[Fault]) -> None:
    """A command to take each stranger in, as it can be typed."""
    strangers = [
        path
        for path in (vault.layout.root / (one.file or "") for one in faults if _is_paper(one))
        if shape_of(path)
    ]
    for path in islice(strangers, _FEW):
        talk(N_("to take it in: {command}"), command=called("ingest", "--move", str(path)))
    if len(strangers) > _FEW:
        talk(N_("and {count} more"), count=len(strangers) - _FEW)


def _is_paper(fault: Fault) -> bool:
    """Whether it is about a file that somebody put among the papers."""
    name = (fault.file or "").rpartition("/")[2]
    return fault.kind == "extra" and name not in DERIVED


def called(*words: str) -> str:
    """A command of ours as a shell takes it, for the vault of this call."""
    front = click.get_current_context().find_root()
    typed = front.get_parameter_source("vault") is ParameterSource.COMMANDLINE
    before = ["--vault", str(front.params["vault"])] if typed else []
    return " ".join(["archiver", *map(_quoted, [*before, *words])])


def _quoted(word: str) -> str:
    """A word as a shell takes it; bytes that would act on a terminal, or are no text, by number."""
    if readable(word) == word:
        return shlex.quote(word)
    raw = word.encode("utf-8", "surrogateescape")
    plain = (chr(b) if 0x20 <= b < 0x7F and b not in b"\\'" else f"\\x{b:02x}" for b in raw)
    return f"$'{''.join(plain)}'"

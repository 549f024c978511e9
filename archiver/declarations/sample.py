"""`sample_vault/`: the invented firm of the demonstration, and the truth about its papers."""

from pathlib import Path

from pydantic import TypeAdapter

from archiver.declarations.rule import Title
from archiver.declarations.strict import Strict, read_toml


class SampleParty(Strict):
    """An invented company or person; `kind` as `archiver customer add --kind` takes it."""

    name: str
    kind: str = "customer"
    aliases: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


class SampleEvent(Strict):
    """Something that happened so many days before the demonstration."""

    customer: str
    type: str
    days_ago: int


class SampleSearch(Strict):
    """A question: the arguments of `archiver search`, and how many hits it must give."""

    title: Title
    arguments: tuple[str, ...]
    hits: int


class Firm(Strict):
    """The firm: itself, its customers, what happened, what is asked."""

    lang: str
    own: SampleParty
    customer: tuple[SampleParty, ...]
    event: tuple[SampleEvent, ...]
    search: tuple[SampleSearch, ...]


class Truth(Strict):
    """What a file is and where it must end.

    Attributes:
        file: path under the inbox; of a part, its name inside the file.
        outcome: of a file with parts, the worst among its own and theirs.
        folder: relative to the vault; empty for a file that is only what is in it.
        reason: code for a person's decision or for quarantine, else empty.
        fields: values that must be read exactly.
        parts: the papers inside it.
    """

    file: str
    outcome: str
    customer: str | None
    category: str | None
    folder: str
    reason: str
    fields: dict[str, str]
    parts: tuple["Truth", ...] = ()


def read_firm(folder: Path) -> Firm:
    """Read `firm.toml`.

    Raises:
        DeclarationError: it cannot be followed.
    """
    return read_toml(folder / "firm.toml", Firm)


def read_truth(folder: Path) -> tuple[Truth, ...]:
    """Read `truth.json`."""
    found = (folder / "truth.json").read_text(encoding="utf-8")
    return TypeAdapter(tuple[Truth, ...]).validate_json(found)

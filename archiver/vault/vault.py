"""Opens a vault: one value handed to every job, its engines made on first use."""

from __future__ import annotations

import importlib
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from archiver.core.clock import Clock, system_clock
from archiver.core.errors import N_, UsageError
from archiver.vault.layout import Layout
from archiver.vault.settings import Settings, read_settings

if TYPE_CHECKING:
    from archiver.catalogue.store import Catalogue
    from archiver.declarations.categories import Categories
    from archiver.declarations.fields import FieldRules
    from archiver.declarations.retention import RuleSet
    from archiver.reading.reader import Reader
    from archiver.search.base import SearchEngine

_ROOMS = {
    "catalogue": "archiver.catalogue.store",
    "reading": "archiver.reading.reader",
    "limits": "archiver.reading.limits",
    "search": "archiver.search.open",
    "categories": "archiver.declarations.categories",
    "fields": "archiver.declarations.fields",
    "retention": "archiver.declarations.retention",
}
"""What is loaded only when first needed: a search must not wait for OCR or SQLAlchemy."""


class Vault:
    """One archive: where it lies, what it was told, what day it is, and its engines.

    Attributes:
        layout: where things lie.
        settings: `vault.toml`.
        clock: gives the present instant.
        login: the operating-system user who acts.
    """

    def __init__(self, root: Path, settings: Settings, clock: Clock, login: str) -> None:
        self.layout = Layout(root)
        self.settings = settings
        self.clock = clock
        self.login = login

    @cached_property
    def catalogue(self) -> Catalogue:
        """What is known of every paper."""
        room = importlib.import_module(_ROOMS["catalogue"])
        catalogue: Catalogue = room.open_catalogue(self.settings.catalogue, self.layout.state)
        catalogue.prepare(self.clock())
        return catalogue

    @cached_property
    def search(self) -> SearchEngine:
        """The search index."""
        room = importlib.import_module(_ROOMS["search"])
        engine: SearchEngine = room.open_engine(self.settings.search, self.layout.state)
        return engine

    @cached_property
    def reader(self) -> Reader:
        """The worker processes that open foreign bytes."""
        limits = importlib.import_module(_ROOMS["limits"])
        room = importlib.import_module(_ROOMS["reading"])
        chosen = self.settings.reading
        reader: Reader = room.Reader(
            limits.ReadingLimits(
                engine=chosen.engine,
                parsers=chosen.parsers,
                recognisers=chosen.recognisers,
            )
        )
        return reader

    @cached_property
    def categories(self) -> Categories:
        """What a paper can be."""
        room = importlib.import_module(_ROOMS["categories"])
        categories: Categories = room.read_categories(self.layout.rules / "categories.toml")
        return categories

    @cached_property
    def fields(self) -> FieldRules:
        """Which values stand beside which labels."""
        room = importlib.import_module(_ROOMS["fields"])
        fields: FieldRules = room.read_fields(self.layout.rules / "fields.toml")
        return fields

    @cached_property
    def rules(self) -> RuleSet:
        """How long papers are kept."""
        room = importlib.import_module(_ROOMS["retention"])
        rules: RuleSet = room.read_rule_sets(self.layout.rules / "retention")
        return rules

    def close(self) -> None:
        """Let go of whatever was opened."""
        for name in ("reader", "search", "catalogue"):
            engine = self.__dict__.pop(name, None)
            if engine is not None:
                engine.close()

    def __enter__(self) -> Vault:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def open_vault(root: Path, login: str, clock: Clock | None = None) -> Vault:
    """Open the vault at `root`.

    Args:
        root: its folder, absolute.
        login: the operating-system user who acts.
        clock: gives the present instant; the machine's clock when None.

    Raises:
        UsageError: there is no vault there.
        DeclarationError: `vault.toml` cannot be followed.
    """
    layout = Layout(root)
    if not layout.state.is_dir():
        raise UsageError(
            N_("{folder} is not a vault"),
            hint=N_("make one there: archiver init {folder}"),
            folder=root,
        )
    settings = read_settings(layout.settings)
    return Vault(root, settings, clock or system_clock(settings.zone), login)
